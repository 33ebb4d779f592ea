package io.klepto.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import javax.cache.annotation.CacheMethodDetails;

/**
 * What is known of an annotated method before it is called, for resolver factories. Immutable.
 *
 * @param <A> the type of its cache annotation
 */
final class MethodDetails<A extends Annotation> implements CacheMethodDetails<A> {
  private final Method method;
  private final Set<Annotation> annotations;
  private final A cacheAnnotation;
  private final String cacheName;

  MethodDetails(Method method, A cacheAnnotation, String cacheName) {
    this.method = method;
    this.annotations = Set.of(method.getAnnotations());
    this.cacheAnnotation = cacheAnnotation;
    this.cacheName = cacheName;
  }

  @Override
  public Method getMethod() {
    return method;
  }

  @Override
  public Set<Annotation> getAnnotations() {
    return annotations;
  }

  @Override
  public A getCacheAnnotation() {
    return cacheAnnotation;
  }

  @Override
  public String getCacheName() {
    return cacheName;
  }

  /** Returns the annotation and the method, for messages. */
  @Override
  public String toString() {
    return "@" + cacheAnnotation.annotationType().getSimpleName() + " on " + method;
  }
}
