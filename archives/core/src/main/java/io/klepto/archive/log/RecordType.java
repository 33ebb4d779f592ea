package io.klepto.archive.log;

/** What a record of the log says. */
enum RecordType {
  /** A key has this value from here on. */
  PUT(1),
  /** A key has no value from here on. */
  REMOVE(2),
  /** The value of a key, which stands earlier in the log, has these times from here on. */
  TOUCH(3),
  /** No key of a namespace has a value from here on. */
  CLEAR(4),
  /** A namespace exists: its name and identity. Written three times, since much hangs on it. */
  NAMESPACE(5),
  /** A namespace is gone; its number is not used again. */
  DESTROY(6),
  /** The segment ends here: all its records once more, in short. See {@link FooterV1}. */
  FOOTER(7),
  /** What was lost before the offset in the first half of the hash is known and accepted. */
  SETTLED(8),
  /** A key had a value that was found damaged by a compaction; these are its bytes. */
  DAMAGED(9),
  /** Not a record: in journal and footers the place of records of which nothing is known. */
  LOST(10);

  private static final RecordType[] BY_CODE = new RecordType[11];

  static {
    for (RecordType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;

  RecordType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Returns whether the body begins with the three times. */
  boolean hasTimes() {
    return this == PUT || this == TOUCH;
  }

  /** Returns the type of a code, or null if there is none. */
  static RecordType of(int code) {
    return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }
}
