package io.klepto.cdi;

import io.klepto.annotation.Annotations;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.configurator.AnnotatedMethodConfigurator;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The cache annotations that a class's methods have from interfaces, and from methods that they
 * override, where CDI does not look.
 *
 * <p>Cost: one pass over the methods of each class that the container discovers, and of what these
 * inherit from. Any number of threads may use it.
 */
final class InheritedAnnotations {
  private static final Logger LOG = System.getLogger(InheritedAnnotations.class.getName());

  private final ConcurrentMap<Class<?>, Boolean> annotated = new ConcurrentHashMap<>();

  <T> void addTo(ProcessAnnotatedType<T> event) {
    Class<T> type = event.getAnnotatedType().getJavaClass();
    if (type.isInterface() || type.isAnnotation() || !inheritsAny(type)) {
      return;
    }
    List<AnnotatedMethod<? super T>> bare =
        event.getAnnotatedType().getMethods().stream().filter(this::isBare).toList();
    for (AnnotatedMethod<? super T> method : bare) {
      Annotations.on(type, method.getJavaMember())
          .ifPresent(
              annotation ->
                  event
                      .configureAnnotatedType()
                      .filterMethods(each -> each.getJavaMember().equals(method.getJavaMember()))
                      .forEach((AnnotatedMethodConfigurator<?> each) -> each.add(annotation)));
    }
  }

  private boolean isBare(AnnotatedMethod<?> method) {
    int unlike = Modifier.STATIC | Modifier.PRIVATE | Modifier.ABSTRACT;
    return !method.getJavaMember().isBridge()
        && (method.getJavaMember().getModifiers() & unlike) == 0
        && !isAnnotated(method);
  }

  static boolean isAnnotated(Annotated element) {
    return CachedBeans.ANNOTATIONS.stream().anyMatch(element::isAnnotationPresent);
  }

  private boolean inheritsAny(Class<?> type) {
    return parents(type).stream().anyMatch(this::hasAny);
  }

  private boolean hasAny(Class<?> type) {
    Boolean known = annotated.get(type);
    if (known == null) {
      known = declaresAny(type) || inheritsAny(type);
      annotated.put(type, known);
    }
    return known;
  }

  private static boolean declaresAny(Class<?> type) {
    try {
      return Arrays.stream(type.getDeclaredMethods())
          .anyMatch(
              method -> CachedBeans.ANNOTATIONS.stream().anyMatch(method::isAnnotationPresent));
    } catch (LinkageError e) {
      // The container does not read interfaces, so those of absent libraries must not stop it.
      LOG.log(Level.DEBUG, () -> "no cache annotations are read from " + type, e);
      return false;
    }
  }

  private static List<Class<?>> parents(Class<?> type) {
    List<Class<?>> parents = new ArrayList<>(Arrays.asList(type.getInterfaces()));
    if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
      parents.add(type.getSuperclass());
    }
    return parents;
  }
}
