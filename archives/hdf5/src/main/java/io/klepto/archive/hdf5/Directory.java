package io.klepto.archive.hdf5;

import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where the records of one namespace lie in a file: rows in the unsigned order of the first eight
 * bytes of the SHA-256 of their keys, which two keys may share.
 *
 * <p>24 bytes of heap a record; found in O(log n). Immutable but for {@link #add}, which one thread
 * calls before others see the directory.
 */
final class Directory {
  private long[] prefixes;
  private long[] starts;
  private long[] lengths;
  private int rows;

  private Directory(int capacity) {
    prefixes = new long[capacity];
    starts = new long[capacity];
    lengths = new long[capacity];
  }

  /** Returns a directory without rows. */
  static Directory empty() {
    return new Directory(0);
  }

  /** Reads a directory; the buffer has the rows and nothing else. */
  static Directory of(ByteBuffer in) {
    int rows = in.remaining() / BaseFormatV1.ROW_BYTES;
    Directory directory = new Directory(rows);
    for (int row = 0; row < rows; row++) {
      directory.prefixes[row] = in.getLong();
      directory.starts[row] = in.getLong();
      directory.lengths[row] = in.getLong();
    }
    directory.rows = rows;
    return directory;
  }

  /** Adds a row, whose prefix is not below that of the row before. */
  void add(long prefix, long start, long length) {
    if (rows == prefixes.length) {
      int capacity = Math.max(16, rows + (rows >> 1));
      prefixes = Arrays.copyOf(prefixes, capacity);
      starts = Arrays.copyOf(starts, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
    }
    prefixes[rows] = prefix;
    starts[rows] = start;
    lengths[rows] = length;
    rows++;
  }

  int rows() {
    return rows;
  }

  long prefix(int row) {
    return prefixes[row];
  }

  long start(int row) {
    return starts[row];
  }

  long length(int row) {
    return lengths[row];
  }

  /** Returns the first row whose prefix is not below the given one, or the number of rows. */
  int firstFrom(long prefix) {
    int low = 0;
    int high = rows;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(prefixes[middle], prefix) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns whether a row has the prefix. */
  boolean has(long prefix) {
    int row = firstFrom(prefix);
    return row < rows && prefixes[row] == prefix;
  }

  /** Writes the rows. */
  void encode(ByteBuffer out) {
    for (int row = 0; row < rows; row++) {
      out.putLong(prefixes[row]).putLong(starts[row]).putLong(lengths[row]);
    }
  }

  /** Returns the first eight bytes of the SHA-256 of a key. */
  static long prefixOf(KeyBytes key) {
    return ByteBuffer.wrap(key.sha256()).getLong();
  }
}
