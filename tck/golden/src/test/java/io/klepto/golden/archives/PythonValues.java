package io.klepto.golden.archives;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Python's values as ours, and as texts that can be compared.
 *
 * <p>An int is an {@link Integer}, or if that is too small a {@link Long} or a {@link BigInteger};
 * a float is a {@link Double}; lists and tuples are lists. A text tells values of different types
 * apart; sets and maps are sorted in it.
 */
final class PythonValues {
  private PythonValues() {}

  /** A value of a class that is Python's alone. */
  private record Foreign(String type, String text) {}

  /** Returns a value of the vectors as one that an archive takes. */
  static Object value(JsonNode json) {
    Object value = decode(json);
    return value == null ? PythonNone.NONE : value;
  }

  /** Returns a value of the vectors; Python's None is null. */
  private static Object decode(JsonNode json) {
    if (json.isNull()) {
      return null;
    }
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    if (json.isTextual()) {
      return json.textValue();
    }
    if (json.has("object")) {
      return new Foreign(json.get("object").textValue(), json.get("repr").textValue());
    }
    if (!json.isObject() || json.size() != 1) {
      throw new IllegalArgumentException("expected a tagged value, found " + json);
    }
    String tag = json.fieldNames().next();
    JsonNode content = json.get(tag);
    return switch (tag) {
      case "int" -> integer(new BigInteger(content.textValue()));
      case "float" -> real(content.textValue());
      case "bytes" -> HexFormat.of().parseHex(content.textValue());
      case "list", "tuple" -> elements(content);
      case "set", "frozenset" -> new LinkedHashSet<>(elements(content));
      case "dict" -> dictionary(content);
      case "special" -> new Unserialisable();
      default -> throw new IllegalArgumentException("unknown tag of a value: " + tag);
    };
  }

  private static Object integer(BigInteger number) {
    if (number.bitLength() < Integer.SIZE) {
      return number.intValue();
    }
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private static double real(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private static List<Object> elements(JsonNode json) {
    List<Object> elements = new ArrayList<>();
    json.forEach(element -> elements.add(decode(element)));
    return elements;
  }

  private static Map<Object, Object> dictionary(JsonNode pairs) {
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    pairs.forEach(pair -> dictionary.put(decode(pair.get(0)), decode(pair.get(1))));
    return dictionary;
  }

  /** Returns a text that is the same for equal values of the same type alone. */
  static String text(Object value) {
    if (value == null || value == PythonNone.NONE) {
      return "None";
    }
    if (value instanceof String string) {
      return "'" + string + "'";
    }
    if (value instanceof Boolean || value instanceof Integer || value instanceof Double) {
      return value.toString();
    }
    if (value instanceof Long) {
      return value + "L";
    }
    if (value instanceof BigInteger) {
      return value + "N";
    }
    if (value instanceof byte[] bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(PythonValues::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Set<?> set) {
      return sorted(set.stream().map(PythonValues::text), "{", "}");
    }
    if (value instanceof Map<?, ?> map) {
      return sorted(map.entrySet().stream().map(PythonValues::pair), "{", "}");
    }
    return value.getClass().getName() + " " + value;
  }

  /** Returns a text for a listing, whose order means nothing. */
  static String listing(Iterable<?> elements) {
    List<String> texts = new ArrayList<>();
    elements.forEach(element -> texts.add(text(element)));
    return sorted(texts.stream(), "(", ")");
  }

  /** Returns a text for a listing of entries, whose order means nothing. */
  static String entries(Map<?, ?> entries) {
    return sorted(entries.entrySet().stream().map(PythonValues::pair), "(", ")");
  }

  private static String pair(Map.Entry<?, ?> entry) {
    return text(entry.getKey()) + ": " + text(entry.getValue());
  }

  private static String sorted(Stream<String> texts, String prefix, String suffix) {
    return texts.sorted().collect(Collectors.joining(", ", prefix, suffix));
  }
}
