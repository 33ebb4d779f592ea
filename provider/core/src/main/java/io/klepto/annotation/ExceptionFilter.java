package io.klepto.annotation;

import java.util.List;

/**
 * Which exceptions of a method count, by JSR-107's rules for two lists: those that are instances of
 * the first, if it has any, and not of the second.
 *
 * @param included empty for all
 * @param excluded these do not count
 * @param otherwise what holds for any exception if both lists are empty
 */
record ExceptionFilter(
    List<Class<? extends Throwable>> included,
    List<Class<? extends Throwable>> excluded,
    boolean otherwise) {

  static ExceptionFilter of(
      Class<? extends Throwable>[] included,
      Class<? extends Throwable>[] excluded,
      boolean otherwise) {
    return new ExceptionFilter(List.of(included), List.of(excluded), otherwise);
  }

  boolean counts(Throwable failure) {
    if (included.isEmpty() && excluded.isEmpty()) {
      return otherwise;
    }
    return (included.isEmpty() || isOneOf(included, failure)) && !isOneOf(excluded, failure);
  }

  /** Returns whether an exception is an instance of a class that is to be included by name. */
  boolean names(Throwable failure) {
    return isOneOf(included, failure);
  }

  private static boolean isOneOf(List<Class<? extends Throwable>> classes, Throwable failure) {
    for (Class<? extends Throwable> each : classes) {
      if (each.isInstance(failure)) {
        return true;
      }
    }
    return false;
  }
}
