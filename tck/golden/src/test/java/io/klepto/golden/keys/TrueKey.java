package io.klepto.golden.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * What makes two recorded calls the same, told from their JSON alone, without our keymaps: types
 * and values of all arguments count, the order of names, sets and maps does not.
 */
final class TrueKey {
  private TrueKey() {}

  /**
   * Returns a text that is the same for the same calls.
   *
   * @param flat whether positions, sentinel, names and values are laid out in one list
   * @param typed whether the types of the arguments follow, one for each argument
   * @param sentinel what stands between positions and names, as JSON; empty for nothing
   */
  static String of(JsonNode call, boolean flat, boolean typed, String sentinel) {
    List<String> positional = new ArrayList<>();
    call.get("args").forEach(argument -> positional.add(text(argument)));
    TreeMap<String, String> named = new TreeMap<>();
    call.get("kwds").forEach(pair -> named.put(pair.get(0).toString(), text(pair.get(1))));
    if (!flat) {
      return positional + " " + named;
    }
    if (!sentinel.isEmpty() && !named.isEmpty()) {
      positional.add(sentinel);
    }
    int arguments =
        positional.size() - (sentinel.isEmpty() || named.isEmpty() ? 0 : 1) + named.size();
    named.forEach((name, value) -> Collections.addAll(positional, name, value));
    return typed ? positional + " with " + arguments + " types" : positional.toString();
  }

  private static String text(JsonNode value) {
    if (value.has("set") || value.has("frozenset")) {
      JsonNode elements = value.has("set") ? value.get("set") : value.get("frozenset");
      return "set" + sorted(elements);
    }
    if (value.has("dict")) {
      List<String> pairs = new ArrayList<>();
      value.get("dict").forEach(pair -> pairs.add(text(pair.get(0)) + ":" + text(pair.get(1))));
      Collections.sort(pairs);
      return "dict" + pairs;
    }
    if (value.has("list") || value.has("tuple")) {
      String tag = value.has("list") ? "list" : "tuple";
      List<String> elements = new ArrayList<>();
      value.get(tag).forEach(element -> elements.add(text(element)));
      return tag + elements;
    }
    return value.toString();
  }

  private static List<String> sorted(JsonNode elements) {
    List<String> texts = new ArrayList<>();
    elements.forEach(element -> texts.add(text(element)));
    Collections.sort(texts);
    return texts;
  }
}
