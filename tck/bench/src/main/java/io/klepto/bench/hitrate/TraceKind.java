package io.klepto.bench.hitrate;

import io.klepto.bench.jcache.Zipf;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** A kind of generated trace; equal seeds give equal traces. */
enum TraceKind {
  /** Draws by Zipf (0.99): few keys make up most of the calls, and never change. */
  ZIPF {
    @Override
    void fill(int[] trace, int keys, long seed) {
      Zipf zipf = new Zipf(keys, seed);
      Arrays.setAll(trace, i -> zipf.next());
    }
  },

  /** Draws by Zipf, and between them scans over an eighth as many keys that never come again. */
  SCAN {
    @Override
    void fill(int[] trace, int keys, long seed) {
      Zipf zipf = new Zipf(keys, seed);
      int run = Math.max(1, keys / RUNS);
      int unseen = keys;
      for (int i = 0; i < trace.length; i++) {
        boolean scans = i / run % 2 == 1;
        trace[i] = scans ? unseen++ : zipf.next();
      }
    }
  },

  /** All keys in turn, again and again: LRU hits either all or none. */
  LOOP {
    @Override
    void fill(int[] trace, int keys, long seed) {
      int first = new SplittableRandom(seed).nextInt(keys);
      Arrays.setAll(trace, i -> (first + i) % keys);
    }
  },

  /** Stretches of the three others in an order drawn at random, each where it had stopped. */
  MIXED {
    @Override
    void fill(int[] trace, int keys, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      Zipf zipf = new Zipf(keys, seed);
      int run = Math.max(1, keys / RUNS);
      int unseen = 2 * keys;
      int turn = 0;
      for (int i = 0; i < trace.length; ) {
        int end = Math.min(trace.length, i + 1 + random.nextInt(run));
        int kind = random.nextInt(3);
        for (; i < end; i++) {
          trace[i] =
              switch (kind) {
                case 0 -> zipf.next();
                case 1 -> unseen++;
                default -> keys + turn++ % keys;
              };
        }
      }
    }
  };

  private static final int RUNS = 8;

  /** Returns the kind of a name, however it is written. */
  static Optional<TraceKind> of(String name) {
    return Arrays.stream(values()).filter(kind -> kind.name().equalsIgnoreCase(name)).findFirst();
  }

  abstract void fill(int[] trace, int keys, long seed);

  /**
   * Returns a trace.
   *
   * @param length how many calls
   * @param keys how many different keys come again
   */
  Trace generate(int length, int keys, long seed) {
    int[] trace = new int[length];
    fill(trace, keys, seed);
    return new Trace(name().toLowerCase(Locale.ROOT), trace);
  }
}
