package io.klepto.bench.jcache;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessor;
import javax.cache.spi.CachingProvider;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/** The workloads of {@link Row}, one method each, on a cache of one contender. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@State(Scope.Benchmark)
public class JCacheBenchmarks {
  private static final long SEED = 20261122;
  private static final int SETS = 64;
  private static final EntryProcessor<Integer, Object, Object> INCREMENT =
      (entry, arguments) -> {
        Integer more = (Integer) entry.getValue() + 1;
        entry.setValue(more);
        return more;
      };

  /** A name of {@link Contender}. */
  @Param("KLEPTO")
  public String contender;

  private final List<Set<Integer>> sets = new ArrayList<>();
  private CachingProvider provider;
  private CacheManager manager;
  private Contender who;
  private MutableConfiguration<Integer, Object> standard;
  private Cache<Integer, Object> cache;
  private Object value = 1;
  private int turn;

  /** How many reads found nothing. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Misses {
    /** As many as that. */
    public int misses;
  }

  @Setup
  public void open(BenchmarkParams benchmark) {
    Row row = Row.of(benchmark.getBenchmark());
    who = Contender.valueOf(contender);
    provider = who.provider();
    Generated generated =
        row.isByValue() && row != Row.STRING_GET ? Generated.of(SEED, row == Row.CYCLE_GET) : null;
    ClassLoader loader =
        generated == null
            ? JCacheBenchmarks.class.getClassLoader()
            : generated.type().getClassLoader();
    manager =
        provider.getCacheManager(provider.getDefaultURI(), loader, provider.getDefaultProperties());
    if (row == Row.STRING_GET) {
      standard = row.standard(String.class);
    } else if (generated != null) {
      standard = row.standard(generated.type());
      value = generated.make(1);
    } else {
      standard = row.standard(Integer.class);
    }
    cache = who.create(manager, "bench", standard, row.capacity());
    Integer[] keys = Draws.boxes(row.keys());
    for (Integer key : keys) {
      if (row == Row.STRING_GET) {
        cache.put(key, "value " + key);
      } else {
        cache.put(key, generated == null ? key : generated.make(key));
      }
    }
    fillSets(row);
  }

  private void fillSets(Row row) {
    Zipf zipf = new Zipf(row.keys(), SEED);
    for (int i = 0; i < SETS; i++) {
      Set<Integer> set = new HashSet<>();
      while (set.size() < Row.BATCH) {
        set.add(zipf.next());
      }
      sets.add(set);
    }
  }

  @TearDown
  public void close() {
    provider.close();
  }

  @Benchmark
  public Object get(Draws draws) {
    return cache.get(draws.next());
  }

  @Benchmark
  public void put(Draws draws) {
    cache.put(draws.next(), value);
  }

  @Benchmark
  public Object mixed(Draws draws) {
    Integer key = draws.next();
    if (draws.isFourth()) {
      cache.put(key, value);
      return key;
    }
    return cache.get(key);
  }

  @Benchmark
  public Object hit(Draws draws) {
    return cache.get(draws.next());
  }

  @Benchmark
  public Object miss(Draws draws, Misses misses) {
    Integer key = draws.next();
    Object found = cache.get(key);
    if (found == null) {
      misses.misses++;
      cache.put(key, key);
    }
    return found;
  }

  @Benchmark
  public void churn(Draws draws) {
    cache.put(draws.fresh(), value);
  }

  @Benchmark
  public Object pojoGet(Draws draws) {
    return cache.get(draws.next());
  }

  @Benchmark
  public void pojoPut(Draws draws) {
    cache.put(draws.next(), value);
  }

  @Benchmark
  public Object cycleGet(Draws draws) {
    return cache.get(draws.next());
  }

  @Benchmark
  public Object stringGet(Draws draws) {
    return cache.get(draws.next());
  }

  @Benchmark
  public Object load(Draws draws) {
    return cache.get(draws.next());
  }

  @Benchmark
  @OperationsPerInvocation(Row.BATCH)
  public Map<Integer, Object> getAll() {
    turn = (turn + 1) & (SETS - 1);
    return cache.getAll(sets.get(turn));
  }

  @Benchmark
  public Object invoke(Draws draws) {
    return cache.invoke(draws.next(), INCREMENT);
  }

  @Benchmark
  public Object created(Draws draws) {
    return cache.get(draws.next());
  }

  @Benchmark
  public Object touched(Draws draws) {
    return cache.get(draws.next());
  }

  @Benchmark
  public Object statistics(Draws draws) {
    return cache.get(draws.next());
  }

  @Benchmark
  public void listener(Draws draws) {
    cache.put(draws.next(), value);
  }

  @Benchmark
  @OperationsPerInvocation(Row.ENTRIES)
  public void iterate(Blackhole sink) {
    for (Cache.Entry<Integer, Object> entry : cache) {
      sink.consume(entry.getValue());
    }
  }

  @Benchmark
  public Object lifecycle() {
    Cache<Integer, Object> fresh = who.create(manager, "short-lived", standard, Long.MAX_VALUE);
    fresh.put(1, value);
    Object found = fresh.get(1);
    manager.destroyCache("short-lived");
    return found;
  }
}
