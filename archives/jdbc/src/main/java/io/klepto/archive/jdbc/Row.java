package io.klepto.archive.jdbc;

import java.util.HexFormat;

/**
 * What the columns of a table hold for one key, in the order of {@link RowFormat#columns}. The
 * array is not copied. Used by one thread at a time.
 */
final class Row {
  static final int ID = 0;
  static final int VERSION = 1;
  static final int CREATED = 2;
  static final int DURATION = 3;
  static final int DEADLINE = 4;
  static final int CHECKSUM = 5;
  static final int RECORD = 6;
  private static final byte[] NO_ID = {};

  private final Object[] values;

  Row(Object[] values) {
    this.values = values;
  }

  Object value(int column) {
    return values[column];
  }

  int columns() {
    return values.length;
  }

  /** Returns the id; empty if a damaged row has none. */
  byte[] id() {
    return values[ID] == null ? NO_ID : (byte[]) values[ID];
  }

  /** Returns the id in hexadecimal, for messages. */
  String idHex() {
    return HexFormat.of().formatHex(id());
  }
}
