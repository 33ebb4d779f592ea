package io.klepto.golden;

import java.util.Locale;

/** The functions that were remembered in the recorded runs. */
enum RecordedFunction {
  /** 10x + 1. */
  LIN,
  /** 10x + 1, but raises if x is a multiple of 7. */
  RAISE;

  /** What {@link #RAISE} throws; called Boom in the vectors. */
  static final class Boom extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Boom(int x) {
      super("multiple of 7: " + x);
    }
  }

  static RecordedFunction named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  int of(int x) {
    if (this == RAISE && x % 7 == 0) {
      throw new Boom(x);
    }
    return 10 * x + 1;
  }
}
