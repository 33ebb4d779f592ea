package io.klepto.keymap;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The way from a key to the key under which its entry lives, in memory and in an archive: rounding,
 * then a keymap. Keys that it makes equal share an entry.
 *
 * <p>Source: the {@code keymap}, {@code tol} and {@code deep} of klepto's caches. Safe for use by
 * many threads.
 *
 * @param keymap makes the key of the entry
 * @param rounding rounds numbers in the key before
 */
public record KeyTransform(Keymap keymap, Rounding rounding) implements Serializable {
  /** Checks that nothing is null. */
  public KeyTransform {
    requireNonNull(keymap, "keymap");
    requireNonNull(rounding, "rounding");
  }

  /**
   * Returns the key under which the entry of a key lives.
   *
   * @param key not null
   * @throws KeyEncodingException if rounding or keymap fail; the message names the key
   */
  public Object apply(Object key) {
    Object transformed;
    try {
      transformed = keymap.keyOfOne(rounding.apply(key));
    } catch (RuntimeException e) {
      throw new KeyEncodingException(
          "cannot transform key %s (%s) by %s: %s"
              .formatted(textOf(key), key.getClass().getName(), this, e.getMessage()),
          e);
    }
    if (transformed == null) {
      throw new KeyEncodingException(
          "cannot transform key %s (%s) by %s: expected a key, found null"
              .formatted(textOf(key), key.getClass().getName(), this));
    }
    return transformed;
  }

  /** A key whose {@code toString} fails must not hide the failure that is being reported. */
  private static String textOf(Object key) {
    try {
      return String.valueOf(key);
    } catch (RuntimeException e) {
      return "whose toString fails";
    }
  }

  /** Returns keymap and rounding, for messages. */
  @Override
  public String toString() {
    return rounding.isNone() ? keymap.name() : keymap.name() + " after rounding " + rounding.name();
  }
}
