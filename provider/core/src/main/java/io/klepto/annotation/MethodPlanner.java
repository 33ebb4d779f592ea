package io.klepto.annotation;

import io.klepto.annotation.CachedMethod.Plan;
import io.klepto.annotation.UpdateOperation.Change;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;

/**
 * Makes plans of annotated methods: cache name, resolver and key generator, each from the
 * annotation, or {@code @CacheDefaults}, or else the interpreter's own; and what to do with them.
 * What JSR-107 does not allow is refused here, before the first call. Immutable.
 */
final class MethodPlanner {
  private final Parts parts;

  MethodPlanner(Parts parts) {
    this.parts = parts;
  }

  /**
   * Returns the plan of a method.
   *
   * @throws CacheException if its annotations contradict JSR-107 or each other, or if a generator
   *     or resolver can't be had
   */
  CachedMethod plan(Method method, Optional<CacheDefaults> defaults) {
    Annotation annotation = MethodReader.annotationOf(method);
    MethodParameters parameters = MethodParameters.of(method);
    if (annotation instanceof CachePut put) {
      requireValue(method, parameters);
      return new CachedMethod(put(method, put, defaults, parameters));
    }
    if (parameters.value() != MethodParameters.NONE) {
      throw new CacheException(
          ("method %s: expected @CacheValue on a parameter of a method with @CachePut, "
                  + "found it with @%s; take it away, or use @CachePut")
              .formatted(method, annotation.annotationType().getSimpleName()));
    }
    if (annotation instanceof CacheResult result) {
      return new CachedMethod(result(method, result, defaults, parameters));
    }
    return new CachedMethod(
        annotation instanceof CacheRemove remove
            ? remove(method, remove, defaults, parameters)
            : removeAll(method, (CacheRemoveAll) annotation, defaults, parameters));
  }

  private static void requireValue(Method method, MethodParameters parameters) {
    if (parameters.value() == MethodParameters.NONE) {
      throw new CacheException(
          ("method %s: expected a parameter with @CacheValue, since it has @CachePut, found "
                  + "none; mark the one to be put")
              .formatted(method));
    }
  }

  private Plan<CacheResult> result(
      Method method,
      CacheResult result,
      Optional<CacheDefaults> defaults,
      MethodParameters parameters) {
    if (method.getReturnType() == void.class) {
      throw new CacheException(
          ("method %s: expected a result, since it has @CacheResult, found void; return "
                  + "what is to be kept, or use @CachePut")
              .formatted(method));
    }
    MethodDetails<CacheResult> details = details(method, result, result.cacheName(), defaults);
    if (details.getCacheName().equals(result.exceptionCacheName())) {
      throw new CacheException(
          ("method %s: expected an exceptionCacheName other than the cache of its results, "
                  + "found %s for both; name another")
              .formatted(method, details.getCacheName()));
    }
    CacheResolverFactory factory = factory(result.cacheResolverFactory(), defaults);
    CacheResolver results = checked(details, factory, factory.getCacheResolver(details));
    CacheResolver exceptions =
        result.exceptionCacheName().isBlank()
            ? null
            : checked(details, factory, factory.getExceptionCacheResolver(details));
    CacheKeyGenerator generator = generator(result.cacheKeyGenerator(), defaults);
    ResultOperation operation =
        new ResultOperation(
            results,
            exceptions,
            MethodKeys.of(generator, details, parameters),
            ExceptionFilter.of(result.cachedExceptions(), result.nonCachedExceptions(), true),
            result.skipGet());
    boolean needsCall =
        MethodKeys.needCall(generator)
            || needsCall(results)
            || (exceptions != null && needsCall(exceptions));
    return new Plan<>(details, parameters, operation, needsCall);
  }

  private Plan<CachePut> put(
      Method method, CachePut put, Optional<CacheDefaults> defaults, MethodParameters parameters) {
    MethodDetails<CachePut> details = details(method, put, put.cacheName(), defaults);
    CacheKeyGenerator generator = generator(put.cacheKeyGenerator(), defaults);
    return update(
        details,
        parameters,
        factory(put.cacheResolverFactory(), defaults),
        Change.put(MethodKeys.of(generator, details, parameters), parameters.value()),
        put.afterInvocation(),
        ExceptionFilter.of(put.cacheFor(), put.noCacheFor(), false),
        MethodKeys.needCall(generator));
  }

