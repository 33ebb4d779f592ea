package io.klepto.bench.jcache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The same workloads without {@code javax.cache}: on a bare map, and on Caffeine's own interface,
 * bounded where the row is. With one thread the bare map of a bounded row is a {@link
 * LinkedHashMap} in the order of access; with more there is none.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@State(Scope.Benchmark)
public class LimitBenchmarks {
  /** MAP or CAFFEINE. */
  @Param({"MAP", "CAFFEINE"})
  public String limit;

  private final Object value = 1;
  private Map<Integer, Object> map;

  @Setup
  public void fill(BenchmarkParams benchmark) {
    Row row = Row.of(benchmark.getBenchmark());
    map = limit.equals("MAP") ? bare(row) : caffeine(row).asMap();
    for (Integer key : Draws.boxes(row.keys())) {
      map.put(key, key);
    }
  }

  private static Map<Integer, Object> bare(Row row) {
    return row == Row.MISS || row == Row.CHURN ? new Ordered() : new ConcurrentHashMap<>();
  }

  private static Cache<Integer, Object> caffeine(Row row) {
    Caffeine<Object, Object> builder = Caffeine.newBuilder();
    if (row.isBounded()) {
      builder.maximumSize(Row.CAPACITY);
    }
    if (row == Row.CREATED) {
      builder.expireAfterWrite(1, TimeUnit.MINUTES);
    } else if (row == Row.TOUCHED) {
      builder.expireAfterAccess(1, TimeUnit.MINUTES);
    }
    return builder.build();
  }

  /** A bounded map in the order of access, for one thread. */
  private static final class Ordered extends LinkedHashMap<Integer, Object> {
    private static final long serialVersionUID = 1;

    Ordered() {
      super(16, 0.75f, /* accessOrder= */ true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Object> eldest) {
      return size() > Row.CAPACITY;
    }
  }

  @Benchmark
  public Object get(Draws draws) {
    return map.get(draws.next());
  }

  @Benchmark
  public void put(Draws draws) {
    map.put(draws.next(), value);
  }

  @Benchmark
  public Object mixed(Draws draws) {
    Integer key = draws.next();
    return draws.isFourth() ? map.put(key, value) : map.get(key);
  }

  @Benchmark
  public Object hit(Draws draws) {
    return map.get(draws.next());
  }

  @Benchmark
  public Object miss(Draws draws) {
    Integer key = draws.next();
    Object found = map.get(key);
    if (found == null) {
      map.put(key, key);
    }
    return found;
  }

  @Benchmark
  public void churn(Draws draws) {
    map.put(draws.fresh(), value);
  }

  @Benchmark
  public Object created(Draws draws) {
    return map.get(draws.next());
  }

  @Benchmark
  public Object touched(Draws draws) {
    return map.get(draws.next());
  }

  @Benchmark
  public Object invoke(Draws draws) {
    return map.compute(draws.next(), (key, old) -> (Integer) old + 1);
  }

  @Benchmark
  @OperationsPerInvocation(Row.ENTRIES)
  public void iterate(Blackhole sink) {
    for (Object each : map.values()) {
      sink.consume(each);
    }
  }
}
