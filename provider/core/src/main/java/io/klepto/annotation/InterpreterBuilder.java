package io.klepto.annotation;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheResolverFactory;

/**
 * Builds an {@link Interpreter}. Each method returns the builder; {@link #build} copies, so the
 * builder may go on. Not thread-safe.
 */
public final class InterpreterBuilder {
  private Supplier<? extends CacheManager> managers =
      () -> Caching.getCachingProvider().getCacheManager();
  private CacheResolverFactory resolverFactoryOrNull;
  private CacheKeyGenerator keyGenerator = new StandardKeyGenerator();
  private Function<? super Class<?>, ?> instances = type -> null;

  InterpreterBuilder() {}

  /** Sets the manager of the caches; the default one of the default provider unless set. */
  public InterpreterBuilder manager(CacheManager manager) {
    requireNonNull(manager, "manager");
    return manager(() -> manager);
  }

  /**
   * Sets what gives the manager of the caches, asked when a cache is first needed, and again once
   * that cache is closed.
   */
  public InterpreterBuilder manager(Supplier<? extends CacheManager> managerSupplier) {
    this.managers = requireNonNull(managerSupplier, "managerSupplier");
    return this;
  }

  /**
   * Sets the resolvers for methods whose annotations and {@code @CacheDefaults} name none; unless
   * set, the manager's cache of the method's cache name, created if it is missing.
   */
  public InterpreterBuilder resolverFactory(CacheResolverFactory factory) {
    this.resolverFactoryOrNull = requireNonNull(factory, "factory");
    return this;
  }

  /**
   * Sets the key generator for methods whose annotations and {@code @CacheDefaults} name none;
   * {@link StandardKeyGenerator} unless set.
   */
  public InterpreterBuilder keyGenerator(CacheKeyGenerator generator) {
    this.keyGenerator = requireNonNull(generator, "generator");
    return this;
  }

  /**
   * Sets where the objects of key generators and resolver factories come from whose classes the
   * annotations name: a container, for instance. Where it returns null, and unless set, they are
   * made by their public constructor without parameters, one for each class.
   */
  public InterpreterBuilder instances(Function<? super Class<?>, ?> container) {
    this.instances = requireNonNull(container, "container");
    return this;
  }

  /** Returns the interpreter. */
  public Interpreter build() {
    return new Interpreter(
        new MethodPlanner.Parts(
            resolverFactoryOrNull == null ? new NamedCaches(managers) : resolverFactoryOrNull,
            keyGenerator,
            new Instances(instances)));
  }
}
