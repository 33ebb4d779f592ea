package io.klepto.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyInvocationContext;

/**
 * One call of an annotated method, as key generators and resolvers of users see it. Made for them
 * alone: a call with the standard ones does without.
 *
 * @param <A> the type of the method's cache annotation
 */
final class MethodCall<A extends Annotation> implements CacheKeyInvocationContext<A> {
  private final MethodDetails<A> details;
  private final MethodParameters parameters;
  private final Object target;
  private final Object[] arguments;

  MethodCall(
      MethodDetails<A> details, MethodParameters parameters, Object target, Object[] arguments) {
    this.details = details;
    this.parameters = parameters;
    this.target = target;
    this.arguments = arguments;
  }

  @Override
  public Object getTarget() {
    return target;
  }

  @Override
  public CacheInvocationParameter[] getAllParameters() {
    return parameters.allWith(arguments);
  }

  @Override
  public CacheInvocationParameter[] getKeyParameters() {
    return parameters.keysWith(arguments);
  }

  @Override
  public CacheInvocationParameter getValueParameter() {
    return parameters.valueWithOrNull(arguments);
  }

  @Override
  public Method getMethod() {
    return details.getMethod();
  }

  @Override
  public Set<Annotation> getAnnotations() {
    return details.getAnnotations();
  }

  @Override
  public A getCacheAnnotation() {
    return details.getCacheAnnotation();
  }

  @Override
  public String getCacheName() {
    return details.getCacheName();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (!type.isInstance(this)) {
      throw new IllegalArgumentException(
          "call of %s: expected a class to unwrap that it is an instance of, found %s"
              .formatted(details.getMethod(), type.getName()));
    }
    return type.cast(this);
  }

  @Override
  public String toString() {
    return "call of " + details.getMethod();
  }
}
