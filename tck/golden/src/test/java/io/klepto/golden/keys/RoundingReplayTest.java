package io.klepto.golden.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.golden.GoldenFiles;
import io.klepto.keymap.CallKeys;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.Rounding;
import io.klepto.keymap.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Replays {@code rounding.json}: every number bit for bit.
 *
 * <p>klepto's defects, by the inputs that show them: {@code shallow} and {@code deep} fail for or
 * mangle strings, exceptions, ranges, iterators and maps; there our result is the argument with its
 * numbers rounded, and nothing else.
 */
final class RoundingReplayTest {
  private static final Map<String, Integer> KNOWN_DEFECTS =
      Map.of(
          "changes String", 36, // shallow turns a string into a list of its characters, as text
          "changes ValueError", 4, // shallow wraps an exception into another
          "changes dict", 4, // shallow makes pairs of keys of two characters
          "fails with TypeError", 24); // ranges, iterators, dicts with keys that are no strings

  private final Map<String, Integer> defects = new TreeMap<>();
  private int compared;

  @Test
  void everyRecordedRounding_isOurs_orADefectOfKlepto() throws IOException {
    JsonNode vectors = GoldenFiles.json("rounding.json");
    for (JsonNode rounded : vectors.get("rounded")) {
      replay(vectors, rounded);
    }
    for (JsonNode random : vectors.get("random")) {
      for (String kind : List.of("simple", "shallow", "deep")) {
        Object argument = Tagged.value(random.get("in"));
        check(argument, rounding(kind, random.get("tol")).apply(argument), random.get(kind));
      }
    }
    System.out.printf(
        "rounding.json: %d roundings compared, 0 mismatches, %d with a defect of klepto %s%n",
        compared, defects.values().stream().mapToInt(Integer::intValue).sum(), defects);
    assertEquals(KNOWN_DEFECTS, defects, "defects of klepto that showed");
  }

  private void replay(JsonNode vectors, JsonNode rounded) {
    String kind = rounded.get("kind").textValue();
    String inputs = rounded.get("input").textValue();
    Rounding rounding = rounding(kind, rounded.get("tol"));
    JsonNode same = rounded.path("same_as_simple_except");
    JsonNode out = rounded.has("out") ? rounded.get("out") : simple(vectors, rounded);
    for (int i = 0; i < vectors.get(inputs).size(); i++) {
      JsonNode input = vectors.get(inputs).get(i);
      JsonNode expected = same.path(Integer.toString(i));
      if (expected.isMissingNode()) {
        expected = out.get(i);
      }
      String subject = kind + " " + rounded.get("tol") + " " + inputs + "[" + i + "] " + input;
      switch (inputs) {
        case "scalars" -> checkCall(subject, rounding, Tagged.value(input), expected);
        case "nested" -> {
          for (int j = 0; j < input.size(); j++) {
            JsonNode part = expected.isArray() ? expected.get(j) : expected;
            checkCall(subject, rounding, Tagged.value(input.get(j)), part);
          }
        }
        default -> {
          for (Iterator<String> names = input.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode part = expected.has("error") ? expected : expected.get(name);
            checkCall(subject, rounding, Tagged.value(input.get(name)), part);
          }
        }
      }
    }
  }

  private static JsonNode simple(JsonNode vectors, JsonNode like) {
    for (JsonNode rounded : vectors.get("rounded")) {
      if (rounded.get("kind").textValue().equals("simple")
          && rounded.get("tol").equals(like.get("tol"))
          && rounded.get("input").equals(like.get("input"))) {
        return rounded.get("out");
      }
    }
    throw new IllegalArgumentException("expected the same with simple rounding for " + like);
  }

  private void checkCall(String subject, Rounding rounding, Object argument, JsonNode expected) {
    Object ours;
    try {
      ours = rounding.apply(argument);
    } catch (ArithmeticException e) {
      compared++;
      assertEquals("OverflowError", expected.path("error").textValue(), subject);
      return;
    }
    check(argument, ours, expected);
  }

  private void check(Object argument, Object ours, JsonNode expected) {
    compared++;
    if (expected.has("error")) {
      defects.merge("fails with " + expected.get("error").textValue(), 1, Integer::sum);
      return;
    }
    Object theirs = Tagged.value(expected);
    if (!bits(theirs).equals(bits(ours))) {
      defects.merge("changes " + nameOf(argument), 1, Integer::sum);
    }
  }

  private static String nameOf(Object argument) {
    if (argument instanceof Tagged.Opaque opaque) {
      return opaque.type();
    }
    return argument instanceof Map ? "dict" : argument.getClass().getSimpleName();
  }

  /** Canonical bytes tell the sign of zero, and lists from tuples. */
  private static Object bits(Object value) {
    return CanonicalEncoder.standard().encode(Collections.singletonList(value));
  }

  private static Rounding rounding(String kind, JsonNode tol) {
    if (tol.isNull()) {
      return Rounding.none();
    }
    return switch (kind) {
      case "simple" -> Rounding.simple(tol.intValue());
      case "shallow" -> Rounding.shallow(tol.intValue());
      case "deep" -> Rounding.deep(tol.intValue());
      default -> throw new IllegalArgumentException("expected a kind of rounding, found " + kind);
    };
  }

  /**
   * Keys fall together as klepto's do, but for the types of numbers: 3 and 3.0 are one key in
   * Python and two here. With the types taken away, the partitions are the same.
   */
  @Test
  void keysOfRoundedCalls_fallTogetherAsRecorded() throws IOException {
    Signature signature = Signature.builder("f").parameter("x").parameter("y", 0L).build();
    CallKeys plain = CallKeys.builder(signature).build();
    int keys = 0;
    for (JsonNode cache : GoldenFiles.json("rounding.json").get("cache_keys")) {
      String kind = cache.get("deep").booleanValue() ? "deep" : "simple";
      Rounding rounding = rounding(kind, cache.get("tol"));
      CallKeys calls = CallKeys.builder(signature).rounding(rounding).build();
      List<Object> ours = new ArrayList<>();
      List<Object> withoutTypes = new ArrayList<>();
      for (JsonNode call : cache.get("calls")) {
        List<Object> arguments = Tagged.values(call);
        ours.add(calls.key(arguments.toArray()));
        withoutTypes.add(
            plain.key(
                arguments.stream()
                    .map(rounding::apply)
                    .map(Tagged::withoutTypesOfNumbers)
                    .toArray()));
        keys++;
      }
      String subject = cache.get("cache") + " " + rounding;
      List<Integer> recorded = Tagged.recordedClasses(cache.get("key_classes"));
      assertEquals(recorded, Tagged.classes(withoutTypes), subject);
      Tagged.requireFiner(Tagged.classes(ours), recorded, subject);
    }
    System.out.printf("rounding.json: %d keys of calls compared, 0 mismatches%n", keys);
  }
}
