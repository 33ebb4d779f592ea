package io.klepto.annotation;

import java.lang.annotation.Annotation;
import java.util.Set;
import javax.cache.annotation.CacheInvocationParameter;

/**
 * A parameter of an annotated method, with its value in one call, for key generators and resolvers.
 *
 * @param rawType its declared type
 * @param annotations all on it
 * @param position from 0
 * @param value its value in the call
 */
record MethodParameter(Class<?> rawType, Set<Annotation> annotations, int position, Object value)
    implements CacheInvocationParameter {

  @Override
  public Class<?> getRawType() {
    return rawType;
  }

  @Override
  public Object getValue() {
    return value;
  }

  @Override
  public Set<Annotation> getAnnotations() {
    return annotations;
  }

  @Override
  public int getParameterPosition() {
    return position;
  }

  MethodParameter with(Object newValue) {
    return new MethodParameter(rawType, annotations, position, newValue);
  }
}
