package io.klepto.jcache.config.file;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.klepto.archive.store.Suggestion;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.cache.CacheException;

/**
 * A value of the configuration, its path and origin; converts it, or refuses it with file, line,
 * path, what was expected and what was found.
 *
 * <p>What was found is shown only if it is a word of the file itself where a word is expected: what
 * comes from outside, and what stands where a secret can, is told by its type.
 *
 * @param path the way to it, such as {@code klepto.caches.people.max-entries}
 * @param value the value, not null
 * @param asked gets the path of each key that is asked for below this one
 */
record Value(String path, ConfigValue value, Collection<String> asked) {
  private static final String INDEX = "0|[1-9][0-9]{0,8}";

  /** Returns text, numbers and truth values as they are written. */
  String text(String expected) {
    if (!isScalar()) {
      throw refusedByType(expected);
    }
    return value.atKey("v").getString("v");
  }

  /** Returns text that is not empty. */
  String name(String expected) {
    String text = text(expected);
    if (text.isBlank()) {
      throw refused(expected);
    }
    return text;
  }

  boolean flag() {
    return choice(new TreeMap<>(Map.of("true", true, "false", false)));
  }

  /**
   * Returns a whole number.
   *
   * @param unit what is counted, with a space before it, or nothing
   */
  long wholeNumber(String unit, long min, long max) {
    String expected =
        min == Long.MIN_VALUE
            ? "a whole number"
            : max >= Integer.MAX_VALUE
                ? "a whole number%s, at least %d".formatted(unit, min)
                : "a whole number%s from %d to %d".formatted(unit, min, max);
    try {
      long number = Long.parseLong(text(expected).strip());
      if (number < min || number > max) {
        throw refused(expected);
      }
      return number;
    } catch (NumberFormatException e) {
      throw refused(expected);
    }
  }

  /** Returns a time with its unit, or in the form of ISO 8601; not negative. */
  Duration duration() {
    String expected = "a duration with its unit, such as 10 minutes, 500ms or PT10M";
    String text = text(expected).strip();
    if (!text.matches("[Pp].*|[0-9.]+\\s*[A-Za-z]+")) {
      throw refused(expected);
    }
    try {
      return text.matches("[Pp].*") ? Duration.parse(text) : value.atKey("v").getDuration("v");
    } catch (ConfigException | DateTimeParseException e) {
      throw refused(expected);
    }
  }

  /** Returns what a word stands for, whether written with _ or -, in upper or lower case. */
  <T> T choice(Map<String, T> words) {
    String expected = "one of " + String.join(", ", words.keySet());
    String found = text(expected).strip();
    for (Map.Entry<String, T> word : words.entrySet()) {
      if (folded(word.getKey()).equals(folded(found))) {
        return word.getValue();
      }
    }
    Optional<String> nearest =
        Outside.gave(value) ? Optional.empty() : Suggestion.among(words.keySet(), found);
    throw refused(expected, shown(), nearest.map(n -> "; did you mean " + n + "?").orElse(""));
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the elements; a single one needs no brackets, and properties number theirs. */
  List<Value> list(String expected) {
    List<ConfigValue> elements = new ArrayList<>();
    if (value instanceof ConfigList list) {
      elements.addAll(list);
    } else if (value instanceof ConfigObject object && isNumbered(object)) {
      Map<Integer, ConfigValue> inOrder = new TreeMap<>();
      object.forEach((index, element) -> inOrder.put(Integer.parseInt(index), element));
      elements.addAll(inOrder.values());
    } else {
      elements.add(value);
    }
    List<Value> values = new ArrayList<>();
    for (ConfigValue element : elements) {
      if (element.valueType() == ConfigValueType.NULL) {
        throw refused(expected, "null among them", "");
      }
      values.add(new Value(path + "[]", element, asked));
    }
    return values;
  }

  private static boolean isNumbered(ConfigObject object) {
    return !object.isEmpty() && object.keySet().stream().allMatch(key -> key.matches(INDEX));
  }

  /** Returns the settings within braces. */
  Section section() {
    if (value instanceof ConfigObject object) {
      return new Section(path, object, asked);
    }
    throw refusedByType("settings within { }");
  }

  boolean isSection() {
    return value instanceof ConfigObject;
  }

  private boolean isScalar() {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> true;
      case OBJECT, LIST, NULL -> false;
    };
  }

  boolean isFromOutside() {
    return Outside.gave(value);
  }

  /** Returns file and line, as far as the value's origin has them. */
  String where() {
    return Origins.of(value.origin());
  }

  /** Refuses the value, and shows it unless it came from outside. */
  CacheException refused(String expected) {
    return refused(expected, shown(), "");
  }

  /** Refuses the value without showing it. */
  CacheException refusedByType(String expected) {
    return refused(expected, type(), "");
  }

  CacheException refused(String expected, String found, String remedy) {
    return new CacheException(
        "%s: %s: expected %s, found %s%s".formatted(where(), path, expected, found, remedy));
  }

  private String shown() {
    if (!isScalar()) {
      return type();
    }
    if (Outside.gave(value)) {
      return "another value, which is not shown since it comes from outside of the file";
    }
    String text = value.atKey("v").getString("v");
    return value.valueType() == ConfigValueType.STRING ? "\"" + text + "\"" : text;
  }

  private String type() {
    return switch (value.valueType()) {
      case OBJECT -> "settings within { }";
      case LIST -> "a list";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case STRING -> "a text";
      case NULL -> "null";
    };
  }

  /** Shows no value. */
  @Override
  public String toString() {
    return where() + ": " + path;
  }
}
