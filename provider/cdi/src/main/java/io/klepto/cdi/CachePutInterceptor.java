package io.klepto.cdi;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CachePut;

/** Calls of methods with {@code @CachePut}. */
@CachePut
@Interceptor
@Priority(CacheExtension.PRIORITY)
final class CachePutInterceptor extends CacheInterceptor {
  private static final long serialVersionUID = 1;

  @Inject
  CachePutInterceptor(BeanManager manager) {
    super(manager);
  }
}
