package io.klepto.annotation;

import javax.cache.Cache;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.GeneratedCacheKey;

/**
 * {@code @CacheResult}: the result that the cache has, or the exception that the exception cache
 * has, or else the method's, which is kept.
 *
 * <p>Null is not kept, and the method runs again at the next call; with {@code skipGet} a result of
 * null removes what was kept before. Of exceptions, those count that the annotation lets count; a
 * {@link VirtualMachineError}, which tells of the machine and not of the call, does only if it is
 * named. A kept exception is thrown as it was: its stack trace is of the call that ran.
 *
 * <p>If an exception can't be kept it is thrown all the same, and the failure is suppressed by it.
 *
 * @param results where results are
 * @param exceptionsOrNull where exceptions are; null if they are not kept
 * @param keys makes the keys of both
 * @param kept which exceptions are kept
 * @param skipGet whether the method runs whatever the caches have
 */
record ResultOperation(
    CacheResolver results,
    CacheResolver exceptionsOrNull,
    MethodKeys keys,
    ExceptionFilter kept,
    boolean skipGet)
    implements MethodOperation {

  @Override
  public <X extends Throwable> Object run(
      MethodCall<?> callOrNull, Object target, Object[] arguments, MethodBody<X> body) throws X {
    Cache<Object, Object> cache = results.resolveCache(callOrNull);
    GeneratedCacheKey key = keys.key(callOrNull, arguments);
    if (!skipGet) {
      Object found = cache.get(key);
      if (found != null) {
        return found;
      }
    }
    return exceptionsOrNull == null
        ? compute(cache, key, target, arguments, body)
        : computeOrThrow(
            cache, exceptionsOrNull.resolveCache(callOrNull), key, target, arguments, body);
  }

  private <X extends Throwable> Object computeOrThrow(
      Cache<Object, Object> cache,
      Cache<Object, Object> exceptions,
      GeneratedCacheKey key,
      Object target,
      Object[] arguments,
      MethodBody<X> body)
      throws X {
    if (!skipGet && exceptions.get(key) instanceof Throwable found) {
      throw MethodOperations.<RuntimeException>rethrow(found);
    }
    Object result;
    try {
      result = body.run(target, arguments);
    } catch (Throwable failure) {
      if (counts(failure)) {
        MethodOperations.after(failure, () -> exceptions.put(key, failure));
      }
      throw failure;
    }
    return keep(cache, key, result);
  }

  private boolean counts(Throwable failure) {
    return failure instanceof VirtualMachineError ? kept.names(failure) : kept.counts(failure);
  }

  private <X extends Throwable> Object compute(
      Cache<Object, Object> cache,
      GeneratedCacheKey key,
      Object target,
      Object[] arguments,
      MethodBody<X> body)
      throws X {
    return keep(cache, key, body.run(target, arguments));
  }

  private Object keep(Cache<Object, Object> cache, GeneratedCacheKey key, Object result) {
    if (result != null) {
      cache.put(key, result);
    } else if (skipGet) {
      cache.remove(key);
    }
    return result;
  }
}
