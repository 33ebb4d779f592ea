package io.klepto.memoize;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * Says where the value is stored and what may be done, and opens it, or makes suppliers that
 * remember in it.
 *
 * @param <T> the type of the value
 */
public final class SingleValueCacheBuilder<T> extends DictSettings<SingleValueCacheBuilder<T>> {
  private final Class<T> type;
  private String outerKey = "value";

  SingleValueCacheBuilder(String name, Class<T> type) {
    super(name);
    this.type = type;
  }

  @Override
  SingleValueCacheBuilder<T> self() {
    return this;
  }

  /** Sets the key of the value; {@code value} unless set. */
  public SingleValueCacheBuilder<T> outerKey(String outerKey) {
    this.outerKey = requireNonNull(outerKey, "outerKey");
    return this;
  }

  /**
   * Opens the cache, reading the value if it may.
   *
   * @throws io.klepto.archive.ArchiveException if it is damaged, is not of this type, or can't be
   *     read; it stays as it is
   */
  public SingleValueCache<T> open() {
    return new SingleValueCache<>(storage(String.class, type), access(), outerKey);
  }

  /**
   * Returns a supplier whose result is remembered: as the functions of {@link CacheDictBuilder}.
   *
   * @param supplier computes the result; may give null
   */
  public Supplier<T> wrap(Supplier<? extends T> supplier) {
    requireNonNull(supplier, "supplier");
    String key = outerKey;
    DictCalls<String, T> calls = new DictCalls<>(storage(String.class, type), access());
    return () -> calls.call(key, supplier);
  }
}
