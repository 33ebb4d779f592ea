package io.klepto.memoize;

import static java.util.Objects.requireNonNull;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Says where a dictionary is stored and what it may do, and opens it, or makes functions that
 * remember in it.
 *
 * <p>Such a function opens the storage for each call, and not while it computes: each result is
 * kept at once, other processes are never kept out, and a crash loses no result that was returned.
 * What the function throws passes through, and nothing is stored. A null is a result. Safe for use
 * by many threads if the function is; those that miss the same key at once all compute it.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class CacheDictBuilder<K, V> extends DictSettings<CacheDictBuilder<K, V>> {
  private final Class<K> keyType;
  private final Class<V> valueType;

  CacheDictBuilder(String name, Class<K> keyType, Class<V> valueType) {
    super(name);
    this.keyType = keyType;
    this.valueType = valueType;
  }

  @Override
  CacheDictBuilder<K, V> self() {
    return this;
  }

  /**
   * Opens the dictionary, reading what is there if it may.
   *
   * @throws io.klepto.archive.ArchiveException if that is damaged, is not of these types, or can't
   *     be read; it stays as it is
   */
  public CacheDict<K, V> open() {
    return new CacheDict<>(storage(keyType, valueType), access());
  }

  /**
   * Returns a function whose results are remembered under their argument.
   *
   * @param function computes a result; may give null
   */
  public Function<K, V> wrap(Function<? super K, ? extends V> function) {
    return wrap(function, Function.identity());
  }

  /**
   * Returns a function whose results are remembered.
   *
   * @param function computes a result; may give null
   * @param innerKey makes the key of an argument, not null; {@link
   *     io.klepto.keymap.CallKeys#keyOfOne} is one for whatever argument
   */
  public <A> Function<A, V> wrap(
      Function<? super A, ? extends V> function, Function<? super A, ? extends K> innerKey) {
    DictCalls<K, V> calls = calls();
    requireNonNull(function, "function");
    requireNonNull(innerKey, "innerKey");
    return argument -> calls.call(keyOf(innerKey.apply(argument)), () -> function.apply(argument));
  }

  /**
   * Returns a function whose results are remembered.
   *
   * @param function computes a result; may give null
   * @param innerKey makes the key of two arguments, not null
   */
  public <A, B> BiFunction<A, B, V> wrap(
      BiFunction<? super A, ? super B, ? extends V> function,
      BiFunction<? super A, ? super B, ? extends K> innerKey) {
    DictCalls<K, V> calls = calls();
    requireNonNull(function, "function");
    requireNonNull(innerKey, "innerKey");
    return (a, b) -> calls.call(keyOf(innerKey.apply(a, b)), () -> function.apply(a, b));
  }

  /**
   * Returns a supplier whose result is remembered.
   *
   * @param supplier computes the result; may give null
   * @param outerKey the key, always the same, not null
   */
  public Supplier<V> wrap(Supplier<? extends V> supplier, K outerKey) {
    DictCalls<K, V> calls = calls();
    requireNonNull(supplier, "supplier");
    K key = keyOf(outerKey);
    return () -> calls.call(key, supplier);
  }

  private DictCalls<K, V> calls() {
    return new DictCalls<>(storage(keyType, valueType), access());
  }

  private K keyOf(K key) {
    return keyType.cast(requireNonNull(key, "key"));
  }
}
