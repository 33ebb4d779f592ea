package io.klepto.golden.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.keymap.Arguments;
import io.klepto.keymap.KeyMarker;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The values of the vectors as Java objects: whole numbers as {@code Long} or {@code BigInteger},
 * lists as {@code List}, tuples as {@code Object[]}, so that the two stay different, both kinds of
 * sets as {@code Set}, klepto's marker of ignored arguments as ours, and what Java has not as
 * words.
 */
public final class Tagged {
  /** A value that the vectors describe in words alone; equal if the words are. */
  public record Opaque(String type, String shown) {}

  private Tagged() {}

  /** Returns the object for a value. */
  public static Object value(JsonNode json) {
    if (json.isNull()) {
      return null;
    }
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    if (json.isTextual()) {
      String text = json.textValue();
      return text.startsWith("iterator") ? new Opaque("iterator", "") : text;
    }
    if (json.has("object")) {
      return new Opaque(json.get("object").textValue(), json.path("repr").asText());
    }
    if (json.size() != 1) {
      throw new IllegalArgumentException("expected a value with one tag, found " + json);
    }
    String tag = json.fieldNames().next();
    JsonNode content = json.get(tag);
    return switch (tag) {
      case "int" -> integer(content.textValue());
      case "float" -> decimal(content.textValue());
      case "bytes" -> HexFormat.of().parseHex(content.textValue());
      case "list" -> Collections.unmodifiableList(values(content));
      case "tuple" -> values(content).toArray();
      case "dict" -> map(content);
      case "set", "frozenset" -> set(content);
      case "complex" -> new Opaque("complex", content.toString());
      case "type" -> new Opaque("type", content.textValue());
      case "NULL" -> KeyMarker.IGNORED;
      default -> throw new IllegalArgumentException("expected a known tag, found " + json);
    };
  }

  private static Object integer(String text) {
    BigInteger number = new BigInteger(text);
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  static double decimal(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** Returns the objects for the elements of an array. */
  public static List<Object> values(JsonNode array) {
    List<Object> values = new ArrayList<>();
    array.forEach(element -> values.add(value(element)));
    return values;
  }

  private static Map<Object, Object> map(JsonNode pairs) {
    Map<Object, Object> map = new LinkedHashMap<>();
    pairs.forEach(pair -> map.put(value(pair.get(0)), value(pair.get(1))));
    return Collections.unmodifiableMap(map);
  }

  private static Set<Object> set(JsonNode elements) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(values(elements)));
  }

  /** Returns the arguments of a recorded call. */
  public static Arguments call(JsonNode json) {
    Map<String, Object> named = new TreeMap<>();
    json.get("kwds").forEach(pair -> named.put(pair.get(0).textValue(), value(pair.get(1))));
    return Arguments.of(values(json.get("args")), named);
  }

  /**
   * Returns a value with its whole numbers and truth values as {@code Double}, since Python's
   * equality takes 3 and 3.0, 1 and true for the same.
   */
  static Object withoutTypesOfNumbers(Object value) {
    if (value instanceof Long number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean flag) {
      return flag ? 1.0 : 0.0;
    }
    if (value instanceof Double number) {
      return number + 0.0; // one zero
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Tagged::withoutTypesOfNumbers).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> folded = new LinkedHashMap<>();
      map.forEach((key, held) -> folded.put(key, withoutTypesOfNumbers(held)));
      return folded;
    }
    if (value instanceof Object[] tuple) {
      return Arrays.stream(tuple).map(Tagged::withoutTypesOfNumbers).toArray();
    }
    return value;
  }

  /** Returns the partition of keys by equality: 0, 1, 0, 2 for {@code a b a c}. */
  public static List<Integer> classes(List<?> keys) {
    List<Object> seen = new ArrayList<>();
    List<Integer> classes = new ArrayList<>();
    for (Object key : keys) {
      int index = seen.indexOf(key);
      if (index < 0) {
        index = seen.size();
        seen.add(key);
      }
      classes.add(index);
    }
    return classes;
  }

  /** Returns a recorded partition with its classes numbered from 0 in order of appearance. */
  public static List<Integer> recordedClasses(JsonNode classes) {
    List<String> texts = new ArrayList<>();
    classes.forEach(each -> texts.add(each.toString()));
    return classes(texts);
  }

  /** Requires that what is one class in the first partition is one class in the second too. */
  static void requireFiner(List<Integer> finer, List<Integer> coarser, String subject) {
    for (int i = 0; i < finer.size(); i++) {
      int first = finer.indexOf(finer.get(i));
      if (!coarser.get(i).equals(coarser.get(first))) {
        throw new AssertionError(
            subject + ": calls " + first + " and " + i + " share a key, expected different ones");
      }
    }
  }
}
