package io.klepto.jcache.copy;

import java.util.Objects;

/** The copiers there are: by value, and none at all. */
public final class Copiers {
  private static final Copier IDENTITY = new Identity();

  /** No lambda, as a first one costs a process milliseconds. */
  private static final class Identity implements Copier {
    @Override
    public Object copy(Object object) {
      return object;
    }
  }

  private Copiers() {}

  /**
   * Returns the copier of store-by-reference, which returns its argument. Always the same object.
   */
  public static Copier identity() {
    return IDENTITY;
  }

  /**
   * Returns a copier of store-by-value for objects of any class.
   *
   * @param loader resolves the classes of objects that go through Java serialization, as JSR-107
   *     asks of a cache manager's class loader; a class that it does not know stays the object's
   *     own. All other objects keep their own class. The copier holds on to the loader.
   */
  public static Copier byValue(ClassLoader loader) {
    return new ByValueCopier(Objects.requireNonNull(loader, "loader"));
  }

  /**
   * Returns a copier of store-by-value for objects of a declared class: {@link #identity()} if
   * nothing of that class can ever change (strings, boxed numbers, enums, {@code java.time},
   * records of such), and {@link #byValue} otherwise.
   *
   * @param declared a class all keys or all values are instances of, as the cache's configuration
   *     has it
   * @param loader see {@link #byValue}
   */
  public static Copier forType(Class<?> declared, ClassLoader loader) {
    Objects.requireNonNull(declared, "declared");
    Objects.requireNonNull(loader, "loader");
    return ImmutableTypes.holdsOnlyImmutables(declared) ? IDENTITY : byValue(loader);
  }
}
