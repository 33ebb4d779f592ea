package io.klepto.jcache;

import io.klepto.archive.Archive;
import io.klepto.jcache.coherence.Requirements;
import io.klepto.jcache.config.ArchiveSettings;
import io.klepto.jcache.config.EvictionSettings;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.entry.NodeTable;
import io.klepto.jcache.event.EventDispatcher;
import io.klepto.jcache.management.CacheConfigurationBean;
import io.klepto.jcache.management.CacheStatistics;
import io.klepto.jcache.management.CacheStatisticsBean;
import io.klepto.jcache.management.ManagementRegistrar;
import io.klepto.jcache.through.SecondTier;
import io.klepto.keymap.KeyTransform;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListener;

/**
 * What changes in the life of a cache: its listeners, its switches for statistics and management,
 * and its end.
 *
 * <p>The monitor of this object guards the configuration's changes and the end; operations on
 * entries never take it.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class CacheLifecycle<K, V> {
  private final TieredCache<K, V> cache;
  private final EventDispatcher<K, V> events;
  private final Tiers<K, V> tiers;
  private final Dumps<K, V> dumps;
  private final CloseableParts parts;
  private final BackgroundTasks background;
  private ManagementRegistrar management;
  private volatile KleptoConfiguration<K, V> configuration;
  private volatile boolean closed;

  /** See {@link #plainHits}. */
  private volatile NodeTable plainHits;

  CacheLifecycle(
      TieredCache<K, V> cache, KleptoConfiguration<K, V> configuration, ClassLoader classLoader) {
    this.cache = cache;
    this.configuration = configuration;
    this.background = new BackgroundTasks(cache.getName(), classLoader);
    this.events = new EventDispatcher<>(cache, background);
    TiersBuilder<K, V> builder =
        new TiersBuilder<>(cache.getName(), configuration, classLoader, events, background);
    this.parts = new CloseableParts(builder);
    this.tiers = assemble(builder);
    this.dumps = builder.dumps;
    this.plainHits = tiers.hitsArePlain() ? tiers.memory.table() : null;
  }

  private Tiers<K, V> assemble(TiersBuilder<K, V> builder) {
    try {
      return builder.build();
    } catch (Throwable e) {
      events.close();
      parts.closeAfter(e);
      closeArchiveAfter(e, builder);
      throw e;
    }
  }

  private static void closeArchiveAfter(Throwable cause, TiersBuilder<?, ?> builder) {
    try {
      if (builder.archive != null) {
        builder.archive.close();
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  Tiers<K, V> tiers() {
    return tiers;
  }

  /** Returns klepto's verbs, or null if the cache never has an archive. */
  Dumps<K, V> dumps() {
    return dumps;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Returns the table of memory while the cache is open, and its hits are {@linkplain
   * Tiers#hitsArePlain plain}; otherwise null.
   */
  NodeTable plainHits() {
    return plainHits;
  }

  KleptoConfiguration<K, V> configuration() {
    return configuration;
  }

  /** Returns the configuration as one of the types that it can be given as. */
  <C extends Configuration<K, V>> C configurationAs(Class<C> type) {
    if (type.isInstance(configuration)) {
      return type.cast(configuration);
    }
    if (type.isAssignableFrom(MutableConfiguration.class)) {
      return type.cast(new MutableConfiguration<>(configuration));
    }
    throw new IllegalArgumentException(
        cache
            + ": the configuration can't be given as "
            + type.getName()
            + ", only as KleptoConfiguration, CompleteConfiguration or Configuration");
  }

  synchronized void register(CacheEntryListenerConfiguration<K, V> listener) {
    events.register(listener);
    change(builder -> builder.listener(listener));
  }

  synchronized void deregister(CacheEntryListenerConfiguration<K, V> listener) {
    events.deregister(listener);
    change(builder -> builder.withoutListener(listener));
  }

  synchronized void enableStatistics(boolean enabled) {
    checkOpen();
    change(builder -> builder.statistics(enabled));
    tiers.statistics.enable(enabled);
    if (enabled) {
      management().registerStatistics(new CacheStatisticsBean(tiers.statistics.statistics()));
      if (tiers.place != null || configuration.failure() == Failure.BYPASS) {
        management().registerArchive(new ArchiveBean(tiers.statistics.statistics(), tiers.place));
      }
    } else if (management != null) {
      management.unregisterStatistics();
      management.unregisterArchive();
    }
  }

  synchronized void enableManagement(boolean enabled) {
    checkOpen();
    change(builder -> builder.management(enabled));
    if (enabled) {
      management().registerConfiguration(new CacheConfigurationBean(() -> configuration));
    } else if (management != null) {
      management.unregisterConfiguration();
    }
  }

  /** A bean that is registered after the end would stay for ever. */
  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(cache + " is closed");
    }
  }

  /** Registers the beans that the configuration asks for; nothing of JMX is touched otherwise. */
  void start() {
    if (tiers.place != null && tiers.place.isDumpedAtExit()) {
      ShutdownDumps.join(this);
    }
    if (configuration.isStatisticsEnabled()) {
      enableStatistics(true);
    }
    if (configuration.isManagementEnabled()) {
      enableManagement(true);
    }
  }

  private ManagementRegistrar management() {
    if (management == null) {
      management = new ManagementRegistrar(cache.getCacheManager().getURI(), cache.getName());
    }
    return management;
  }

  private void change(UnaryOperator<KleptoConfigurationBuilder<K, V>> step) {
    configuration = step.apply(KleptoConfiguration.builder(configuration)).build();
  }

  /** Returns the place of the archive, in a cache that is open and has one. */
  SecondTier<K, V> archivable() {
    if (closed) {
      throw new IllegalStateException(cache + " is closed");
    }
    if (tiers.place == null) {
      throw new IllegalStateException(
          cache + " has no place for an archive: configure one, or an archive mode");
    }
    return tiers.place;
  }

  /** Refuses an archive in which keys are transformed in another way than here. */
  void requireFitting(Archive<K, V> archive) {
    String expected = nameOf(configuration.keyTransform());
    String found = nameOf(archive.keyTransform());
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "%s: expected an archive whose keys are %s, found one whose keys are %s; open it with the key transform of the cache"
              .formatted(cache, expected, found));
    }
    Requirements.check(cache.getName(), configuration.sharing(), archive);
  }

  private static String nameOf(Optional<KeyTransform> transform) {
    return transform.map(each -> "by " + each).orElse("as they are");
  }

  CacheInfo info() {
    CacheStatistics counters = tiers.statistics.statistics();
    EvictionSettings eviction = configuration.eviction();
    return new CacheInfo(
        counters.hitCount() - counters.loadCount(),
        counters.missCount(),
        counters.loadCount(),
        eviction.maxEntries(),
        tiers.memory.size(),
        counters.bypassCount());
  }

  /**
   * Empties memory and archive.
   *
   * <p>Loads that began before install nothing: each is superseded under the lock of its key,
   * before anything is emptied, so that none is in the midst of installing. Memory is emptied
   * before the archive, so that nothing old is dumped into it afterwards, and once more behind it,
   * for what came from the archive in between. A put that runs at the same time comes before or
   * after: if after, memory or archive still has it.
   */
  void clear() {
    for (Object key : tiers.flights.keys()) {
      Node node = tiers.lock(key);
      Object before = node.value();
      tiers.flights.supersede(key);
      tiers.memory.release(node, before);
    }
    tiers.memory.clear();
    if (tiers.archive != null) {
      tiers.archive.clear();
      tiers.flights.supersedeAll();
      tiers.memory.clear();
    }
  }

  void inBackground(Runnable task, CompletionListener listener) {
    background.run(task, listener);
  }

  /**
   * Ends the cache: whatever is closeable is closed, what the archive does not have yet is dumped,
   * the archive is closed and keeps its entries, memory is let go. A second call does nothing.
   *
   * @param destroy whether the cache is destroyed: nothing is dumped then, and if the configuration
   *     says so, the cache's part of the archive is destroyed too
   */
  synchronized void end(boolean destroy) {
    if (closed) {
      return;
    }
    plainHits = null;
    closed = true;
    tiers.memory.close();
    CacheException failure = new CacheException(cache + " could not close all its parts");
    step(failure, events::close);
    step(failure, parts::close);
    if (management != null) {
      step(failure, management::unregisterStatistics);
      step(failure, management::unregisterArchive);
      step(failure, management::unregisterConfiguration);
    }
    if (tiers.place != null) {
      ShutdownDumps.leave(this);
      step(failure, () -> endArchive(destroy));
    }
    tiers.memory.letGo();
    Throwable[] failures = failure.getSuppressed();
    if (failures.length == 1 && failures[0] instanceof UnwrittenException unwritten) {
      throw unwritten;
    } else if (failures.length > 0) {
      throw failure;
    }
  }

  private void endArchive(boolean destroy) {
    boolean drop = configuration.archive().map(ArchiveSettings::dropOnDestroy).orElse(false);
    if (destroy && drop && tiers.place.archive() != null) {
      tiers.place.drop();
      return;
    }
    FirstFailure failure = new FirstFailure();
    failure.attempt(tiers.memory::awaitUsers);
    if (!destroy && !tiers.place.isManual()) {
      failure.attempt(dumps::dumpAll);
    }
    Map<K, V> unwritten = tiers.place.endQueueing();
    failure.attempt(tiers.place::close);
    if (!unwritten.isEmpty()) {
      failure.add(new UnwrittenException(cache + " is closed", unwritten));
    }
    failure.throwIfAny();
  }

  /** Dumps what the archive has not, as the JVM ends; the cache stays open. */
  synchronized void dumpAtExit() {
    if (!closed) {
      new ExitDump<>(tiers, dumps).run();
      Map<K, V> unwritten = tiers.place.endQueueing();
      if (!unwritten.isEmpty()) {
        throw new UnwrittenException(cache + " was dumped as the JVM ends", unwritten);
      }
    }
  }

  @Override
  public String toString() {
    return cache.toString();
  }

  private static void step(CacheException failure, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
