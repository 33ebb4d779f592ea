package io.klepto.golden;

import java.util.Locale;

/** The functions that were remembered in the recorded runs. */
enum RecordedFunction {
  /** 10x + 1. */
  LIN,
  /** 10x + 1, but raises if x is a multiple of 7. */
  RAISE,
  /** How often the function was evaluated, this time included. */
  COUNT;

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

  /**
   * Evaluates the function.
   *
   * @param evaluation which evaluation this is, from 1
   */
  int of(int x, int evaluation) {
    if (this == RAISE && x % 7 == 0) {
      throw new Boom(x);
    }
    return this == COUNT ? evaluation : 10 * x + 1;
  }
}
