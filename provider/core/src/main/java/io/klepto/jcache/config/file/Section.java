package io.klepto.jcache.config.file;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.klepto.archive.store.Suggestion;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Settings within braces, taken out by name; {@link #requireNothingElse} refuses what nobody asked
 * for, so that the names asked for are the names known. A value of null is as good as none.
 *
 * <p>Used by one thread.
 */
final class Section {
  private final String path;
  private final ConfigObject object;
  private final Collection<String> asked;
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * Makes a section.
   *
   * @param path the way to it, empty for the whole
   * @param object what it holds
   * @param asked gets the path of each name that is asked for
   */
  Section(String path, ConfigObject object, Collection<String> asked) {
    this.path = path;
    this.object = object;
    this.asked = asked;
  }

  private String pathOf(String name) {
    String quoted = ConfigUtil.joinPath(name);
    return path.isEmpty() ? quoted : path + "." + quoted;
  }

  /** Takes a value; empty if it is not set. */
  Optional<Value> value(String name) {
    known.add(name);
    asked.add(pathOf(name));
    ConfigValue value = object.get(name);
    return value == null || value.valueType() == ConfigValueType.NULL
        ? Optional.empty()
        : Optional.of(new Value(pathOf(name), value, asked));
  }

  /** Takes a value, and does with it what is to be done if it is set. */
  void take(String name, Consumer<Value> use) {
    value(name).ifPresent(use);
  }

  /** Takes a section; an empty one if it is not set. */
  Section section(String name) {
    return value(name)
        .map(Value::section)
        .orElseGet(() -> new Section(pathOf(name), ConfigFactory.empty().root(), asked));
  }

  /** Returns all that is set here, by name, for sections whose names are free. */
  Map<String, Value> values() {
    Map<String, Value> values = new TreeMap<>();
    object.forEach(
        (name, value) -> {
          if (value.valueType() != ConfigValueType.NULL) {
            values.put(name, new Value(pathOf(name), value, asked));
          }
        });
    return values;
  }

  boolean isEmpty() {
    return values().isEmpty();
  }

  /** Refuses a name that was not asked for, and tells the nearest that was. */
  void requireNothingElse() {
    for (String name : new TreeSet<>(object.keySet())) {
      if (!known.contains(name)) {
        throw new Value(pathOf(name), object.get(name), asked)
            .refused("a key that is known here", name, Suggestion.remedy(known, name));
      }
    }
  }

  /** Returns the section itself as a value, to refuse it as a whole. */
  Value whole() {
    return new Value(path, object, asked);
  }
}
