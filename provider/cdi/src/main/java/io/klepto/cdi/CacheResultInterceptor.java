package io.klepto.cdi;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CacheResult;

/** Calls of methods with {@code @CacheResult}. */
@CacheResult
@Interceptor
@Priority(CacheExtension.PRIORITY)
final class CacheResultInterceptor extends CacheInterceptor {
  private static final long serialVersionUID = 1;

  @Inject
  CacheResultInterceptor(BeanManager manager) {
    super(manager);
  }
}
