package io.klepto.annotation;

import io.klepto.archive.CallKey;
import java.lang.annotation.Annotation;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.GeneratedCacheKey;

/**
 * The key generator that JSR-107 has as its default: the key is the values of the key parameters,
 * compared in depth. Method and cache are no part of it, so that methods which share a cache share
 * its entries.
 *
 * <p>Its keys can be archived by our caches as they are. Named in an annotation, it works under any
 * implementation of the annotations, Spring's too. Any number of threads may use it.
 */
public final class StandardKeyGenerator implements CacheKeyGenerator {
  /** Creates the generator, for those who name it in an annotation. */
  public StandardKeyGenerator() {}

  @Override
  public GeneratedCacheKey generateCacheKey(
      CacheKeyInvocationContext<? extends Annotation> context) {
    CacheInvocationParameter[] parameters = context.getKeyParameters();
    Object[] values = new Object[parameters.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters[i].getValue();
    }
    return CallKey.owning(values);
  }
}
