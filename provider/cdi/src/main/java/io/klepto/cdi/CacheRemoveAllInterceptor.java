package io.klepto.cdi;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CacheRemoveAll;

/** Calls of methods with {@code @CacheRemoveAll}. */
@CacheRemoveAll
@Interceptor
@Priority(CacheExtension.PRIORITY)
final class CacheRemoveAllInterceptor extends CacheInterceptor {
  private static final long serialVersionUID = 1;

  @Inject
  CacheRemoveAllInterceptor(BeanManager manager) {
    super(manager);
  }
}
