package io.klepto.archive.store;

import static java.util.Objects.requireNonNull;

/**
 * The declared types of the keys and values whose records a store keeps.
 *
 * @param key the type of the keys, {@code Object} if any
 * @param value the type of the values, {@code Object} if any
 */
public record EntryTypes(Class<?> key, Class<?> value) {
  /** Keys and values of any type. */
  public static final EntryTypes ANY = new EntryTypes(Object.class, Object.class);

  /** Requires both. */
  public EntryTypes {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
  }
}
