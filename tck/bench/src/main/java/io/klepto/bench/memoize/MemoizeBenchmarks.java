package io.klepto.bench.memoize;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.klepto.keymap.Keymaps;
import io.klepto.memoize.Memoizer;
import io.klepto.memoize.RememberedFunction;
import io.klepto.memoize.RememberedFunction3;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
 * A hit of a remembered function, one thread, with {@value #CALLS} different calls in turn:
 * Caffeine's {@code get} with the argument, or a record of three, as key; ours with the raw and the
 * hash keymap, unbounded and bounded by LRU.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class MemoizeBenchmarks {
  static final int CALLS = 512;
  private static final int MASK = CALLS - 1;
  private static final long MAX_ENTRIES = 10_000;

  /** A key made by hand. */
  private record Call(String text, Integer number, Double real) {}

  private final String[] texts = new String[CALLS];
  private final Integer[] numbers = new Integer[CALLS];
  private final Double[] reals = new Double[CALLS];
  private final Cache<String, Double> caffeine = Caffeine.newBuilder().build();
  private final Cache<String, Double> boundedCaffeine =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();
  private final Cache<Call, Double> caffeineOfThree = Caffeine.newBuilder().build();
  private final Memoizer raw = Memoizer.builder("raw").build();
  private final Memoizer bounded = Memoizer.builder("bounded").maxEntries(MAX_ENTRIES).build();
  private final Memoizer hash = Memoizer.builder("hash").keymap(Keymaps.hash()).build();
  private final Function<String, Double> function = text -> (double) text.length();
  private final Function<Call, Double> functionOfThree = call -> (double) call.text().length();
  private final RememberedFunction<String, Double> rawOfOne = raw.memoize("f", function);
  private final RememberedFunction<String, Double> boundedOfOne = bounded.memoize("f", function);
  private final RememberedFunction<String, Double> hashOfOne = hash.memoize("f", function);
  private final RememberedFunction3<String, Integer, Double, Double> rawOfThree =
      raw.memoize("f3", (text, number, real) -> (double) text.length());
  private final RememberedFunction3<String, Integer, Double, Double> hashOfThree =
      hash.memoize("f3", (text, number, real) -> (double) text.length());
  private int turn;

  @Setup
  public void fill() {
    for (int i = 0; i < CALLS; i++) {
      texts[i] = "argument " + 7919 * i;
      numbers[i] = 1_000 + i;
      reals[i] = 0.37 * i;
    }
    for (int i = 0; i < CALLS; i++) {
      caffeineGet();
      caffeineBoundedGet();
      caffeineGetOfThree();
      rawKeymap();
      rawKeymapBounded();
      hashKeymap();
      rawKeymapOfThree();
      hashKeymapOfThree();
    }
  }

  @TearDown
  public void close() {
    raw.close();
    bounded.close();
    hash.close();
  }

  private int next() {
    turn = (turn + 1) & MASK;
    return turn;
  }

  @Benchmark
  public Double caffeineGet() {
    return caffeine.get(texts[next()], function);
  }

  @Benchmark
  public Double caffeineBoundedGet() {
    return boundedCaffeine.get(texts[next()], function);
  }

  @Benchmark
  public Double rawKeymap() {
    return rawOfOne.apply(texts[next()]);
  }

  @Benchmark
  public Double rawKeymapBounded() {
    return boundedOfOne.apply(texts[next()]);
  }

  @Benchmark
  public Double hashKeymap() {
    return hashOfOne.apply(texts[next()]);
  }

  @Benchmark
  public Double caffeineGetOfThree() {
    int i = next();
    return caffeineOfThree.get(new Call(texts[i], numbers[i], reals[i]), functionOfThree);
  }

  @Benchmark
  public Double rawKeymapOfThree() {
    int i = next();
    return rawOfThree.apply(texts[i], numbers[i], reals[i]);
  }

  @Benchmark
  public Double hashKeymapOfThree() {
    int i = next();
    return hashOfThree.apply(texts[i], numbers[i], reals[i]);
  }
}
