package io.klepto.golden.archives;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.golden.GoldenFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code archives.json}: what the real klepto's archives did.
 *
 * <p>Any operation or answer that is not expected here is an error, so that nothing is passed over.
 */
final class ArchiveVectors {
  private ArchiveVectors() {}

  /** Reads a part of the file. */
  static JsonNode part(String name) throws IOException {
    JsonNode part = GoldenFiles.json("archives.json").get(name);
    if (part == null) {
      throw new IOException("archives.json: expected a part " + name + ", found none");
    }
    return part;
  }

  /** Reads what each archive answered to each script. */
  static List<Run> runs() throws IOException {
    JsonNode file = GoldenFiles.json("archives.json");
    Map<String, List<Step>> scripts = new HashMap<>();
    for (JsonNode script : file.get("scripts")) {
      scripts.put(script.get("script").textValue(), steps(script.get("ops")));
    }
    List<Run> runs = new ArrayList<>();
    for (JsonNode run : file.get("runs")) {
      String script = run.get("script").textValue();
      boolean isCached = run.get("cached").booleanValue();
      List<Step> steps = scripts.get(script);
      runs.add(
          new Run(
              run.get("archive").textValue(),
              script,
              isCached,
              steps,
              answers(steps, isCached, run.get("results"))));
    }
    return runs;
  }

  private static List<Step> steps(JsonNode operations) {
    List<Step> steps = new ArrayList<>();
    for (JsonNode operation : operations) {
      Verb verb = Verb.valueOf(operation.get("op").textValue().toUpperCase(Locale.ROOT));
      List<JsonNode> arguments = new ArrayList<>();
      operation.path("a").forEach(arguments::add);
      steps.add(new Step(steps.size(), verb, arguments));
    }
    return steps;
  }

  private static List<String> answers(List<Step> steps, boolean isCached, JsonNode results) {
    List<String> answers = new ArrayList<>();
    for (JsonNode result : results) {
      Verb verb = steps.get(answers.size()).verb();
      answers.add(verb.isOurs(isCached) ? answer(verb, result) : result.toString());
    }
    return answers;
  }

  /** Returns an answer as a text, in which an error is its type alone. */
  static String answer(Verb verb, JsonNode result) {
    if (result.has("error")) {
      return new Raised(result.get("error").textValue()).answer();
    }
    return switch (verb) {
      case KEYS, VALUES, ITER -> PythonValues.listing(values(result));
      case ITEMS, ASDICT, ARCHIVE_ITEMS, FROMKEYS -> PythonValues.entries(entries(result));
      case LEN -> Long.toString(result.longValue());
      case ARCHIVETYPE -> result.textValue();
      case POPITEM -> PythonValues.entries(entries(List.of(result.get("popped"))));
      case COPY ->
          Party.copied(
              answer(Verb.ITEMS, result.get("items")),
              result.get("original_sees_copy_write").booleanValue());
      default -> PythonValues.text(PythonValues.value(result));
    };
  }

  private static List<Object> values(JsonNode array) {
    List<Object> values = new ArrayList<>();
    array.forEach(element -> values.add(PythonValues.value(element)));
    return values;
  }

  private static Map<Object, Object> entries(Iterable<JsonNode> pairs) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (JsonNode pair : pairs) {
      entries.put(PythonValues.value(pair.get(0)), PythonValues.value(pair.get(1)));
    }
    return entries;
  }
}
