package io.klepto.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.cache.CacheException;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where annotations are found, and the names of caches. */
final class MethodReaderTest {
  interface Plain {
    @CacheResult
    String text(int number, int[] numbers, String[][] words, Map.Entry<String, String> entry);

    String bare(String text);
  }

  static class PlainText implements Plain {
    @Override
    public String text(
        int number, int[] numbers, String[][] words, Map.Entry<String, String> entry) {
      return "";
    }

    @Override
    @CacheResult(cacheName = "of the class")
    public String bare(String text) {
      return "";
    }
  }

  static final class OverriddenText extends PlainText {
    @Override
    public String bare(String text) {
      return "overridden";
    }
  }

  interface Repository<K, V> {
    @CacheResult(cacheName = "found")
    V find(K key);

    V[] findAll(List<? extends K> keys);
  }

  @CacheDefaults(cacheName = "people")
  static class People implements Repository<String, Integer> {
    @Override
    public Integer find(String name) {
      return 1;
    }

    /** Not the method of the interface, though it looks like it. */
    public Integer find(Integer other) {
      return 2;
    }

    @Override
    @CacheResult
    public Integer[] findAll(List<? extends String> names) {
      return new Integer[0];
    }
  }

  abstract static class Base<T extends Number> implements Function<T, String> {
    @Override
    @CacheResult
    public String apply(T number) {
      return "base " + number;
    }
  }

  static final class Longs extends Base<Long> {}

  @CacheDefaults(cacheName = "shared")
  interface Defaulted {
    @CacheResult
    String one();

    @CacheRemove
    void two();
  }

  static final class Undefaulted implements Defaulted {
    @Override
    public String one() {
      return "";
    }

    @Override
    public void two() {}
  }

  @CacheResult
  static final class Misplaced implements Plain {
    @Override
    public String text(
        int number, int[] numbers, String[][] words, Map.Entry<String, String> entry) {
      return "";
    }

    @Override
    public String bare(String text) {
      return "";
    }
  }

  @RegisterExtension final TestManager caches = new TestManager();

  private Optional<String> cacheName(Class<?> type, Class<?> declaring, String name) {
    Method method =
        Arrays.stream(declaring.getDeclaredMethods())
            .filter(each -> each.getName().equals(name) && !each.isBridge())
            .findFirst()
            .orElseThrow();
    return Annotations.with(caches.manager()).method(type, method).map(CachedMethod::cacheName);
  }

  @Test
  void defaultName_isThatOfTheAnnotatedMethodWithItsParameters() {
    assertEquals(
        Optional.of(
            "io.klepto.annotation.MethodReaderTest$Plain.text(int,[I,[[Ljava.lang.String;,java.util.Map$Entry)"),
        cacheName(PlainText.class, PlainText.class, "text"));
    assertEquals(
        cacheName(PlainText.class, PlainText.class, "text"),
        cacheName(PlainText.class, Plain.class, "text"));
  }

  @Test
  void annotation_ofTheClass_countsForCallsByTheInterface() {
    assertEquals(Optional.of("of the class"), cacheName(PlainText.class, Plain.class, "bare"));
  }

  @Test
  void annotation_ofAnOverriddenMethod_counts() {
    assertEquals(
        Optional.of("of the class"), cacheName(OverriddenText.class, OverriddenText.class, "bare"));
  }

  @Test
  void methodWithoutAnnotation_isNone() {
    assertTrue(cacheName(Object.class, Object.class, "toString").isEmpty());
  }

  @Test
  void genericMethod_isTheOneOfTheClass() throws Exception {
    Interpreter interpreter = Annotations.with(caches.manager());
    Method other = People.class.getMethod("find", Integer.class);

    assertEquals(Optional.of("found"), cacheName(People.class, Repository.class, "find"));
    assertEquals(
        Optional.of("found"),
        interpreter
            .method(People.class, People.class.getMethod("find", String.class))
            .map(CachedMethod::cacheName));
    assertTrue(interpreter.method(People.class, other).isEmpty());
    assertEquals(Optional.of("people"), cacheName(People.class, Repository.class, "findAll"));
  }

  @Test
  void bridge_isTheMethodThatItStandsFor() throws Exception {
    Method bridge =
        Arrays.stream(People.class.getMethods())
            .filter(each -> each.getName().equals("findAll") && each.isBridge())
            .findFirst()
            .orElseThrow();

    assertEquals(
        Optional.of("people"),
        Annotations.with(caches.manager())
            .method(People.class, bridge)
            .map(CachedMethod::cacheName));
  }

  @Test
  void inheritedMethodOfGenericClass_isNamedByWhereItStands() {
    assertEquals(
        Optional.of("io.klepto.annotation.MethodReaderTest$Base.apply(java.lang.Number)"),
        cacheName(Longs.class, Function.class, "apply"));
  }

  @Test
  void defaults_ofTheInterface_countForItsMethods() {
    assertEquals(Optional.of("shared"), cacheName(Undefaulted.class, Undefaulted.class, "one"));
    assertEquals(Optional.of("shared"), cacheName(Undefaulted.class, Defaulted.class, "two"));
  }

  @Test
  void annotation_onAClass_isRefusedByName() {
    CacheException refused =
        assertThrows(CacheException.class, () -> cacheName(Misplaced.class, Plain.class, "bare"));

    assertTrue(refused.getMessage().contains("Misplaced: expected cache annotations on methods"));
  }

  @Test
  void on_findsTheAnnotationThatCounts() throws Exception {
    Method find = People.class.getMethod("find", String.class);

    Optional<Annotation> found = Annotations.on(People.class, find);

    assertEquals(
        "found", found.map(CacheResult.class::cast).map(CacheResult::cacheName).orElseThrow());
    assertEquals(
        Optional.empty(),
        Annotations.on(People.class, People.class.getMethod("find", Integer.class)));
  }
}
