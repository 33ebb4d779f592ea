package io.klepto.bench.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One process of {@link ProcessReport}: opens, warms up, prints {@code ready}, waits for a line,
 * works, prints {@code rate N}.
 */
public final class ProcessWorker {
  static final int ENTRIES = 20_000;
  private static final int WARM_UP_SECONDS = 6;

  private ProcessWorker() {}

  /** Arguments: engine, folder, workload, seconds, a number of its own. */
  public static void main(String[] arguments) throws IOException {
    EngineKind kind = EngineKind.valueOf(arguments[0]);
    String workload = arguments[2];
    int seconds = Integer.parseInt(arguments[3]);
    SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[4]));
    try (Engine engine = kind.open(Path.of(arguments[1]))) {
      work(engine, workload, random, WARM_UP_SECONDS);
      System.out.println("ready");
      if (System.in.read() < 0) {
        return;
      }
      System.out.println("rate " + work(engine, workload, random, seconds));
    }
  }

  private static double work(Engine engine, String workload, SplittableRandom random, int seconds) {
    byte[] value = Samples.value(0);
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    long calls = 0;
    while (System.nanoTime() < end) {
      String key = Samples.key(random.nextInt(ENTRIES));
      if (workload.equals("put")) {
        engine.put(key, value);
      } else if (engine.get(key) == null) {
        throw new IllegalStateException("no entry under " + key);
      }
      calls++;
    }
    return calls / ((System.nanoTime() - start) / 1e9);
  }
}
