package io.klepto.annotation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.CallKey;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Proxies, facades, and what users' own generators and resolvers see. */
final class InterpreterTest {
  /** An interface of every kind of method. */
  public interface Words {
    @CacheResult(cacheName = "words")
    String word(int length) throws IOException;

    String uncached(String text);

    int count(String... words);

    @CacheResult(cacheName = "joined")
    String joined(String... words);

    default String twice(int length) throws IOException {
      return word(length) + word(length);
    }
  }

  /** Has an interface. */
  public static final class Dictionary implements Words {
    final List<Object> calls = new ArrayList<>();

    @Override
    public String word(int length) throws IOException {
      calls.add(length);
      if (length < 0) {
        throw new IOException("shorter than nothing");
      }
      return "x".repeat(length);
    }

    @Override
    public String uncached(String text) {
      calls.add(text);
      return text;
    }

    @Override
    public int count(String... words) {
      return words.length;
    }

    @Override
    public String joined(String... words) {
      calls.add(Arrays.asList(words));
      return String.join(" ", words);
    }
  }

  /** Has no interface. */
  @CacheDefaults(cacheName = "squares")
  static class Squares {
    int calls;

    @CacheResult
    long square(int number) {
      calls++;
      return (long) number * number;
    }
  }

  /** Inherits what it can. */
  static final class MoreSquares extends Squares {
    String name() {
      return "more";
    }
  }

  /** What is wanted of it. */
  interface SquareNumbers {
    long square(int number);

    default long cube(int number) {
      return number * square(number);
    }
  }

  interface Unlike {
    String square(int number);
  }

  @RegisterExtension final TestManager caches = new TestManager();
  private final Dictionary dictionary = new Dictionary();

  @BeforeEach
  void forgetWhatTheyHaveSeen() {
    Recording.seen.clear();
  }

  private Words words() {
    return Annotations.with(caches.manager()).proxy(Words.class, dictionary);
  }

  @Test
  void otherMethods_arePassedOn() throws IOException {
    Words words = words();

    assertEquals("a", words.uncached("a"));
    assertEquals("a", words.uncached("a"));
    assertEquals(3, words.count("a", "b", "c"));
    assertEquals("xxxx", words.twice(2));

    assertEquals(List.of("a", "a", 2, 2), dictionary.calls);
  }

  @Test
  void variableArguments_areKeysByContent() {
    Words words = words();

    assertEquals("a b", words.joined("a", "b"));
    assertEquals("a b", words.joined("a", "b"));
    assertEquals("", words.joined());

    assertEquals(List.of(List.of("a", "b"), List.of()), dictionary.calls);
  }

  @Test
  void checkedException_isThrownAsItIs() {
    IOException thrown = assertThrows(IOException.class, () -> words().word(-1));

    assertEquals("shorter than nothing", thrown.getMessage());
  }

  @Test
  void methodsOfObject_areTheProxysOwn() {
    Words words = words();

    assertEquals(words, words);
    assertNotEquals(words, words());
    assertEquals(System.identityHashCode(words), words.hashCode());
    assertTrue(words.toString().startsWith("cached "), words.toString());
  }

  @Test
  void proxyOfAClass_isRefused() {
    Interpreter interpreter = Annotations.with(caches.manager());

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> interpreter.proxy(Dictionary.class, dictionary));

