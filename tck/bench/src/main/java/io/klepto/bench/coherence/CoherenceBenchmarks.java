package io.klepto.bench.coherence;

import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.Coherence;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.Sharing;
import io.klepto.jcache.config.SharingBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
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
 * A hit, a put and an {@code invoke} in a cache over an archive, one thread, different keys in
 * turn, with and without coherence.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class CoherenceBenchmarks {
  private static final int KEYS = 512;

  /** The archive's scheme. */
  @Param({"file", "dir"})
  public String archive;

  /** What memory promises. */
  @Param({"NONE", "STAMPS"})
  public String coherence;

  private final KleptoCachingProvider provider = new KleptoCachingProvider();
  private final String[] keys = new String[KEYS];
  private Path folder;
  private Cache<String, Long> cache;
  private int turn;

  @Setup
  public void fill() throws IOException {
    String parent = System.getProperty("bench.folder");
    folder =
        parent == null
            ? Files.createTempDirectory("klepto-bench")
            : Files.createTempDirectory(Files.createDirectories(Path.of(parent)), "klepto-bench");
    SharingBuilder sharing = Sharing.builder().coherence(Coherence.valueOf(coherence));
    cache =
        provider
            .getCacheManager()
            .createCache(
                "hits",
                KleptoConfiguration.builder(String.class, Long.class)
                    .archive(
                        URI.create(archive + ":" + folder.resolve("hits").toUri().getRawPath()))
                    .sharing(sharing.build())
                    .build());
    for (int i = 0; i < KEYS; i++) {
      keys[i] = "key " + 7919 * i;
      cache.put(keys[i], (long) i);
    }
  }

  @TearDown
  public void close() throws IOException {
    provider.close();
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> leavesFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : leavesFirst) {
        Files.deleteIfExists(path);
      }
    }
  }

  private String next() {
    turn = (turn + 1) & (KEYS - 1);
    return keys[turn];
  }

  @Benchmark
  public Long hit() {
    return cache.get(next());
  }

  @Benchmark
  public void put() {
    cache.put(next(), 1L);
  }

  @Benchmark
  public Long invoke() {
    return cache.invoke(
        next(),
        (entry, arguments) -> {
          long value = entry.getValue() + 1;
          entry.setValue(value);
          return value;
        });
  }
}
