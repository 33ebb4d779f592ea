package io.klepto.golden.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.keymap.Signature;

/** The signatures of the recorded functions. */
final class Functions {
  private Functions() {}

  /** Returns whether the function has what Java has no word for: arguments by name alone. */
  static boolean hasKeywordOnly(JsonNode function) {
    return !function.get("kwonly").isEmpty();
  }

  /** Returns the signature of a function. */
  static Signature signature(JsonNode function) {
    Signature.Builder signature = Signature.builder(function.get("name").textValue());
    JsonNode parameters = function.get("positional");
    JsonNode defaults = function.get("defaults");
    int required = parameters.size() - defaults.size();
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i).textValue();
      if (i < required) {
        signature.parameter(name);
      } else {
        signature.parameter(name, defaultValue(defaults.get(i - required)));
      }
    }
    if (!function.get("varargs").isNull()) {
      signature.surplusPositional(function.get("varargs").textValue());
    }
    if (!function.get("varkw").isNull()) {
      signature.surplusNamed(function.get("varkw").textValue());
    }
    return signature.build();
  }

  private static Object defaultValue(JsonNode json) {
    return json.isInt() ? (Object) json.longValue() : Tagged.value(json);
  }
}
