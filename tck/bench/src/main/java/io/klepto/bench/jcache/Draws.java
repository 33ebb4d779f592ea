package io.klepto.bench.jcache;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What a thread asks for: keys by Zipf, drawn beforehand, and new ones. Keys are equal to those in
 * the cache, not the same objects.
 */
@State(Scope.Thread)
public class Draws {
  private static final int LENGTH = 1 << 17;

  private final Integer[] drawn = new Integer[LENGTH];
  private int turn;
  private int fresh;

  /** Draws the keys. */
  @Setup
  public void draw(BenchmarkParams benchmark, ThreadParams thread) {
    Row row = Row.of(benchmark.getBenchmark());
    Zipf zipf = new Zipf(row.keys(), 1 + thread.getThreadIndex());
    Integer[] boxed = boxes(row.keys());
    for (int i = 0; i < LENGTH; i++) {
      drawn[i] = boxed[zipf.next()];
    }
    fresh = thread.getThreadIndex() << 28;
  }

  /** Returns the numbers below a bound as objects of their own. */
  @SuppressWarnings({"removal", "BoxedPrimitiveConstructor"}) // for keys that are not the same
  static Integer[] boxes(int bound) {
    Integer[] boxed = new Integer[bound];
    for (int i = 0; i < bound; i++) {
      boxed[i] = new Integer(i);
    }
    return boxed;
  }

  /** Returns the next key. */
  Integer next() {
    turn = (turn + 1) & (LENGTH - 1);
    return drawn[turn];
  }

  /** Returns whether it is one key in four's turn. */
  boolean isFourth() {
    return (turn & 3) == 0;
  }

  /** Returns a key that was not there for long. */
  Integer fresh() {
    return fresh++;
  }
}
