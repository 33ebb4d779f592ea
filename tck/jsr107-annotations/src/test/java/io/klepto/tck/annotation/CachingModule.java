package io.klepto.tck.annotation;

import com.google.inject.AbstractModule;
import com.google.inject.matcher.Matcher;
import com.google.inject.matcher.Matchers;
import io.klepto.annotation.CachedMethod;
import io.klepto.annotation.Interpreter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import org.aopalliance.intercept.MethodInvocation;

/**
 * The JCache annotations under Guice: to be copied by who uses it, since none of our jars brings
 * Guice along. Objects that Guice makes are cached where their methods have annotations.
 */
final class CachingModule extends AbstractModule {
  private static final List<Class<? extends Annotation>> ANNOTATIONS =
      List.of(CacheResult.class, CachePut.class, CacheRemove.class, CacheRemoveAll.class);

  private final Interpreter interpreter;

  CachingModule(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  @Override
  protected void configure() {
    for (Class<? extends Annotation> annotation : ANNOTATIONS) {
      Matcher<Method> annotated =
          Matchers.<Method>not(Method::isSynthetic)
              .and(method -> method.isAnnotationPresent(annotation));
      bindInterceptor(Matchers.any(), annotated, this::call);
    }
  }

  private Object call(MethodInvocation call) throws Throwable {
    Object target = call.getThis();
    Optional<CachedMethod> cached = interpreter.method(target.getClass(), call.getMethod());
    return cached.isEmpty()
        ? call.proceed()
        : cached.get().call(target, call.getArguments(), (same, arguments) -> call.proceed());
  }
}
