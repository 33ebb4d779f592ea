package io.klepto.cdi;

import io.klepto.annotation.CachedMethod;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.util.Optional;

/**
 * Runs the calls of a bean's method as its cache annotation says. Each annotation has a class of
 * its own, as CDI takes the binding from there. Serializable, as beans that the container may put
 * aside need it; what it knows it finds again.
 */
abstract class CacheInterceptor implements Serializable {
  private static final long serialVersionUID = 1;

  private transient CacheExtension extensionOrNull;

  CacheInterceptor(BeanManager manager) {
    this.extensionOrNull = manager.getExtension(CacheExtension.class);
  }

  /** Runs a call. */
  @AroundInvoke
  Object run(InvocationContext call) throws Exception {
    Optional<CachedMethod> method =
        extension().method(call.getTarget().getClass(), call.getMethod());
    return method.isEmpty()
        ? call.proceed()
        : method
            .get()
            .call(call.getTarget(), call.getParameters(), (target, arguments) -> call.proceed());
  }

  private CacheExtension extension() {
    if (extensionOrNull == null) {
      extensionOrNull = CDI.current().getBeanManager().getExtension(CacheExtension.class);
    }
    return extensionOrNull;
  }
}
