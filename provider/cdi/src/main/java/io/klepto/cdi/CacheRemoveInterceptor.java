package io.klepto.cdi;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CacheRemove;

/** Calls of methods with {@code @CacheRemove}. */
@CacheRemove
@Interceptor
@Priority(CacheExtension.PRIORITY)
final class CacheRemoveInterceptor extends CacheInterceptor {
  private static final long serialVersionUID = 1;

  @Inject
  CacheRemoveInterceptor(BeanManager manager) {
    super(manager);
  }
}
