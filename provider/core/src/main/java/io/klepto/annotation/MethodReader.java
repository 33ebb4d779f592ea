package io.klepto.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;

/**
 * The cache annotations of a class's methods, wherever they stand: on the method of the class, on
 * the one of a superclass that it overrides, or on the one of an interface. The first of these that
 * has one counts, with all that is said on its parameters; of several interfaces, the one that the
 * class names first.
 *
 * <p>Methods are the same across generic types as in the language: {@code V get(K)} of an interface
 * is {@code Blog get(String)} of a class that implements it for these.
 */
final class MethodReader {
  private static final List<Class<? extends Annotation>> ANNOTATIONS =
      List.of(CacheResult.class, CachePut.class, CacheRemove.class, CacheRemoveAll.class);

  private final Class<?> target;
  private final TypeBindings types;

  MethodReader(Class<?> target) {
    this.target = target;
    this.types = new TypeBindings(target);
  }

  private void requireNoneOnClasses() {
    for (Class<?> type : all()) {
      if (!annotationsOf(type).isEmpty()) {
        throw new CacheException(
            ("class %s: expected cache annotations on methods, found %s on the class; put it on"
                 + " each method that it is for, and what they have in common into @CacheDefaults")
                .formatted(type.getName(), annotationsOf(type).get(0)));
      }
    }
  }

  /**
   * Returns the method that has an annotation for a method of the class; empty if there is none.
   *
   * @param method a method of the class, or of what it inherits from
   */
  Optional<Method> annotated(Method method) {
    requireNoneOnClasses();
    return Modifier.isStatic(method.getModifiers())
        ? Optional.empty()
        : same(method).stream().filter(each -> !annotationsOf(each).isEmpty()).findFirst();
  }

  /**
   * Returns the method whose code runs when a method is called on objects of the class: the most
   * special one with code and a class file, which classes that containers make have not.
   *
   * @throws CacheException if there is none
   */
  Method code(Method method) {
    return same(method).stream()
        .filter(each -> !Modifier.isAbstract(each.getModifiers()))
        .filter(each -> hasClassFile(each.getDeclaringClass()))
        .findFirst()
        .orElseThrow(
            () ->
                new CacheException(
                    ("method %s: expected its code in a class file of %s, found none; keys with "
                            + "versions need the class that does the work as the target")
                        .formatted(method, target.getName())));
  }

  private static boolean hasClassFile(Class<?> type) {
    String name = type.getName();
    return !type.isHidden()
        && type.getResource(name.substring(name.lastIndexOf('.') + 1) + ".class") != null;
  }

  /**
   * Returns the one cache annotation of a method.
   *
   * @throws CacheException if it has several
   */
  static Annotation annotationOf(Method annotated) {
    List<Annotation> found = annotationsOf(annotated);
    if (found.size() > 1) {
      throw new CacheException(
          "method %s: expected one cache annotation, found %s; split the method, or keep one"
              .formatted(annotated, found));
    }
    return found.get(0);
  }

  /** Returns the defaults of the class, else those where the annotated method stands. */
  Optional<CacheDefaults> defaults(Method annotated) {
    Set<Class<?>> places = new LinkedHashSet<>(types.classes());
    places.add(annotated.getDeclaringClass());
    places.addAll(types.interfaces());
    return places.stream()
        .filter(place -> place.isAnnotationPresent(CacheDefaults.class))
        .findFirst()
        .map(place -> place.getAnnotation(CacheDefaults.class));
  }

  /** Returns a method, and those that it overrides or implements, the most special first. */
  private List<Method> same(Method method) {
    Class<?>[] parameters = types.parametersOf(origin(method));
    List<Method> found = new ArrayList<>();
    for (Class<?> type : all()) {
      for (Method candidate : type.getDeclaredMethods()) {
        if (candidate.getName().equals(method.getName())
            && !candidate.isBridge()
            && !Modifier.isStatic(candidate.getModifiers())
            && (candidate.getDeclaringClass() == method.getDeclaringClass()
                || !Modifier.isPrivate(candidate.getModifiers()))
            && Arrays.equals(types.parametersOf(candidate), parameters)) {
          found.add(candidate);
        }
      }
    }
    return found;
  }

  /** Returns what a bridge of the compiler stands for, or the method itself if it is none. */
  private Method origin(Method method) {
    if (!method.isBridge()) {
      return method;
    }
    for (Class<?> type : all()) {
      for (Method candidate : type.getDeclaredMethods()) {
        if (candidate.getName().equals(method.getName())
            && !candidate.isBridge()
            && Arrays.equals(candidate.getParameterTypes(), method.getParameterTypes())) {
          return candidate;
        }
      }
    }
    return method;
  }

  private Set<Class<?>> all() {
    Set<Class<?>> all = new LinkedHashSet<>(types.classes());
    all.addAll(types.interfaces());
    return all;
  }

  private static List<Annotation> annotationsOf(AnnotatedElement element) {
    return Arrays.stream(element.getDeclaredAnnotations())
        .filter(annotation -> ANNOTATIONS.contains(annotation.annotationType()))
        .toList();
  }

  @Override
  public String toString() {
    return "cache annotations of " + target.getName();
  }
}
