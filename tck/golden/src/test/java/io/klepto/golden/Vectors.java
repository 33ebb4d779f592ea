package io.klepto.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.klepto.golden.Operation.Kind;
import io.klepto.golden.Scenario.Start;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code policies.json}: what the real klepto did, operation by operation.
 *
 * <p>Any operation, argument or answer that is not expected here is an error, so that nothing is
 * passed over.
 */
final class Vectors {
  private Vectors() {}

  /** Reads a JSON file beside the vectors. */
  static JsonNode json(String fileName) throws IOException {
    String path = "/golden/" + fileName;
    try (InputStream in = Vectors.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException("expected the test resource " + path);
      }
      return new ObjectMapper().readTree(in);
    }
  }

  /** Reads all scenarios, in order. */
  static List<Scenario> scenarios() throws IOException {
    List<Scenario> scenarios = new ArrayList<>();
    for (JsonNode scenario : json("policies.json").get("scenarios")) {
      scenarios.add(scenario(scenario));
    }
    return scenarios;
  }

  private static Scenario scenario(JsonNode json) {
    List<Operation> operations = new ArrayList<>();
    for (JsonNode operation : json.get("ops")) {
      operations.add(operation(operations.size(), operation));
    }
    return new Scenario(
        json.get("id").textValue(),
        json.get("module").textValue().equals("klepto.safe"),
        json.get("policy").textValue(),
        integer(json.get("maxsize")),
        json.get("purge").booleanValue(),
        Start.valueOf(json.get("archive").textValue().toUpperCase(Locale.ROOT)),
        entries(json.path("initial")),
        json.get("function").textValue(),
        json.has("decoration_error"),
        operations);
  }

  private static Operation operation(int index, JsonNode json) {
    Kind kind = Kind.valueOf(json.get("op").textValue().toUpperCase(Locale.ROOT));
    JsonNode arguments = json.path("a");
    String outcome = json.path("o").asText("");
    boolean isMiss = outcome.equals("m");
    return new Operation(
        index,
        kind,
        key(kind, json, arguments),
        switch (kind) {
          case CACHE_PUT -> arguments.get(1).intValue();
          case EXT_PUT -> arguments.get(2).intValue();
          default -> null;
        },
        switch (kind) {
          case ARCHIVE, ARCHIVE_CACHED, EXT_PUT -> arguments.get(0).textValue();
          default -> null;
        },
        kind == Kind.LOAD || kind == Kind.DUMP
            ? new LinkedHashSet<>(integers(arguments))
            : Set.of(),
        switch (kind) {
          case CLEAR, SYNC, ARCHIVED -> arguments.has(0) ? arguments.get(0).booleanValue() : null;
          default -> null;
        },
        integer(json.path("ch")),
        answer(kind, json),
        outcome,
        json.path("ev").asInt(isMiss ? 1 : 0),
        integers(json.path("in")),
        integers(json.path("out")),
        integers(json.path("ain")),
        integers(json.path("aout")),
        json.has("info") ? info(json.get("info")) : null);
  }

  private static int key(Kind kind, JsonNode json, JsonNode arguments) {
    return switch (kind) {
      case CALL -> json.get("x").intValue();
      case LOOKUP, KEY, CACHE_PUT, CACHE_DEL -> arguments.get(0).intValue();
      case EXT_PUT -> arguments.get(1).intValue();
      default -> 0;
    };
  }

  private static Object answer(Kind kind, JsonNode json) {
    if (json.has("err")) {
      return new Failed(json.get("err").textValue());
    }
    return switch (kind) {
      case CALL -> json.get("v").intValue();
      case LOOKUP -> json.get("r").intValue();
      case ARCHIVED -> json.has("r") ? json.get("r").booleanValue() : null;
      default -> null;
    };
  }

  private static List<Long> info(JsonNode json) {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode number : json) {
      numbers.add(number.isNull() ? Long.MAX_VALUE : number.longValue());
    }
    return numbers;
  }

  private static Map<Integer, Integer> entries(JsonNode json) {
    Map<Integer, Integer> entries = new LinkedHashMap<>();
    for (JsonNode entry : json) {
      entries.put(entry.get(0).intValue(), entry.get(1).intValue());
    }
    return entries;
  }

  private static Integer integer(JsonNode json) {
    return json.isInt() ? (Integer) json.intValue() : null;
  }

  private static List<Integer> integers(JsonNode json) {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode number : json) {
      numbers.add(number.intValue());
    }
    return numbers;
  }
}
