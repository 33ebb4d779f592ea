package io.klepto.annotation;

import io.klepto.archive.CallKey;
import java.lang.annotation.Annotation;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;

/** What makes the keys of one method's calls. Any number of threads may ask. */
@FunctionalInterface
interface MethodKeys {
  /**
   * Returns the key of a call.
   *
   * @param callOrNull null if the keys do not {@linkplain #needCall need} it
   * @param arguments of the call
   */
  GeneratedCacheKey key(
      CacheKeyInvocationContext<? extends Annotation> callOrNull, Object[] arguments);

  /** Returns the keys that a generator makes, in a short way if it is one of ours. */
  static MethodKeys of(
      CacheKeyGenerator generator, MethodDetails<?> details, MethodParameters parameters) {
    if (generator instanceof StandardKeyGenerator) {
      return (call, arguments) -> CallKey.owning(parameters.keysOf(arguments));
    }
    if (generator instanceof KeymapKeyGenerator keymaps) {
      keymaps.check(details.getMethod(), details.getCacheAnnotation() instanceof CacheResult);
    }
    return (call, arguments) -> {
      GeneratedCacheKey key = generator.generateCacheKey(call);
      if (key == null) {
        throw new CacheException(
            "%s: expected a key from the generator %s, found null"
                .formatted(details, generator.getClass().getName()));
      }
      return key;
    };
  }

  /** Returns whether a generator has to see the whole call. */
  static boolean needCall(CacheKeyGenerator generator) {
    return !(generator instanceof StandardKeyGenerator);
  }
}
