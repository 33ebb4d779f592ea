package io.klepto.annotation;

import javax.cache.Cache;
import javax.cache.annotation.CacheResolver;

/**
 * {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll}: a change of the cache before
 * or after the method runs.
 *
 * <p>Before, it happens whatever the method does. Afterwards, it happens if the method returns, or
 * throws what the annotation lists; the key is made then, of the arguments as the method left them.
 * If the change fails after the method failed, the method's exception is thrown, and the other is
 * suppressed by it.
 *
 * @param caches where the change is made
 * @param change what is changed
 * @param after whether it happens after the method
 * @param despite the exceptions of the method in spite of which it happens
 */
record UpdateOperation(CacheResolver caches, Change change, boolean after, ExceptionFilter despite)
    implements MethodOperation {

  /** A change of a cache. */
  @FunctionalInterface
  interface Change {
    void make(Cache<Object, Object> cache, MethodCall<?> callOrNull, Object[] arguments);

    /** Puts an argument; null removes what is there, as a cache can't hold it. */
    static Change put(MethodKeys keys, int value) {
      return (cache, call, arguments) -> {
        if (arguments[value] == null) {
          cache.remove(keys.key(call, arguments));
        } else {
          cache.put(keys.key(call, arguments), arguments[value]);
        }
      };
    }

    static Change remove(MethodKeys keys) {
      return (cache, call, arguments) -> cache.remove(keys.key(call, arguments));
    }

    static Change removeAll() {
      return (cache, call, arguments) -> cache.removeAll();
    }
  }

  @Override
  public <X extends Throwable> Object run(
      MethodCall<?> callOrNull, Object target, Object[] arguments, MethodBody<X> body) throws X {
    if (!after) {
      make(callOrNull, arguments);
      return body.run(target, arguments);
    }
    Object result;
    try {
      result = body.run(target, arguments);
    } catch (Throwable failure) {
      if (despite.counts(failure)) {
        MethodOperations.after(failure, () -> make(callOrNull, arguments));
      }
      throw failure;
    }
    make(callOrNull, arguments);
    return result;
  }

  private void make(MethodCall<?> callOrNull, Object[] arguments) {
    change.make(caches.resolveCache(callOrNull), callOrNull, arguments);
  }
}
