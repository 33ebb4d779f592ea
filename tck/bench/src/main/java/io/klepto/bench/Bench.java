package io.klepto.bench;

import io.klepto.bench.annotation.AnnotationReport;
import io.klepto.bench.archive.ArchiveReport;
import io.klepto.bench.archive.BatchReport;
import io.klepto.bench.archive.GrowthReport;
import io.klepto.bench.archive.ProcessReport;
import io.klepto.bench.coherence.CoherenceReport;
import io.klepto.bench.hitrate.HitRateReport;
import io.klepto.bench.jcache.ColdReport;
import io.klepto.bench.jcache.JCacheReport;
import io.klepto.bench.jcache.MemoryReport;
import io.klepto.bench.memoize.MemoizeReport;
import io.klepto.bench.scale.ScaleReport;
import io.klepto.bench.through.ThroughReport;
import java.util.Arrays;
import java.util.List;

/**
 * The command of this module: {@code java -jar klepto-bench.jar archives}. Prints tables; what to
 * make of them stands in the README beside.
 */
public final class Bench {
  private static final String USAGE =
      """
      usage: java -jar klepto-bench.jar COMMAND [--quick] [--all-sizes] [ENGINE ...]
        annotations a hit of an annotated method beside Spring's interceptor and the cache, by JMH
        archives    put, get and batches of every archive beside SQLite, H2 and MVStore, by JMH
        batches     batches of jdbc: beside JDBC by hand; h2, sqlite, URLs of servers
        growth      put, get, batches, opening and bytes on disk, from 1,000 to 1,000,000 entries;
                    --all-sizes: also where that takes minutes
        hitrate     traces through our caches, models of their policies, and Caffeine: zipf, scan,
                    loop, mixed, files with a key a line, - for standard input; --sizes=100,200
                    --policies=LRU,LFU --seed= --length= --keys= --threads=
        processes   put and get of 1, 2 and 4 processes on one archive, beside SQLite
        coherence   a hit, a put and an invoke with and without coherence, by JMH
        jcache      our provider beside Caffeine, Ehcache, cache2k and the RI, by JMH; rows
                    may follow
        cold        a whole process with one cache, one put and one get
        memory      bytes of heap for an entry
        memoize     a hit of a remembered function beside Caffeine's get, by JMH
        scale       rates, longest calls and memory from 1,000 to 10,000,000 entries and 1 to 16
                    threads, as text and plots; rows, entries, threads, KLEPTO CAFFEINE,
                    memory; --out=FOLDER, --plots draws again
        through     put, and get on a miss of memory, of a cache over file: beside the archive and
                    the bare store
      Folders are made in the system's temporary folder, or below -Dbench.folder=PATH.
      """;

  private Bench() {}

  /** Runs a command. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = Arrays.asList(arguments);
    boolean quick = words.contains("--quick");
    List<String> engines = words.stream().skip(1).filter(word -> !word.startsWith("--")).toList();
    switch (words.isEmpty() ? "" : words.get(0)) {
      case "annotations" -> AnnotationReport.print(System.out, quick);
      case "archives" -> ArchiveReport.print(System.out, quick, engines);
      case "batches" -> BatchReport.print(System.out, quick, engines);
      case "coherence" -> CoherenceReport.print(System.out, quick);
      case "growth" ->
          GrowthReport.print(System.out, quick, words.contains("--all-sizes"), engines);
      case "cold" -> ColdReport.print(System.out, quick);
      case "memory" -> MemoryReport.print(System.out, quick);
      case "jcache" -> JCacheReport.print(System.out, quick, engines);
      case "hitrate" -> HitRateReport.print(System.out, System.in, words.subList(1, words.size()));
      case "memoize" -> MemoizeReport.print(System.out, quick);
      case "processes" -> ProcessReport.print(System.out, quick, engines);
      case "scale" -> ScaleReport.print(System.out, quick, words.subList(1, words.size()));
      case "through" -> ThroughReport.print(System.out, quick, engines);
      default -> {
        System.err.print(USAGE);
        System.exit(2);
      }
    }
  }
}
