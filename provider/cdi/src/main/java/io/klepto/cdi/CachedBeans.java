package io.klepto.cdi;

import io.klepto.annotation.CachedMethod;
import io.klepto.annotation.Interpreter;
import jakarta.enterprise.inject.ResolutionException;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.interceptor.Interceptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.cache.CacheException;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;

/**
 * The beans that have cached methods, and what these say. Filled while the container starts, then
 * used by any number of threads.
 */
final class CachedBeans {
  /** The annotations of methods. */
  static final List<Class<? extends Annotation>> ANNOTATIONS =
      List.of(CacheResult.class, CachePut.class, CacheRemove.class, CacheRemoveAll.class);

  private final ConcurrentMap<Class<?>, List<Method>> methods = new ConcurrentHashMap<>();

  /** The class that the container extended, for each class that it made. */
  private final ClassValue<Class<?>> beanClasses =
      new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> made) {
          for (Class<?> type = made; type != null; type = type.getSuperclass()) {
            if (methods.containsKey(type)) {
              return type;
            }
          }
          return made;
        }
      };

  private volatile Interpreter interpreter;
  private volatile BeanReferences references;

  void add(ProcessManagedBean<?> event) {
    AnnotatedType<?> type = event.getAnnotatedBeanClass();
    if (type.isAnnotationPresent(Interceptor.class)) {
      return; // there a binding is on the class
    }
    if (InheritedAnnotations.isAnnotated(type)) {
      event.addDefinitionError(
          new CacheException(
              ("%s: expected cache annotations on methods, found one on the class; put it on each "
                      + "method that it is for, and what they have in common into @CacheDefaults")
                  .formatted(type.getJavaClass())));
      return;
    }
    List<Method> annotated =
        type.getMethods().stream()
            .filter(InheritedAnnotations::isAnnotated)
            .<Method>map(AnnotatedMethod::getJavaMember)
            .toList();
    annotated.stream()
        .filter(method -> (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) != 0)
        .forEach(
            method ->
                event.addDefinitionError(
                    new CacheException(
                        ("method %s: expected one that CDI can intercept, since it has a cache "
                                + "annotation, found it private or static; make it neither, and "
                                + "call it through an injected bean")
                            .formatted(method))));
    if (!annotated.isEmpty()) {
      methods.put(type.getJavaClass(), annotated);
    }
  }

  /** Begins to answer. */
  void start(Interpreter newInterpreter, BeanReferences newReferences) {
    this.references = newReferences;
    this.interpreter = newInterpreter;
  }

  /** Asks for the manager, reads all methods, and reports those whose annotations can't work. */
  void check(AfterDeploymentValidation event) {
    if (methods.isEmpty()) {
      return;
    }
    try {
      references.manager();
    } catch (ResolutionException e) {
      event.addDeploymentProblem(e);
    }
    methods.forEach(
        (type, annotated) ->
            annotated.forEach(
                method -> {
                  try {
                    interpreter.method(type, method);
                  } catch (CacheException e) {
                    event.addDeploymentProblem(e);
                  }
                }));
  }

  Optional<CachedMethod> method(Class<?> target, Method method) {
    return interpreter.method(beanClasses.get(target), method);
  }

  /** Releases the key generators and resolver factories. */
  void close() {
    if (references != null) {
      references.release();
    }
  }
}
