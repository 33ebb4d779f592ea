package io.klepto.annotation;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.cache.CacheException;

/**
 * Reads cache annotations, and gives objects and methods that behave as they say. Had from {@link
 * Annotations}.
 *
 * <p>A method's annotations are read once, and what is understood is kept as long as the
 * interpreter is. They count where they stand: on the method of the class, of a superclass that it
 * overrides, or of an interface, in this order; with them, {@code @CacheDefaults} of the class or
 * of one it inherits from, and {@code @CacheKey} and {@code @CacheValue} of the parameters. A cache
 * that is missing is created when the first call needs it.
 *
 * <p>Any number of threads may use it.
 */
public final class Interpreter {
  private final MethodPlanner planner;
  private final ConcurrentMap<Class<?>, ConcurrentMap<Method, Optional<CachedMethod>>> methods =
      new ConcurrentHashMap<>();

  Interpreter(MethodPlanner.Parts parts) {
    this.planner = new MethodPlanner(parts);
  }

  /**
   * Returns an object with an interface, whose annotated methods are cached and whose others are
   * passed on.
   *
   * <p>Annotations may stand in the interface or in the target's class. What the target calls on
   * itself is not cached. The object equals itself alone.
   *
   * @param type the interface
   * @param target does the work
   * @throws CacheException if annotations contradict JSR-107 or each other
   * @throws IllegalArgumentException if the type is no interface, or the target's methods can't be
   *     called from here
   */
  public <T> T proxy(Class<T> type, T target) {
    requireNonNull(target, "target");
    return CachingProxy.of(this, type, target);
  }

  /**
   * Returns an object with an interface that the target need not implement, for classes without
   * one: each method of the interface stands for the target's method of the same name and
   * parameters, which may have the annotations.
   *
   * <pre>{@code
   * interface Prices {
   *   BigDecimal price(String article);
   * }
   *
   * Prices prices = Annotations.with(manager).facade(Prices.class, new PriceList());
   * }</pre>
   *
   * <p>A default method that the target does not have runs as it is written in the interface.
   *
   * @param type the interface
   * @param target does the work
   * @throws CacheException if annotations contradict JSR-107 or each other
   * @throws IllegalArgumentException if the type is no interface, or the target lacks one of its
   *     methods, or has one that can't be called from here
   */
  public <T> T facade(Class<T> type, Object target) {
    requireNonNull(target, "target");
    return CachingProxy.of(this, type, target);
  }

  /**
   * Returns what a method's annotation says, for those who intercept calls themselves; empty if it
   * has none.
   *
   * <p>Cost: two look-ups in hash tables, after the first call.
   *
   * @param type the class of the object that the method is called on, or one that it extends
   * @param method a method of this class, or of one it inherits from
   * @throws CacheException if annotations contradict JSR-107 or each other
   */
  public Optional<CachedMethod> method(Class<?> type, Method method) {
    ConcurrentMap<Method, Optional<CachedMethod>> known = methods.get(type);
    Optional<CachedMethod> found = known == null ? null : known.get(method);
    return found == null ? read(type, method) : found;
  }

  private Optional<CachedMethod> read(Class<?> type, Method method) {
    MethodReader reader = new MethodReader(type);
    Optional<CachedMethod> read =
        reader
            .annotated(method)
            .map(annotated -> planner.plan(annotated, reader.defaults(annotated)));
    Optional<CachedMethod> earlier =
        methods.computeIfAbsent(type, key -> new ConcurrentHashMap<>()).putIfAbsent(method, read);
    return earlier == null ? read : earlier;
  }
}
