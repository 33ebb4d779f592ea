package io.klepto.jcache;

import io.klepto.archive.Archives;
import io.klepto.jcache.coherence.Coherent;
import io.klepto.jcache.coherence.HostLocks;
import io.klepto.jcache.coherence.Requirements;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.Coherence;
import io.klepto.jcache.config.ComputeOnce;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.Sharing;
import io.klepto.jcache.copy.Copier;
import io.klepto.jcache.copy.Copiers;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.event.EventDispatcher;
import io.klepto.jcache.expiry.CacheClock;
import io.klepto.jcache.expiry.ExpiryRules;
import io.klepto.jcache.jfr.RecordedEvictions;
import io.klepto.jcache.store.Keys;
import io.klepto.jcache.store.MemoryTier;
import io.klepto.jcache.through.SecondTier;
import io.klepto.jcache.through.UserLoader;
import io.klepto.jcache.through.UserWriter;
import io.klepto.jcache.through.WriteBehindParts;
import io.klepto.keymap.CanonicalEncoder;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * Assembles the parts of a cache from its configuration, one method for each part. What can fail
 * comes before the archive is opened, which is last.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class TiersBuilder<K, V> {
  private final String name;
  private final KleptoConfiguration<K, V> configuration;
  private final ClassLoader classLoader;
  private final BackgroundTasks background;

  final Counting statistics = new Counting();
  final EventDispatcher<K, V> events;
  ExpiryRules expiry;
  Object expiryPolicy;
  CacheClock clock;
  UserLoader<K, V> loader;
  boolean readThrough;
  UserWriter<K, V> writer;
  SecondTier<K, V> archive;
  Coherent<K, V> coherent;
  HostLocks<K> changing;
  HostLocks<K> computing;
  Keys<K> keys;
  Copier values;
  MemoryTier memory;
  boolean timed;

  /** klepto's verbs; null if the cache never has an archive. */
  Dumps<K, V> dumps;

  TiersBuilder(
      String name,
      KleptoConfiguration<K, V> configuration,
      ClassLoader classLoader,
      EventDispatcher<K, V> events,
      BackgroundTasks background) {
    this.name = name;
    this.background = background;
    this.configuration = configuration;
    this.classLoader = classLoader;
    this.events = events;
  }

  Tiers<K, V> build() {
    buildExpiry();
    buildLoader();
    buildWriter();
    registerListeners();
    buildArchive();
    buildCopies();
    buildMemory();
    statistics.enable(configuration.isStatisticsEnabled());
    Tiers<K, V> tiers = new Tiers<>(this);
    if (archive != null) {
      dumps = new Dumps<>(name, tiers, configuration.eviction().maxEntries());
    }
    return tiers;
  }

  private void buildExpiry() {
    ExpiryPolicy policy = configuration.getExpiryPolicyFactory().create();
    expiryPolicy = policy;
    expiry = ExpiryRules.of(policy);
    clock =
        configuration.clock().isPresent()
            ? CacheClock.of(configuration.clock().get())
            : CacheClock.system();
  }

  private void buildLoader() {
    Factory<CacheLoader<K, V>> factory = configuration.getCacheLoaderFactory();
    if (factory != null) {
      loader = new UserLoader<>(factory.create());
      readThrough = configuration.isReadThrough();
    }
  }

  private void buildWriter() {
    Factory<CacheWriter<? super K, ? super V>> factory = configuration.getCacheWriterFactory();
    if (factory != null && configuration.isWriteThrough()) {
      writer = new UserWriter<>(factory.create());
    }
  }

  private void registerListeners() {
    for (CacheEntryListenerConfiguration<K, V> listener :
        configuration.getCacheEntryListenerConfigurations()) {
      events.register(listener);
    }
  }

  private void buildArchive() {
    Requirements.check(name, configuration.sharing(), configuration.archiveMode());
    if (configuration.archiveMode().isPresent()) {
      ArchiveMode mode = configuration.archiveMode().get();
      archive =
          new SecondTier<>(
              name, mode, mode == ArchiveMode.WRITE_BEHIND ? writeBehind() : null, statistics);
      configuration
          .archive()
          .ifPresent(
              settings ->
                  archive.attach(
                      Archives.open(
                          settings.location(),
                          settings.opening(name, configuration, classLoader).build())));
    }
    timed = archive != null || !expiry.isEternal();
    buildSharing(configuration.sharing());
  }

  private void buildSharing(Sharing sharing) {
    if (!sharing.isNone() && archive.archive() != null) {
      Requirements.check(name, sharing, archive.archive());
    }
    if (sharing.coherence() == Coherence.STAMPS) {
      coherent = new Coherent<>(archive::archive, configuration.eviction().maxEntries());
      changing = HostLocks.toChange(archive::archive, sharing.changeWait());
    }
    if (sharing.computeOnce() == ComputeOnce.HOST) {
      computing = HostLocks.toCompute(archive::archive, sharing.computeWait());
    }
  }

  private WriteBehindParts<K> writeBehind() {
    return new WriteBehindParts<>(
        configuration.writeBehind(), background::write, clock::wallMillis, key -> keys.copyOf(key));
  }

  private void buildCopies() {
    Copier keyCopier;
    if (!configuration.isStoreByValue()) {
      keyCopier = Copiers.identity();
      values = keyCopier;
    } else if (configuration.copier().isPresent()) {
      keyCopier = configuration.copier().get().create();
      values = keyCopier;
    } else {
      keyCopier = Copiers.forType(configuration.getKeyType(), classLoader);
      values = Copiers.forType(configuration.getValueType(), classLoader);
    }
    keys = keys(keyCopier, archive == null ? null : CanonicalEncoder.standard());
  }

  private Keys<K> keys(Copier copier, CanonicalEncoder encoderOrNull) {
    if (configuration.keyTransform().isPresent()) {
      return Keys.transformed(copier, configuration.keyTransform().get(), encoderOrNull);
    }
    return encoderOrNull == null
        ? Keys.byEquals(copier)
        : Keys.byCanonicalBytes(copier, encoderOrNull);
  }

  private void buildMemory() {
    memory =
        new MemoryTier(
            keys,
            configuration.eviction(),
            timed,
            /* archived= */ archive != null,
            new RecordedEvictions(name, configuration.eviction().policy()),
            new Departures());
  }

  private final class Departures implements MemoryTier.Leaving {
    @Override
    public void beforeEviction(Node node) {
      if (dumps != null && !archive.isManual()) {
        dumps.dump(node);
      }
      statistics.evicted();
    }

    @Override
    public boolean mayPurge() {
      return archive != null && archive.archive() != null;
    }
  }
}
