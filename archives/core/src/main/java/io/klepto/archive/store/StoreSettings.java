package io.klepto.archive.store;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a back-end is told beyond the options that all of them know: compression, file permissions,
 * the name of a table, a password. Names and values are text, as they come from a builder, a file
 * or properties.
 *
 * <p>A back-end takes what it knows through {@link #reader}, which refuses what nobody took.
 * Immutable, serialisable. Values may be secrets: they stand in no message and not in {@link
 * #toString}.
 */
public final class StoreSettings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final StoreSettings NONE = new StoreSettings(Map.of());

  private final Map<String, String> values;

  private StoreSettings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** Returns the settings that say nothing. */
  public static StoreSettings none() {
    return NONE;
  }

  /** Returns settings with a copy of the given values by name. */
  public static StoreSettings of(Map<String, String> values) {
    return requireNonNull(values, "values").isEmpty() ? NONE : new StoreSettings(values);
  }

  /** Returns a new reader of these settings, for one thread. */
  public SettingsReader reader(String subject) {
    return new SettingsReader(subject, new TreeMap<>(values));
  }

  /** Returns the values by name; keep them out of messages. */
  public Map<String, String> values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoreSettings that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Returns the names that are set, without their values. */
  @Override
  public String toString() {
    return "settings " + new TreeSet<>(values.keySet());
  }
}
