package io.klepto.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A scenario in which klepto does what we don't.
 *
 * @param id the scenario
 * @param rule the rule in {@code golden/README.md} that tells of it, from 1 to 16
 * @param operation the first operation whose effect differs, or {@link #START}
 * @param instead what we do
 */
record Defect(String id, int rule, int operation, String instead) {
  /** The difference shows as soon as the cache is made, before the first operation. */
  static final int START = -1;

  Defect {
    if (rule < 1 || rule > 16) {
      throw new IllegalArgumentException(id + ": expected a rule from 1 to 16, found " + rule);
    }
    if (operation < START) {
      throw new IllegalArgumentException(id + ": expected an operation, found " + operation);
    }
    if (instead.isBlank()) {
      throw new IllegalArgumentException(id + ": expected what we do instead");
    }
  }

  /** Reads {@code policy-defects.json}, by scenario. */
  static Map<String, Defect> all() throws IOException {
    Map<String, Defect> defects = new LinkedHashMap<>();
    for (JsonNode json : Vectors.json("policy-defects.json")) {
      Defect defect =
          new Defect(
              json.get("id").textValue(),
              json.get("rule").intValue(),
              json.get("operation").intValue(),
              json.get("instead").textValue());
      if (defects.put(defect.id(), defect) != null) {
        throw new IllegalArgumentException(defect.id() + ": listed twice");
      }
    }
    return defects;
  }
}
