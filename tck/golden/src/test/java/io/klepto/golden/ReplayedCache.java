package io.klepto.golden;

import static java.util.stream.Collectors.toCollection;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.Archives;
import io.klepto.jcache.CacheInfo;
import io.klepto.jcache.CacheMemory;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.eviction.ForcedVictim;
import io.klepto.jcache.store.MemoryTier;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoaderException;

/** The cache under test, a read-through cache over the recorded function. */
final class ReplayedCache extends Performer implements AutoCloseable {
  private final Cache<Integer, Integer> cache;
  private final KleptoCache<Integer, Integer> verbs;
  private final MemoryTier memory;
  private final ForcedVictim forcedVictim;
  private final AtomicInteger evaluations = new AtomicInteger();
  private final String container;
  private final Map<String, Archive<Integer, Integer>> archives = new HashMap<>();
  private Integer choice;

  /**
   * Creates the cache of a scenario.
   *
   * @throws IllegalArgumentException if there is no such cache
   */
  ReplayedCache(Scenario scenario, Shape shape, CacheManager manager) {
    RecordedFunction function = RecordedFunction.named(scenario.function());
    KleptoConfigurationBuilder<Integer, Integer> builder =
        KleptoConfiguration.builder(Integer.class, Integer.class)
            .statistics(true)
            .failure(scenario.isSafe() ? Failure.BYPASS : Failure.THROW)
            .loading(x -> function.of(x, evaluations.incrementAndGet()));
    bound(builder, scenario);
    shape.configure(builder);
    if (scenario.usesArchives()) {
      builder.archiveMode(ArchiveMode.ON_EVICT).purge(scenario.purge());
    }
    this.container = "dict:" + scenario.id() + "-";
    this.cache = manager.createCache(scenario.id(), builder.build());
    @SuppressWarnings("unchecked") // of a cache with these types
    KleptoCache<Integer, Integer> unwrapped = cache.unwrap(KleptoCache.class);
    this.verbs = unwrapped;
    this.memory = CacheMemory.of(verbs);
    boolean draws = scenario.policy().equals("rr") && isBounded(scenario);
    this.forcedVictim = draws ? new ForcedVictim(memory, size -> Draw.place(choice, size)) : null;
  }

  /** Asks for the bound as klepto's user did; its inf and no pay no attention to it. */
  private static void bound(
      KleptoConfigurationBuilder<Integer, Integer> builder, Scenario scenario) {
    builder.policy(EvictionPolicy.valueOf(scenario.policy().toUpperCase(Locale.ROOT)));
    boolean heeded = !scenario.policy().equals("inf") && !scenario.policy().equals("no");
    if (heeded && scenario.maxEntries() != null) {
      builder.maxEntries(scenario.maxEntries()).batch(scenario.batch());
    }
  }

  private static boolean isBounded(Scenario scenario) {
    return scenario.bound() > 0 && scenario.bound() < Long.MAX_VALUE;
  }

  @Override
  Map<Integer, Integer> archivedValues() {
    return verbs.archive().<Map<Integer, Integer>>map(Archive::asMap).orElse(Map.of());
  }

  @Override
  Map<Integer, Integer> residentValues() {
    Map<Integer, Integer> values = new HashMap<>();
    CacheMemory.entries(memory)
        .forEach(node -> values.put((Integer) node.key(), verbs.lookup((Integer) node.key())));
    return values;
  }

  @Override
  void prepare(Operation operation) {
    choice = operation.choice();
  }

  @Override
  int evaluations() {
    return evaluations.get();
  }

  @Override
  Effect effect(Object answer, int evaluationsNow) {
    if (forcedVictim != null) {
      forcedVictim.catchUp();
    }
    CacheInfo info = verbs.info();
    NavigableSet<Integer> resident =
        CacheMemory.entries(memory).stream()
            .map(node -> (Integer) node.key())
            .collect(toCollection(TreeSet::new));
    return new Effect(
        answer,
        evaluationsNow,
        info.hits(),
        info.misses(),
        info.loads(),
        info.maxEntries(),
        info.size(),
        resident,
        new TreeSet<>(verbs.archive().map(Archive::keys).orElse(Set.of())));
  }

  @Override
  int call(int x) {
    try {
      return cache.get(x);
    } catch (CacheLoaderException e) {
      if (e.getCause() instanceof RecordedFunction.Boom) {
        throw new Raised(Failed.BOOM, e);
      }
      throw e;
    }
  }

  @Override
  int lookup(int x) {
    Integer value = verbs.lookup(x);
    if (value == null) {
      throw new Raised(Failed.KEY_ERROR, null);
    }
    return value;
  }

  /** Does nothing: the caller's key is the key. */
  @Override
  void key(int x) {}

  @Override
  void load(Set<Integer> keys) {
    if (keys.isEmpty()) {
      verbs.load();
    } else {
      verbs.load(keys);
    }
  }

  @Override
  void dump(Set<Integer> keys) {
    if (keys.isEmpty()) {
      verbs.dump();
    } else {
      verbs.dump(keys);
    }
  }

  @Override
  void clear(boolean keepStatistics) {
    verbs.evictAll(keepStatistics);
  }

  @Override
  boolean isArchived() {
    return verbs.archived();
  }

  @Override
  void archived(boolean on) {
    try {
      verbs.archived(on);
    } catch (IllegalStateException e) {
      throw new Raised(Failed.VALUE_ERROR, e);
    }
  }

  @Override
  void attach(String name) {
    verbs.archive(archive(name));
  }

  @Override
  void sync(boolean clear) {
    verbs.sync(clear);
  }

  @Override
  void drop() {
    Archive<Integer, Integer> attached = verbs.archive().orElse(null);
    try {
      verbs.drop();
    } catch (IllegalStateException e) {
      throw new Raised(Failed.VALUE_ERROR, e);
    }
    archives.values().remove(attached);
  }

  @Override
  void putBehind(String name, int x, int value) {
    archive(name).put(x, value);
  }

  @Override
  void put(int x, int value) {
    cache.put(x, value);
  }

  @Override
  void remove(int x) {
    cache.remove(x);
  }

  /** Returns the keys that an archive would hand out to a load, in its order. */
  List<Integer> loadOrder(String name, Set<Integer> wanted) {
    if (!wanted.isEmpty()) {
      return List.copyOf(archive(name).entries(wanted).keySet());
    }
    List<Integer> keys = new ArrayList<>();
    try (ArchiveCursor<Integer, Integer> cursor = archive(name).cursor()) {
      for (ArchiveEntry<Integer, Integer> entry = cursor.next();
          entry != null;
          entry = cursor.next()) {
        keys.add(entry.key());
      }
    }
    return keys;
  }

  private Archive<Integer, Integer> archive(String name) {
    return archives.computeIfAbsent(name, this::open);
  }

  private Archive<Integer, Integer> open(String name) {
    return Archives.open(
        URI.create(container + name),
        ArchiveConfiguration.builder(Integer.class, Integer.class).build());
  }

  /** Closes the cache and destroys its archives. */
  @Override
  public void close() {
    if (verbs.archive().isPresent()) {
      verbs.archived(false);
    }
    archives.values().forEach(Archive::drop);
    cache.close();
  }
}
