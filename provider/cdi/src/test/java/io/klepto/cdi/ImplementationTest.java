package io.klepto.cdi;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InterceptionType;
import jakarta.enterprise.inject.spi.Interceptor;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests run on the implementation that the build says, and the extension is found there. */
final class ImplementationTest {
  @Test
  void container_isTheOneThatTheBuildSays() {
    String jar = System.getProperty("klepto.cdi.container.jar");
    assumeTrue(jar != null, "only the build says which container it is to be");
    try (Container container = Container.of()) {
      BeanManager manager = container.container().getBeanManager();
      Bean<?> bean = manager.resolve(manager.getBeans(BeanManager.class));
      String place = bean.getClass().getProtectionDomain().getCodeSource().getLocation().toString();

      assertTrue(place.endsWith("/" + jar), () -> "expected " + jar + ", found " + place);
    }
  }

  @Test
  void eachAnnotation_isABindingWithOneInterceptor() {
    try (Container container = Container.of()) {
      BeanManager manager = container.container().getBeanManager();
      CachedBeans.ANNOTATIONS.forEach(
          type -> {
            assertTrue(manager.isInterceptorBinding(type), type::getName);
            List<Interceptor<?>> found =
                manager.resolveInterceptors(InterceptionType.AROUND_INVOKE, type.cast(anyOf(type)));
            assertTrue(found.size() == 1, () -> type + " has " + found);
          });
    }
  }

  /** Returns an annotation whose members are none of its defaults. */
  private static Object anyOf(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) ->
            switch (method.getName()) {
              case "annotationType" -> type;
              case "hashCode" -> 1;
              case "toString" -> "any " + type;
              case "equals" -> self == arguments[0];
              default -> other(method.getDefaultValue());
            });
  }

  private static Object other(Object value) {
    return value instanceof Boolean flag ? !flag : value instanceof String ? "other" : value;
  }
}
