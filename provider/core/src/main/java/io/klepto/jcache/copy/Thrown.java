package io.klepto.jcache.copy;

import java.lang.reflect.UndeclaredThrowableException;

/** What a method handle throws, as the compiler wants it. */
final class Thrown {
  private Thrown() {}

  /** Throws it as it is if it is unchecked; returns it wrapped otherwise. */
  static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return new UndeclaredThrowableException(thrown);
  }
}