    assertTrue(refused.getMessage().contains("facade"), refused.getMessage());
  }

  @Test
  void facade_cachesAClassThatDoesNotImplementIt() {
    MoreSquares target = new MoreSquares();
    SquareNumbers squares = Annotations.with(caches.manager()).facade(SquareNumbers.class, target);

    assertEquals(49, squares.square(7));
    assertEquals(49, squares.square(7));
    assertEquals(343, squares.cube(7));

    assertEquals(1, target.calls);
    assertEquals(49L, caches.cache("squares").get(CallKey.of(7)));
  }

  @Test
  void facade_withAMethodThatTheClassLacks_isRefused() {
    Interpreter interpreter = Annotations.with(caches.manager());

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> interpreter.facade(Unlike.class, new Squares()));

    assertTrue(refused.getMessage().contains("Unlike.square(int)"), refused.getMessage());
  }

  @Test
  void closedCache_isHadAnew() throws IOException {
    Words words = words();
    words.word(3);
    caches.manager().destroyCache("words");

    words.word(3);
    words.word(3);

    assertEquals(List.of(3, 3), dictionary.calls);
    assertEquals("xxx", caches.cache("words").get(CallKey.of(3)));
  }

  @Test
  void missingCache_isCreatedOnceForThreadsThatNeedItTogether() throws Exception {
    int threads = 8;
    ExecutorService crew = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 20; round++) {
        Squares target = new Squares();
        SquareNumbers squares =
            Annotations.with(caches.manager()).facade(SquareNumbers.class, target);
        List<Callable<Long>> calls = Collections.nCopies(threads, () -> squares.square(7));
        for (Future<Long> square : crew.invokeAll(calls)) {
          assertEquals(49, square.get(60, TimeUnit.SECONDS));
        }
        assertEquals(49L, caches.cache("squares").get(CallKey.of(7)));
        caches.manager().destroyCache("squares");
      }
    } finally {
      crew.shutdownNow();
    }
  }

  @Test
  void defaultManager_isTheDefaultProviders() throws IOException {
    try {
      Words words = Annotations.proxy(Words.class, dictionary);
      words.word(3);
      words.word(3);

      Cache<Object, Object> cache =
          Caching.getCachingProvider().getCacheManager().getCache("words");
      assertEquals("xxx", cache.get(CallKey.of(3)));
      assertEquals(List.of(3), dictionary.calls);
    } finally {
      Caching.getCachingProvider().close();
    }
  }

  /** Sees calls as a user's generator and resolver do. */
  public static final class Recording implements CacheKeyGenerator, CacheResolverFactory {
    static final List<Object> seen = new ArrayList<>();
    static Cache<Object, Object> results;
    static Cache<Object, Object> exceptions;

    public Recording() {}

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      seen.add(context);
      return CallKey.of("recorded", context.getKeyParameters()[0].getValue());
    }

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
      seen.add(details);
      return resolver(() -> results);
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
      seen.add(details.getCacheAnnotation().exceptionCacheName());
      return resolver(() -> exceptions);
    }

    private static CacheResolver resolver(Supplier<Cache<Object, Object>> caches) {
      return new CacheResolver() {
        @Override
        @SuppressWarnings("unchecked") // of objects, whatever they are
        public <K, V> Cache<K, V> resolveCache(
            CacheInvocationContext<? extends Annotation> context) {
          seen.add(context.getTarget());
          return (Cache<K, V>) caches.get();
        }
      };
    }
  }

  @CacheDefaults(
      cacheName = "named",
      cacheKeyGenerator = Recording.class,
      cacheResolverFactory = Recording.class)
  interface Recorded {
    @CacheResult(exceptionCacheName = "failed")
    String text(String reader, @CacheKey int number);

    @CachePut(cacheResolverFactory = Recording.class)
    void put(int number, @CacheValue String text);
  }

  private static final class Text implements Recorded {
    @Override
    public String text(String reader, int number) {
      if (number < 0) {
        throw new IllegalArgumentException("negative");
      }
      return "text " + number;
    }

    @Override
    public void put(int number, String text) {}
  }

  @Test
  void usersOwnGeneratorAndResolvers_seeTheCall() throws Exception {
    Recording.results = caches.byReference("any name");
    Recording.exceptions = caches.byReference("any other");
    Text target = new Text();
    Recorded recorded = Annotations.with(caches.manager()).proxy(Recorded.class, target);
    Recording.seen.clear();

    assertEquals("text 5", recorded.text("Ann", 5));

    assertEquals("text 5", Recording.results.get(CallKey.of("recorded", 5)));
    assertSame(target, Recording.seen.get(0), "the resolver is asked first");
    CacheKeyInvocationContext<?> context = (CacheKeyInvocationContext<?>) Recording.seen.get(1);
    Method method = Recorded.class.getMethod("text", String.class, int.class);
    assertEquals(method, context.getMethod());
    assertEquals("named", context.getCacheName());
    assertEquals("failed", ((CacheResult) context.getCacheAnnotation()).exceptionCacheName());
    assertEquals(1, context.getAnnotations().size());
    assertArrayEquals(
        new Object[] {"Ann", 5},
        Arrays.stream(context.getAllParameters())
            .map(CacheInvocationParameter::getValue)
            .toArray());
    CacheInvocationParameter key = context.getKeyParameters()[0];
    assertEquals(1, key.getParameterPosition());
    assertEquals(int.class, key.getRawType());
    assertEquals(CacheKey.class, key.getAnnotations().iterator().next().annotationType());
    assertEquals(null, context.getValueParameter());
  }

  @Test
  void usersOwnResolvers_areAskedForExceptionsToo() {
    Recording.results = caches.byReference("any name");
    Recording.exceptions = caches.byReference("any other");
    Recorded recorded = Annotations.with(caches.manager()).proxy(Recorded.class, new Text());

    assertTrue(Recording.seen.contains("failed"));
    assertThrows(IllegalArgumentException.class, () -> recorded.text("Ann", -1));
    assertTrue(
        Recording.exceptions.get(CallKey.of("recorded", -1)) instanceof IllegalArgumentException);
  }

  @Test
  void valueParameter_isSeenByTheGenerator() {
    Recording.results = caches.byReference("any name");
    Recorded recorded = Annotations.with(caches.manager()).proxy(Recorded.class, new Text());
    Recording.seen.clear();

    recorded.put(1, "one");

    assertEquals("one", Recording.results.get(CallKey.of("recorded", 1)));
    CacheKeyInvocationContext<?> context = (CacheKeyInvocationContext<?>) Recording.seen.get(1);
    assertEquals("one", context.getValueParameter().getValue());
    assertEquals(1, context.getKeyParameters().length);
  }

  @Test
  void container_givesTheObjectsThatAnnotationsName() {
    Recording.results = caches.byReference("any name");
    Recording.exceptions = caches.byReference("any other");
    List<Class<?>> asked = new ArrayList<>();
    Recording own = new Recording();
    Recorded recorded =
        Annotations.builder()
            .manager(caches.manager())
            .instances(
                type -> {
                  asked.add(type);
                  return own;
                })
            .build()
            .proxy(Recorded.class, new Text());

    recorded.put(1, "one");

    assertEquals(List.of(Recording.class), asked);
  }
}
