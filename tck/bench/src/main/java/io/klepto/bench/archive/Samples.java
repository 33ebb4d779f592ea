package io.klepto.bench.archive;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The entries of the comparison: text keys, values of 200 bytes that don't compress. */
public final class Samples {
  /** The length of a value. */
  public static final int VALUE_BYTES = 200;

  private Samples() {}

  /** Returns the key of a number. */
  public static String key(int i) {
    return "key-" + i;
  }

  /** Returns the value of a number, the same each time. */
  public static byte[] value(int i) {
    byte[] value = new byte[VALUE_BYTES];
    new SplittableRandom(i).nextBytes(value);
    return value;
  }

  /** Returns the entries from one number to below another, in that order. */
  static Map<String, byte[]> range(int from, int to) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = from; i < to; i++) {
      entries.put(key(i), value(i));
    }
    return entries;
  }
}
