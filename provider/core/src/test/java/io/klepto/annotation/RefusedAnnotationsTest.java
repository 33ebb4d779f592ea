package io.klepto.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What JSR-107 does not allow is refused before the first call, by method and remedy. */
final class RefusedAnnotationsTest {
  interface Two {
    @CacheResult
    @CacheRemove
    String call(String key);
  }

  interface NoValue {
    @CachePut
    void call(String key);
  }

  interface TwoValues {
    @CachePut
    void call(@CacheValue String key, @CacheValue String value);
  }

  interface StrayValue {
    @CacheRemove
    void call(@CacheValue String key);
  }

  interface StrayValueOfAll {
    @CacheRemoveAll
    void call(@CacheValue String key);
  }

  interface NoResult {
    @CacheResult
    void call(String key);
  }

  interface OneCacheForBoth {
    @CacheResult(cacheName = "both", exceptionCacheName = "both")
    String call(String key);
  }

  /** Can't be made. */
  public static final class Hidden implements CacheKeyGenerator {
    private Hidden() {}

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      return null;
    }
  }

  /** Fails when it is made. */
  public static final class Failing implements CacheKeyGenerator {
    public Failing() {
      throw new IllegalStateException("no key");
    }

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      return null;
    }
  }

  /** Gives nothing. */
  public static final class Empty implements CacheKeyGenerator, CacheResolverFactory {
    public Empty() {}

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      return null;
    }

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
      return null;
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
      return null;
    }
  }

  interface HiddenGenerator {
    @CacheResult(cacheKeyGenerator = Hidden.class)
    String call(String key);
  }

  interface FailingGenerator {
    @CacheResult(cacheKeyGenerator = Failing.class)
    String call(String key);
  }

  interface EmptyFactory {
    @CacheResult(cacheResolverFactory = Empty.class)
    String call(String key);
  }

  interface EmptyGenerator {
    @CacheResult(cacheKeyGenerator = Empty.class)
    String call(String key);
  }

  @RegisterExtension final TestManager caches = new TestManager();

  private <T> T proxy(Class<T> type) {
    Object target =
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> null);
    return Annotations.with(caches.manager()).proxy(type, type.cast(target));
  }

  private void assertRefused(Class<?> type, String... words) {
    CacheException refused = assertThrows(CacheException.class, () -> proxy(type));
    for (String word : words) {
      assertTrue(refused.getMessage().contains(word), refused.getMessage());
    }
    assertEquals(List.of(), names());
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    caches.manager().getCacheNames().forEach(names::add);
    return names;
  }

  @Test
  void twoAnnotations_areRefused() {
    assertRefused(Two.class, "Two.call(", "expected one cache annotation", "split the method");
  }

  @Test
  void put_withoutOneValue_isRefused() {
    assertRefused(NoValue.class, "NoValue.call(", "expected a parameter with @CacheValue");
    assertRefused(TwoValues.class, "TwoValues.call(", "the parameters 1 and 2");
  }

  @Test
  void value_whereNothingIsPut_isRefused() {
    assertRefused(StrayValue.class, "StrayValue.call(", "found it with @CacheRemove");
    assertRefused(StrayValueOfAll.class, "StrayValueOfAll.call(", "with @CacheRemoveAll");
  }

  @Test
  void result_ofNothing_isRefused() {
    assertRefused(NoResult.class, "NoResult.call(", "found void", "@CachePut");
  }

  @Test
  void oneCacheForResultsAndExceptions_isRefused() {
    assertRefused(OneCacheForBoth.class, "OneCacheForBoth.call(", "found both for both");
  }

  @Test
  void generatorThatCannotBeMade_isRefused() {
    assertRefused(HiddenGenerator.class, "$Hidden", "public constructor without parameters");
    assertRefused(FailingGenerator.class, "$Failing", "IllegalStateException: no key");
  }

  @Test
  void nullFromAFactory_isRefusedBeforeTheFirstCall() {
    assertRefused(EmptyFactory.class, "EmptyFactory.call(", "expected a resolver");
  }

  @Test
  void nullFromAGenerator_isRefusedAtTheCall() {
    EmptyGenerator proxy = proxy(EmptyGenerator.class);

    CacheException refused = assertThrows(CacheException.class, () -> proxy.call("a"));

    assertTrue(refused.getMessage().contains("expected a key"), refused.getMessage());
  }

  @Test
  void contextOfAnotherKind_cannotBeUnwrapped() {
    CacheInvocationContext<CacheResult>[] seen = contexts();
    Annotations.builder()
        .manager(caches.manager())
        .keyGenerator(
            context -> {
              seen[0] = RefusedAnnotationsTest.<CacheResult>as(context);
              return new StandardKeyGenerator().generateCacheKey(context);
            })
        .build()
        .proxy(CacheResultTest.Library.class, new CacheResultTest.Shelf())
        .title(1);

    assertEquals(seen[0], seen[0].unwrap(CacheKeyInvocationContext.class));
    assertThrows(IllegalArgumentException.class, () -> seen[0].unwrap(String.class));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private static CacheInvocationContext<CacheResult>[] contexts() {
    return new CacheInvocationContext[1];
  }

  @SuppressWarnings("unchecked") // the method has this annotation
  private static <A extends Annotation> CacheInvocationContext<A> as(
      CacheKeyInvocationContext<? extends Annotation> context) {
    return (CacheInvocationContext<A>) context;
  }
}
