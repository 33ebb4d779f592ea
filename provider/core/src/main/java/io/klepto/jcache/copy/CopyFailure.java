package io.klepto.jcache.copy;

import java.io.UncheckedIOException;
import javax.cache.CacheException;

/** Errors of classes whose own code fails while their objects are copied. */
final class CopyFailure {
  private CopyFailure() {}

  /**
   * Returns the error.
   *
   * @param holder through what the object was reached; null if it is the root, or reached from the
   *     root by the short way
   */
  static CacheException of(Object original, Visit holder, Exception thrown) {
    if (thrown instanceof CacheException e) {
      return e;
    }
    Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
    String name = original.getClass().getTypeName();
    String where = holder == null ? "" : " (reached by " + holder.pathTo(original) + ")";
    return new CacheException(
        "cannot copy "
            + name
            + where
            + ": expected its constructor, its collection or its serialization methods to succeed,"
            + " found "
            + cause
            + "; let the class accept its own data, keep other threads from changing the object"
            + " meanwhile, or store by reference with setStoreByValue(false)",
        cause);
  }

  /** Returns a copy, if it is one. */
  static Object ifNull(Object copy, Object original, Visit holder) {
    if (copy == null) {
      throw of(original, holder, new IllegalStateException("null from its serialization methods"));
    }
    return copy;
  }
}
