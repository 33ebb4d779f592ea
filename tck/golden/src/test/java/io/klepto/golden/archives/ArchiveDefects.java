package io.klepto.golden.archives;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.golden.GoldenFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where klepto's archives do what ours don't: {@code archive-defects.json}, by archive, script and
 * operation.
 */
final class ArchiveDefects {
  private record Place(String archive, String script) {}

  /** The numbers of the rules in {@code golden/README.md} that tell of them. */
  private final Set<Integer> rules = new TreeSet<>();

  /** The rule of each operation that differs, by its index. */
  private final Map<Place, Map<Integer, Integer>> defects = new HashMap<>();

  ArchiveDefects() throws IOException {
    JsonNode file = GoldenFiles.json("archive-defects.json");
    for (JsonNode rule : file.get("rules")) {
      if (rule.get("instead").textValue().isBlank() || !rules.add(rule.get("rule").intValue())) {
        throw new IllegalArgumentException(
            "expected each rule once, and what we do instead, found " + rule);
      }
    }
    for (JsonNode defect : file.get("defects")) {
      add(defect);
    }
  }

  private void add(JsonNode defect) {
    Place place = new Place(defect.get("archive").textValue(), defect.get("script").textValue());
    int rule = defect.get("rule").intValue();
    if (!rules.contains(rule)) {
      throw new IllegalArgumentException(
          place + ": expected a rule of " + rules + ", found " + rule);
    }
    Map<Integer, Integer> operations = defects.computeIfAbsent(place, absent -> new TreeMap<>());
    for (JsonNode operation : defect.get("operations")) {
      if (operations.put(operation.intValue(), rule) != null) {
        throw new IllegalArgumentException(place + ": listed twice: operation " + operation);
      }
    }
  }

  /** Returns the rule of each operation of a run in which klepto has a defect, by its index. */
  Map<Integer, Integer> of(Run run) {
    return defects.getOrDefault(new Place(run.archive(), run.script()), Map.of());
  }

  /** Returns how many operations each rule is the reason for. */
  Map<Integer, Integer> operationsByRule() {
    Map<Integer, Integer> counts = new TreeMap<>();
    rules.forEach(rule -> counts.put(rule, 0));
    for (Map<Integer, Integer> operations : defects.values()) {
      operations.values().forEach(rule -> counts.merge(rule, 1, Integer::sum));
    }
    return counts;
  }

  /** Returns how many runs have a defect. */
  int runs() {
    return defects.size();
  }
}
