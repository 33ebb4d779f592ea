package io.klepto.jcache.copy;

import io.klepto.keymap.access.Opening;
import javax.cache.CacheException;

/** The shape of objects that can't be copied: copying one throws. */
final class Refusal extends Leaf {
  private static final String BY_REFERENCE = "or store by reference with setStoreByValue(false)";

  private final String expected;
  private final String found;
  private final String remedy;

  private Refusal(String expected, String found, String remedy) {
    this.expected = expected;
    this.found = found;
    this.remedy = remedy;
  }

  /** Refuses a class of the JDK that we do not know and that is not serializable. */
  static Refusal unknownToUs() {
    return new Refusal(
        "a value class, a collection or a Serializable class of the JDK",
        "none of these",
        "make the field that holds it transient, put a copy of another class in its place, "
            + BY_REFERENCE);
  }

  /** Refuses lambdas and other hidden classes. */
  static Refusal hidden() {
    return new Refusal(
        "a class with fields that can be set, or a Serializable lambda",
        "a lambda or hidden class that is not Serializable",
        "cast the lambda to an intersection with Serializable, make the field that holds it"
            + " transient, "
            + BY_REFERENCE);
  }

  /** Refuses what stands for something outside the heap. */
  static Refusal resource(Class<?> kind) {
    return new Refusal(
        "plain data",
        "a " + kind.getName() + ", which stands for something that has no copy",
        "make the field that holds it transient, " + BY_REFERENCE);
  }

  /** Refuses a class that its module does not open to us, and that is not serializable. */
  static Refusal closed(Class<?> declaring, String why) {
    return new Refusal(
        "fields that can be read and set, or a Serializable class",
        "a class that is not Serializable, with fields closed to us (" + why + ")",
        "make the class Serializable, " + Opening.advice(declaring) + ", " + BY_REFERENCE);
  }

  @Override
  Object copy(Object original) {
    throw failure(original.getClass().getName());
  }

  /** Returns the error for an object that was reached on a path, given as class names. */
  CacheException failure(String path) {
    String subject = path.substring(path.lastIndexOf(' ') + 1);
    String where = subject.equals(path) ? "" : " (reached by " + path + ")";
    return new CacheException(
        "cannot copy "
            + subject
            + where
            + ": expected "
            + expected
            + ", found "
            + found
            + "; "
            + remedy);
  }
}
