package io.klepto.bench.annotation;

import io.klepto.annotation.Annotations;
import io.klepto.jcache.KleptoCachingProvider;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A hit of a method with {@code @CacheResult}, one thread, with different calls in turn, of one
 * argument and of three: the cache itself with a record as key, our proxy, our interceptor in Weld,
 * and Spring's interceptor. All have caches of ours that hold references.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class AnnotationBenchmarks {
  private static final int CALLS = 64;

  /** A key made by hand. */
  private record One(String text) {}

  /** A key made by hand. */
  private record Three(String text, Integer number, Double real) {}

  private final String[] texts = new String[CALLS];
  private final Integer[] numbers = new Integer[CALLS];
  private final Double[] reals = new Double[CALLS];
  private final KleptoCachingProvider provider = new KleptoCachingProvider();
  private final CacheManager manager = provider.getCacheManager();
  private final Cache<Object, Double> direct = cache("direct");
  private Library proxied;
  private Library weld;
  private WeldLibrary container;
  private Library spring;
  private SpringLibrary context;
  private int turn;

  private Cache<Object, Double> cache(String name) {
    return manager.createCache(
        name, new MutableConfiguration<Object, Double>().setStoreByValue(false));
  }

  /** Fills the caches. */
  @Setup
  public void fill() {
    cache("one");
    cache("three");
    proxied = Annotations.with(manager).proxy(Library.class, new Library.Shelf());
    container = new WeldLibrary(manager);
    weld = container.library();
    context = new SpringLibrary(manager);
    spring = context.library();
    for (int i = 0; i < CALLS; i++) {
      texts[i] = "argument " + 7919 * i;
      numbers[i] = 1_000 + i;
      reals[i] = 0.37 * i;
      direct.put(new One(texts[i]), 1.0);
      direct.put(new Three(texts[i], numbers[i], reals[i]), 1.0);
    }
    for (int i = 0; i < CALLS; i++) {
      proxyOfOne();
      proxyOfThree();
      weldOfOne();
      weldOfThree();
      springOfOne();
      springOfThree();
    }
  }

  /** Closes everything. */
  @TearDown
  public void close() {
    context.close();
    container.close();
    provider.close();
  }

  private int next() {
    turn = (turn + 1) & (CALLS - 1);
    return turn;
  }

  /** By hand. */
  @Benchmark
  public Double directOfOne() {
    return direct.get(new One(texts[next()]));
  }

  /** Ours. */
  @Benchmark
  public Double proxyOfOne() {
    return proxied.ofOne(texts[next()]);
  }

  /** Ours, in Weld. */
  @Benchmark
  public Double weldOfOne() {
    return weld.ofOne(texts[next()]);
  }

  /** Spring's. */
  @Benchmark
  public Double springOfOne() {
    return spring.ofOne(texts[next()]);
  }

  /** By hand. */
  @Benchmark
  public Double directOfThree() {
    int i = next();
    return direct.get(new Three(texts[i], numbers[i], reals[i]));
  }

  /** Ours. */
  @Benchmark
  public Double proxyOfThree() {
    int i = next();
    return proxied.ofThree(texts[i], numbers[i], reals[i]);
  }

  /** Ours, in Weld. */
  @Benchmark
  public Double weldOfThree() {
    int i = next();
    return weld.ofThree(texts[i], numbers[i], reals[i]);
  }

  /** Spring's. */
  @Benchmark
  public Double springOfThree() {
    int i = next();
    return spring.ofThree(texts[i], numbers[i], reals[i]);
  }
}
