package io.klepto.bench.jcache;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;

/**
 * A row of the table: a workload, named as its method in {@link JCacheBenchmarks}, and what the
 * ratio to the best other provider should be, with one thread and with two.
 */
public enum Row {
  /** Reads among {@value #ENTRIES} entries. */
  GET("get, by reference, unbounded", 1.4, 1.4),
  /** Overwrites. */
  PUT("put, by reference, unbounded", 3, 0),
  /** One put to three gets. */
  MIXED("get/put 75/25", 0, 1.8),
  /** Reads of what is all there, in a bounded cache. */
  HIT("get, bounded, all hits", 1.8, 1.8),
  /** Reads of more keys than there is room for; what is missed is put. */
  MISS("get, put on a miss, bounded", 1.4, 1.2),
  /** Nothing but new keys. */
  CHURN("put of new keys, each evicts", 2, 1),
  /** Reads of a flat object by value. */
  POJO_GET("get by value, four-field class", 40, 0),
  /** Overwrites with a flat object by value. */
  POJO_PUT("put by value, four-field class", 40, 0),
  /** Reads of an object by value that refers to itself. */
  CYCLE_GET("get by value, cyclic class", 0, 0),
  /** Reads of strings by value. */
  STRING_GET("get by value, String", 1.1, 0),
  /** Reads of more keys than there is room for, through a loader. */
  LOAD("read-through, bounded", 1.1, 0),
  /** Reads of {@value #BATCH} keys at once; rates are of keys. */
  GET_ALL("getAll of 100 keys", 2.5, 0),
  /** An entry processor that increments. */
  INVOKE("invoke, increment", 1.8, 0),
  /** Reads of entries that expire a minute after they came. */
  CREATED("get, created expiry 1 min", 1.1, 0),
  /** Reads of entries that expire a minute after their last use. */
  TOUCHED("get, touched expiry 1 min", 6, 0),
  /** Reads that are counted. */
  STATISTICS("get, statistics on", 1, 0),
  /** Overwrites that a synchronous listener is told of. */
  LISTENER("put, synchronous listener", 1.5, 0),
  /** A walk over all entries; rates are of entries. */
  ITERATE("iterate", 1.2, 0),
  /** A cache from {@code createCache} to {@code destroyCache}. */
  LIFECYCLE("create, use, destroy a cache", 0.8, 0);

  /** How many entries an unbounded cache has. */
  static final int ENTRIES = 65_536;

  /** How many entries a bounded cache takes. */
  static final int CAPACITY = 16_384;

  /** How many entries there are if all fit a bounded cache with room to spare. */
  static final int FEW = 4_096;

  /** How many keys {@code getAll} asks for. */
  static final int BATCH = 100;

  private static final int SERIAL_THREADS = 1;

  private final String title;
  private final double target;
  private final double targetOfTwo;

  Row(String title, double target, double targetOfTwo) {
    this.title = title;
    this.target = target;
    this.targetOfTwo = targetOfTwo;
  }

  String title() {
    return title;
  }

  /** Returns the name of the method that does it. */
  String method() {
    String words = name().toLowerCase(Locale.ROOT);
    int gap = words.indexOf('_');
    return gap < 0
        ? words
        : words.substring(0, gap)
            + Character.toUpperCase(words.charAt(gap + 1))
            + words.substring(gap + 2);
  }

