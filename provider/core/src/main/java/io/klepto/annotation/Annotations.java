package io.klepto.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Optional;
import javax.cache.CacheException;
import javax.cache.CacheManager;

/**
 * The way in to the JCache annotations without a container.
 *
 * <pre>{@code
 * interface Prices {
 *   @CacheResult(cacheName = "prices")
 *   BigDecimal price(String article);
 *
 *   @CachePut(cacheName = "prices")
 *   void change(String article, @CacheValue BigDecimal price);
 * }
 *
 * Prices prices = Annotations.with(manager).proxy(Prices.class, new PriceList());
 * }</pre>
 *
 * <p>What JSR-107 leaves open: a result of null is not kept, and the method runs again at the next
 * call; null to be put removes what was there. An annotation of an interface or of an overridden
 * method counts for the methods that implement or override it. A kept exception is looked for after
 * a kept result, and thrown as it was. Threads that miss one key at the same time each run the
 * method. Futures are kept as they are, and so need a cache that holds references.
 *
 * <p>Works over the caches of any JCache provider. Classes without an interface have {@link
 * Interpreter#facade}, those who intercept calls themselves {@link Interpreter#method}. Any number
 * of threads may call.
 */
public final class Annotations {
  private Annotations() {}

  /**
   * Returns an object with an interface, whose annotated methods are cached in the default manager
   * of the default provider, and whose others are passed on; see {@link Interpreter#proxy}.
   *
   * @param type the interface
   * @param target does the work
   */
  public static <T> T proxy(Class<T> type, T target) {
    return builder().build().proxy(type, target);
  }

  /** Returns an interpreter whose caches are those of a manager, which stays the caller's. */
  public static Interpreter with(CacheManager manager) {
    return builder().manager(manager).build();
  }

  /**
   * Returns the cache annotation that counts for a method, as {@link Interpreter} finds it; empty
   * if it has none. For those who prepare interceptions before there are key generators and
   * resolvers to run them.
   *
   * @param type the class of the objects that the method is called on
   * @param method a method of this class, or of one it inherits from
   * @throws CacheException if it has several, or its class has one
   */
  public static Optional<Annotation> on(Class<?> type, Method method) {
    return new MethodReader(type).annotated(method).map(MethodReader::annotationOf);
  }

  /** Starts an interpreter with more to say about it. */
  public static InterpreterBuilder builder() {
    return new InterpreterBuilder();
  }
}
