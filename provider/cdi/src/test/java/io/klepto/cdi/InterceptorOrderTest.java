package io.klepto.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;

/** A hit passes the application's interceptors, and spares what is behind the caches. */
final class InterceptorOrderTest {
  private static final List<String> LOG = new CopyOnWriteArrayList<>();

  @InterceptorBinding
  @Retention(RetentionPolicy.RUNTIME)
  @interface Checked {}

  @InterceptorBinding
  @Retention(RetentionPolicy.RUNTIME)
  @interface Retried {}

  @Checked
  @Interceptor
  @Priority(Interceptor.Priority.APPLICATION + 999)
  static class Check {
    @AroundInvoke
    Object check(InvocationContext call) throws Exception {
      LOG.add("check");
      return call.proceed();
    }
  }

  @Retried
  @Interceptor
  @Priority(Interceptor.Priority.PLATFORM_AFTER)
  static class Retry {
    @AroundInvoke
    Object retry(InvocationContext call) throws Exception {
      LOG.add("retry");
      return call.proceed();
    }
  }

  @ApplicationScoped
  static class Work {
    @Checked
    @Retried
    @CacheResult(cacheName = "results")
    int work(int number) {
      LOG.add("work");
      return number;
    }
  }

  @Test
  void hit_isCheckedAndNotRetried() {
    try (Container container = Container.of(Check.class, Retry.class, Work.class)) {
      Work work = container.get(Work.class);
      work.work(1);
      work.work(1);
    }
    assertEquals(List.of("check", "retry", "work", "check"), LOG);
  }
}