  private Plan<CacheRemove> remove(
      Method method,
      CacheRemove remove,
      Optional<CacheDefaults> defaults,
      MethodParameters parameters) {
    MethodDetails<CacheRemove> details = details(method, remove, remove.cacheName(), defaults);
    CacheKeyGenerator generator = generator(remove.cacheKeyGenerator(), defaults);
    return update(
        details,
        parameters,
        factory(remove.cacheResolverFactory(), defaults),
        Change.remove(MethodKeys.of(generator, details, parameters)),
        remove.afterInvocation(),
        ExceptionFilter.of(remove.evictFor(), remove.noEvictFor(), false),
        MethodKeys.needCall(generator));
  }

  private Plan<CacheRemoveAll> removeAll(
      Method method,
      CacheRemoveAll removeAll,
      Optional<CacheDefaults> defaults,
      MethodParameters parameters) {
    return update(
        details(method, removeAll, removeAll.cacheName(), defaults),
        parameters,
        factory(removeAll.cacheResolverFactory(), defaults),
        Change.removeAll(),
        removeAll.afterInvocation(),
        ExceptionFilter.of(removeAll.evictFor(), removeAll.noEvictFor(), false),
        false);
  }

  private static <A extends Annotation> Plan<A> update(
      MethodDetails<A> details,
      MethodParameters parameters,
      CacheResolverFactory factory,
      Change change,
      boolean after,
      ExceptionFilter despite,
      boolean keysNeedCall) {
    CacheResolver caches = checked(details, factory, factory.getCacheResolver(details));
    return new Plan<>(
        details,
        parameters,
        new UpdateOperation(caches, change, after, despite),
        keysNeedCall || needsCall(caches));
  }

  private static boolean needsCall(CacheResolver resolver) {
    return !(resolver instanceof NamedCache);
  }

  private static CacheResolver checked(
      MethodDetails<?> details, CacheResolverFactory factory, CacheResolver resolver) {
    if (resolver == null) {
      throw new CacheException(
          "%s: expected a resolver from the factory %s, found null"
              .formatted(details, factory.getClass().getName()));
    }
    return resolver;
  }

  private static <A extends Annotation> MethodDetails<A> details(
      Method method, A annotation, String cacheName, Optional<CacheDefaults> defaults) {
    String name = cacheName;
    if (name.isEmpty()) {
      name = defaults.map(CacheDefaults::cacheName).orElse("");
    }
    return new MethodDetails<>(method, annotation, name.isEmpty() ? defaultName(method) : name);
  }

  /** Returns the cache name of a method that has no other, as {@code a.b.Dao.get(int,[I)}. */
  private static String defaultName(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getName)
        .collect(
            Collectors.joining(
                ",", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
  }

  private CacheKeyGenerator generator(
      Class<? extends CacheKeyGenerator> own, Optional<CacheDefaults> defaults) {
    return chosen(
        CacheKeyGenerator.class,
        own,
        defaults.map(CacheDefaults::cacheKeyGenerator),
        parts.keyGenerator());
  }

  private CacheResolverFactory factory(
      Class<? extends CacheResolverFactory> own, Optional<CacheDefaults> defaults) {
    return chosen(
        CacheResolverFactory.class,
        own,
        defaults.map(CacheDefaults::cacheResolverFactory),
        parts.resolverFactory());
  }

  /** Returns what a method says, or its class; the interface itself stands for nothing said. */
  private <T> T chosen(
      Class<T> unsaid, Class<? extends T> own, Optional<Class<? extends T>> shared, T standard) {
    if (own != unsaid) {
      return parts.instances().of(own);
    }
    return shared.filter(type -> type != unsaid).<T>map(parts.instances()::of).orElse(standard);
  }

  /**
   * What plans are made with.
   *
   * @param resolverFactory for methods that name none
   * @param keyGenerator for methods that name none
   * @param instances gives those that are named
   */
  record Parts(
      CacheResolverFactory resolverFactory, CacheKeyGenerator keyGenerator, Instances instances) {}
}
