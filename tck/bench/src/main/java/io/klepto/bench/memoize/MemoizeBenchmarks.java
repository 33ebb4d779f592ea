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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A hit of a remembered function, one thread, with different calls in turn: Caffeine's {@code get}
 * with the argument, or a record of three, as key; ours with the raw and the hash keymap, unbounded
 * and bounded by LRU. Few calls fit the processor's nearest cache with everything that belongs to
 * them, many do not.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class MemoizeBenchmarks {
  private static final long MAX_ENTRIES = 100_000;

  /** A key made by hand. */
  private record Call(String text, Integer number, Double real) {}

  /** How many different calls there are, a power of two. */
  @Param({"64", "512"})
  public int calls;

  private String[] texts;
  private Integer[] numbers;
  private Double[] reals;
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
    texts = new String[calls];
    numbers = new Integer[calls];
    reals = new Double[calls];
    for (int i = 0; i < calls; i++) {
      texts[i] = "argument " + 7919 * i;
      numbers[i] = 1_000 + i;
      reals[i] = 0.37 * i;
    }
    for (int i = 0; i < calls; i++) {
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
    turn = (turn + 1) & (calls - 1);
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
