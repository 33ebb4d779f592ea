package io.klepto.golden.archives;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation of a script.
 *
 * @param index its place in the script, from 0
 * @param verb what is asked
 * @param arguments with what
 */
record Step(int index, Verb verb, List<JsonNode> arguments) {
  boolean has(int argument) {
    return arguments.size() > argument;
  }

  /** Returns an argument that is a key or a value. */
  Object value(int argument) {
    return PythonValues.value(arguments.get(argument));
  }

  /** Returns an argument that is a key or a value; None if it is not there. */
  Object valueOrNone(int argument) {
    return has(argument) ? value(argument) : PythonNone.NONE;
  }

  boolean flag(int argument) {
    return arguments.get(argument).booleanValue();
  }

  /** Returns an argument that is several keys; those of a string are its characters. */
  List<Object> keys(int argument) {
    JsonNode json = arguments.get(argument);
    if (json.isTextual()) {
      return json.textValue().chars().mapToObj(c -> (Object) Character.toString(c)).toList();
    }
    return List.copyOf((List<?>) value(argument));
  }

  /** Returns all arguments, each of them entries, together. */
  Map<Object, Object> entries() {
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (JsonNode argument : arguments) {
      for (JsonNode pair : argument.get("dict")) {
        entries.put(PythonValues.value(pair.get(0)), PythonValues.value(pair.get(1)));
      }
    }
    return entries;
  }

  @Override
  public String toString() {
    return "operation " + index + ": " + verb + (arguments.isEmpty() ? "" : " " + arguments);
  }
}
