package io.klepto.tck.annotation;

import io.klepto.annotation.Annotations;
import io.klepto.annotation.Interpreter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.cache.CacheManager;
import manager.BlogManager;

/** Beans without a container: our own proxies. */
final class ProxyBeans implements Way.Beans {
  private final Interpreter interpreter;
  private final ConcurrentMap<Class<?>, BlogManager> beans = new ConcurrentHashMap<>();

  ProxyBeans(CacheManager manager) {
    this.interpreter = Annotations.with(manager);
  }

  @Override
  @SuppressWarnings("unchecked") // the TCK asks by class and takes what has its interface
  public <T> T getBeanByType(Class<T> type) {
    return (T) beans.computeIfAbsent(type, this::proxied);
  }

  private BlogManager proxied(Class<?> type) {
    try {
      Object target = type.getDeclaredConstructor().newInstance();
      return interpreter.proxy(BlogManager.class, (BlogManager) target);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + ": expected a bean of the TCK", e);
    }
  }

  @Override
  public void close() {}
}
