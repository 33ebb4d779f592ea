package io.klepto.cdi;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.CacheManager;

/**
 * References to beans that live as long as the container: the cache manager, key generators and
 * resolver factories. Any number of threads may ask.
 */
final class BeanReferences {
  private final BeanManager beans;
  private final CreationalContext<?> kept;

  /** Guarded by this. */
  private CacheManager managerOrNull;

  BeanReferences(BeanManager beans) {
    this.beans = beans;
    this.kept = beans.createCreationalContext(null);
  }

  /** Returns the bean {@link CacheManager}, the same each time. */
  synchronized CacheManager manager() {
    if (managerOrNull == null) {
      Bean<?> bean = beans.resolve(beans.getBeans(CacheManager.class));
      managerOrNull = (CacheManager) beans.getReference(bean, CacheManager.class, kept);
    }
    return managerOrNull;
  }

  /**
   * Returns the bean of a class, or null if there is none. A bean whose class extends it stands for
   * itself alone, unless it is an alternative.
   */
  synchronized Object referenceOrNull(Class<?> type) {
    Set<Bean<?>> candidates =
        beans.getBeans((Type) type).stream()
            .filter(bean -> bean.isAlternative() || !extendsStrictly(bean.getBeanClass(), type))
            .collect(Collectors.toSet());
    Bean<?> bean = beans.resolve(candidates);
    return bean == null ? null : beans.getReference(bean, type, kept);
  }

  private static boolean extendsStrictly(Class<?> beanClass, Class<?> type) {
    return beanClass != type && type.isAssignableFrom(beanClass);
  }

  /** Destroys the dependent ones. */
  void release() {
    kept.release();
  }
}
