package io.klepto.bench.archive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * 100,000 entries of 200 bytes, one thread: put one by one and in batches into an empty container,
 * read one by one and in batches from a full one, open a full one. One invocation is the whole
 * load, so that flushing and compaction are part of what is measured.
 *
 * <p>Containers stay where they are until {@link ArchiveReport} has run them all: a file system may
 * be slow to make files for some while after many were removed, as ext4 is, which looks at each
 * inode that was freed in the last seconds before it takes one.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class ArchiveBenchmarks {
  static final int ENTRIES = 100_000;
  private static final int BATCH = 1_000;

  /** An empty container for each invocation. */
  @State(Scope.Benchmark)
  public static class Empty {
    @Param({"FILE"})
    EngineKind engine;

    private final byte[][] values = new byte[ENTRIES][];
    private Engine open;

    @Setup(Level.Trial)
    public void makeValues() {
      for (int i = 0; i < ENTRIES; i++) {
        values[i] = Samples.value(i);
      }
    }

    @Setup(Level.Invocation)
    public void open() {
      open = engine.open(Folders.make());
    }

    @TearDown(Level.Invocation)
    public void close() {
      open.close();
    }
  }

  /** A full container. */
  @State(Scope.Benchmark)
  public static class Full {
    @Param({"FILE"})
    EngineKind engine;

    private final List<String> keys = new ArrayList<>();
    private Engine open;

    @Setup(Level.Trial)
    public void fill() {
      open = engine.open(Folders.make());
      for (int from = 0; from < ENTRIES; from += BATCH) {
        open.putAll(Samples.range(from, from + BATCH));
      }
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < ENTRIES; i++) {
        keys.add(Samples.key(random.nextInt(ENTRIES)));
      }
    }

    @TearDown(Level.Trial)
    public void close() {
      open.close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public void put(Empty container) {
    for (int i = 0; i < ENTRIES; i++) {
      container.open.put(Samples.key(i), container.values[i]);
    }
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public void putAll(Empty container) {
    for (int from = 0; from < ENTRIES; from += BATCH) {
      Map<String, byte[]> batch = new LinkedHashMap<>();
      for (int i = from; i < from + BATCH; i++) {
        batch.put(Samples.key(i), container.values[i]);
      }
      container.open.putAll(batch);
    }
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public void get(Full container, Blackhole blackhole) {
    for (String key : container.keys) {
      blackhole.consume(container.open.get(key));
    }
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public void getAll(Full container, Blackhole blackhole) {
    for (int from = 0; from < ENTRIES; from += BATCH) {
      blackhole.consume(container.open.getAll(container.keys.subList(from, from + BATCH)));
    }
  }
}
