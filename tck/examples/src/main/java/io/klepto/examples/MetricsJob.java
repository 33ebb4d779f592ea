package io.klepto.examples;

import io.klepto.examples.bytecode.ClassAnalyzer;
import io.klepto.examples.bytecode.ClassKey;
import io.klepto.examples.bytecode.ClassName;
import io.klepto.examples.bytecode.ClassReport;
import io.klepto.examples.bytecode.ClassSource;
import io.klepto.examples.bytecode.TimedReport;
import io.klepto.jcache.config.ComputeOnce;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.Sharing;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/**
 * The job: the report of every class, each computed once in the life of the archive.
 *
 * <p>All there is to it is {@link #open}: a cache that computes what it misses, with an archive
 * behind it. A result is in the archive before {@code get} returns it, so that a program killed at
 * any moment loses the classes it was at, and no other. Programs that run at the same time share
 * the work: a class that another one is at is waited for.
 */
final class MetricsJob {
  private static final String CACHE = "jdk-metrics";

  /** Each class is asked for once, so that memory need not keep them all. */
  private static final int ENTRIES_IN_MEMORY = 1_000;

  private final ClassSource source;
  private final List<ClassName> classes;
  private final ComputedLog log;
  private final Progress progress;
  private final Summary summary;

  /** Keys computed by a {@code get} that has not returned yet. */
  private final Set<ClassKey> computing = ConcurrentHashMap.newKeySet();

  private final AtomicInteger next = new AtomicInteger();

  MetricsJob(
      ClassSource source,
      List<ClassName> classes,
      ComputedLog log,
      Progress progress,
      Summary summary) {
    this.source = source;
    this.classes = classes;
    this.log = log;
    this.progress = progress;
    this.summary = summary;
  }

  /**
   * Runs the job, and returns when each class is in the summary.
   *
   * @param archive the folder of the archive
   * @param fresh whether what is remembered there is forgotten first
   * @param threads how many threads work
   * @throws ExecutionException if one of them failed; the others have stopped then
   */
  void run(Path archive, boolean fresh, int threads)
      throws ExecutionException, InterruptedException {
    try (CachingProvider provider =
            Caching.getCachingProvider("io.klepto.jcache.KleptoCachingProvider");
        CacheManager manager = provider.getCacheManager()) {
      if (fresh) {
        open(manager, archive);
        manager.destroyCache(CACHE);
      }
      work(open(manager, archive), threads);
    }
  }

  private Cache<ClassKey, TimedReport> open(CacheManager manager, Path archive) {
    return manager.createCache(
        CACHE,
        KleptoConfiguration.builder(ClassKey.class, TimedReport.class)
            .maxEntries(ENTRIES_IN_MEMORY)
            .archive(archive)
            .archiveNamespace("class-reports-v" + ClassAnalyzer.VERSION)
            .dropOnDestroy(true)
            .sharing(Sharing.builder().computeOnce(ComputeOnce.HOST).build())
            .loading(this::compute)
            .build());
  }

  private TimedReport compute(ClassKey key) {
    computing.add(key);
    long start = System.nanoTime();
    ClassName className = key.className();
    ClassReport report = ClassAnalyzer.analyze(className, source.bytes(className));
    return new TimedReport(report, System.nanoTime() - start);
  }

  private void work(Cache<ClassKey, TimedReport> cache, int threads)
      throws ExecutionException, InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      Callable<Void> worker = () -> workThrough(cache);
      for (Future<Void> finished : workers.invokeAll(Collections.nCopies(threads, worker))) {
        finished.get();
      }
    } finally {
      workers.shutdown();
    }
  }

  /** Takes one class after the other, until none is left or a worker failed. */
  private Void workThrough(Cache<ClassKey, TimedReport> cache) {
    try {
      for (int i = next.getAndIncrement(); i < classes.size(); i = next.getAndIncrement()) {
        ClassName className = classes.get(i);
        ClassKey key = ClassKey.of(className, source.bytes(className));
        TimedReport report = cache.get(key);
        boolean computed = computing.remove(key);
        if (computed) {
          log.computed(key);
        }
        summary.add(i, report, computed);
        progress.advance(computed);
      }
      return null;
    } catch (RuntimeException | Error e) {
      next.set(classes.size());
      throw e;
    }
  }
}
