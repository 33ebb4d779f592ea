package io.klepto.bench.hitrate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The keys that a program asked for, one after the other. Equal keys have equal numbers: what a key
 * looks like plays no part in which entries a policy keeps.
 *
 * @param title how tables name it
 * @param keys the keys; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Trace(String title, int[] keys) {
  /** Reads a trace from a file of UTF-8, a key a line. */
  static Trace of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(String.valueOf(file.getFileName()), in);
    }
  }

  /**
   * Reads a trace, a key a line; empty lines are keys as well.
   *
   * @throws IllegalArgumentException if there is no line
   */
  static Trace read(String title, InputStream lines) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
    Map<String, Integer> numbers = new HashMap<>();
    int[] keys = new int[1024];
    int length = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (length == keys.length) {
        keys = Arrays.copyOf(keys, 2 * length);
      }
      keys[length++] = numbers.computeIfAbsent(line, absent -> numbers.size());
    }
    if (length == 0) {
      throw new IllegalArgumentException(
          "trace " + title + ": expected a key on each line, found no line");
    }
    return new Trace(title, Arrays.copyOf(keys, length));
  }

  int length() {
    return keys.length;
  }

  /** Returns how many different keys are asked for. */
  long distinct() {
    return Arrays.stream(keys).distinct().count();
  }
}