  /** Returns the row whose method has a name, package and class before it or not. */
  static Row of(String benchmark) {
    String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
    return Arrays.stream(values())
        .filter(row -> row.method().equals(method) || row.name().equalsIgnoreCase(method))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "row " + benchmark + ": expected one of " + Arrays.toString(values())));
  }

  /** Returns with how many threads it is measured. */
  List<Integer> threads() {
    if (targetOfTwo == 0) {
      return List.of(SERIAL_THREADS);
    }
    return target == 0 ? List.of(2) : List.of(SERIAL_THREADS, 2);
  }

  /** Returns the ratio to reach; 0 if there is none. */
  double target(int threads) {
    return threads == SERIAL_THREADS ? target : targetOfTwo;
  }

  /** Returns whether memory has a bound. */
  public boolean isBounded() {
    return this == HIT || this == MISS || this == CHURN || this == LOAD;
  }

  /** Returns whether what a policy does shows in the rate. */
  boolean isByPolicy() {
    return isBounded() && this != LOAD;
  }

  /** Returns whether the cache stores by value. */
  boolean isByValue() {
    return this == POJO_GET || this == POJO_PUT || this == CYCLE_GET || this == STRING_GET;
  }

  long capacity() {
    return isBounded() ? CAPACITY : Long.MAX_VALUE;
  }

  /** Returns how many different keys are asked for. */
  int keys() {
    return this == HIT ? FEW : ENTRIES;
  }

  /** Returns whether it is done without javax.cache as well. */
  boolean hasLimit() {
    return switch (this) {
      case GET, PUT, MIXED, HIT, MISS, CHURN, INVOKE, CREATED, TOUCHED, ITERATE -> true;
      default -> false;
    };
  }

  /** Returns what is measured without javax.cache. */
  String[] limits(int threads) {
    boolean inOrder = this == MISS || this == CHURN;
    return inOrder && threads > SERIAL_THREADS
        ? new String[] {"CAFFEINE"}
        : new String[] {"MAP", "CAFFEINE"};
  }

  /** Returns who takes part. */
  List<Contender> contenders() {
    return Arrays.stream(Contender.values())
        .filter(
            each ->
                each.isOurs()
                    ? each == Contender.KLEPTO || isByPolicy()
                    : each != Contender.RI || !isBounded())
        .toList();
  }

  /** Returns the settings of the standard for values of a class. */
  @SuppressWarnings("unchecked") // the workloads know what their values are
  public MutableConfiguration<Integer, Object> standard(Class<?> valueType) {
    MutableConfiguration<Integer, Object> standard = new MutableConfiguration<>();
    standard.setTypes(Integer.class, (Class<Object>) valueType);
    standard.setStoreByValue(isByValue());
    switch (this) {
      case LOAD -> {
        standard.setReadThrough(true);
        standard.setCacheLoaderFactory(FactoryBuilder.factoryOf(Echo.class));
      }
      case CREATED ->
          standard.setExpiryPolicyFactory(
              CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 1)));
      case TOUCHED ->
          standard.setExpiryPolicyFactory(
              TouchedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 1)));
      case STATISTICS -> standard.setStatisticsEnabled(true);
      case LISTENER ->
          standard.addCacheEntryListenerConfiguration(
              new MutableCacheEntryListenerConfiguration<>(
                  FactoryBuilder.factoryOf(Ear.class), null, true, true));
      default -> {}
    }
    return standard;
  }

  /** Loads the key. */
  public static final class Echo implements CacheLoader<Integer, Object>, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public Object load(Integer key) {
      return key;
    }

    @Override
    public Map<Integer, Object> loadAll(Iterable<? extends Integer> keys) {
      throw new UnsupportedOperationException("no workload loads many");
    }
  }

  /** Hears of what is put. */
  public static final class Ear
      implements CacheEntryCreatedListener<Integer, Object>,
          CacheEntryUpdatedListener<Integer, Object>,
          Serializable {
    private static final long serialVersionUID = 1;

    /** The last value heard of, so that listening is not in vain. */
    static Object heard;

    @Override
    public void onCreated(
        Iterable<CacheEntryEvent<? extends Integer, ? extends Object>> cacheEntryEvents) {
      hear(cacheEntryEvents);
    }

    @Override
    public void onUpdated(
        Iterable<CacheEntryEvent<? extends Integer, ? extends Object>> cacheEntryEvents) {
      hear(cacheEntryEvents);
    }

    private static void hear(
        Iterable<CacheEntryEvent<? extends Integer, ? extends Object>> events) {
      for (CacheEntryEvent<?, ?> event : events) {
        heard = event.getValue();
      }
    }
  }
}
