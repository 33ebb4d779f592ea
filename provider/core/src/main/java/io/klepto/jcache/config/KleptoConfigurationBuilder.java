package io.klepto.jcache.config;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.store.Durability;
import io.klepto.jcache.copy.Copier;
import io.klepto.keymap.KeyTransform;
import io.klepto.keymap.Keymap;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Rounding;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * Builds a {@link KleptoConfiguration}. Each method returns the builder; {@link #build} copies, so
 * the builder may go on. Not thread-safe.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class KleptoConfigurationBuilder<K, V> {
  final MutableConfiguration<K, V> standard;
  Failure failure = Failure.THROW;
  InstantSource clock;
  ArchiveMode archiveMode;
  WriteBehind writeBehind = WriteBehind.builder().build();
  Sharing sharing = Sharing.none();
  Factory<? extends Copier> copier;
  private Keymap keymap;
  private Rounding rounding = Rounding.none();

  private EvictionPolicy policy;
  private Long maxEntries;
  private int batch = 1;
  private long seed;
  private boolean purge;

  private final ArchiveDraft archive = new ArchiveDraft();

  KleptoConfigurationBuilder(MutableConfiguration<K, V> standard) {
    this.standard = new MutableConfiguration<>(standard);
  }

  /** Sets which entry is evicted; {@link EvictionPolicy#LRU} if only a bound is set. */
  public KleptoConfigurationBuilder<K, V> policy(EvictionPolicy policy) {
    this.policy = requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Bounds the number of entries in memory. 0 keeps nothing there ({@link EvictionPolicy#NO});
   * unset, there is no bound ({@link EvictionPolicy#INF}).
   *
   * @throws IllegalArgumentException if negative
   */
  public KleptoConfigurationBuilder<K, V> maxEntries(long maxEntries) {
    if (maxEntries < 0) {
      throw new IllegalArgumentException(
          "maxEntries: expected at least 0 entries, found " + maxEntries);
    }
    this.maxEntries = maxEntries == EvictionSettings.UNBOUNDED ? null : maxEntries;
    return this;
  }

  /**
   * Sets how many entries each round of eviction takes out; 1 unless set.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public KleptoConfigurationBuilder<K, V> batch(int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch: expected at least 1 entry, found " + batch);
    }
    this.batch = batch;
    return this;
  }

  /**
   * Sets klepto's {@code purge}: instead of one entry, each eviction dumps all and empties memory.
   * Only with {@link ArchiveMode#ON_EVICT}; while no archive is attached, and without a bound, it
   * changes nothing. Off unless set.
   */
  public KleptoConfigurationBuilder<K, V> purge(boolean purge) {
    this.purge = purge;
    return this;
  }

  /** Sets where {@link EvictionPolicy#RR} starts its random numbers; 0 unless set. */
  public KleptoConfigurationBuilder<K, V> seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Puts an archive behind memory, as second tier: read on a miss, written before {@code put}
   * returns.
   *
   * @param location the container, for example {@code dir:/var/cache/results}; the cache owns the
   *     namespace of its name in it
   */
  public KleptoConfigurationBuilder<K, V> archive(URI location) {
    archive.location = requireNonNull(location, "location");
    return this;
  }

  /**
   * Puts a folder of files behind memory, as second tier: the {@code dir:} archive.
   *
   * @param folder the container; created if missing, parents included
   */
  public KleptoConfigurationBuilder<K, V> archive(Path folder) {
    return archive(URI.create("dir:" + folder.toUri().getRawPath()));
  }

  /**
   * Sets when entries reach the archive; {@link ArchiveMode#WRITE_THROUGH} unless set. Set without
   * an archive, the cache begins without one and can be given one later.
   */
  public KleptoConfigurationBuilder<K, V> archiveMode(ArchiveMode mode) {
    return mode(requireNonNull(mode, "mode"));
  }

  /** Sets {@link ArchiveMode#WRITE_BEHIND}, and how it writes. */
  public KleptoConfigurationBuilder<K, V> writeBehind(WriteBehind settings) {
    this.writeBehind = requireNonNull(settings, "settings");
    return mode(ArchiveMode.WRITE_BEHIND);
  }

  /** Sets the part of the archive's container that the cache owns; its own name unless set. */
  public KleptoConfigurationBuilder<K, V> archiveNamespace(String namespace) {
    if (namespace.isEmpty()) {
      throw new IllegalArgumentException(
          "archiveNamespace: expected a name, found the empty string");
    }
    archive.namespace = namespace;
    return this;
  }

  /** Sets the codec of the archive by name; {@code kryo} unless set. */
  public KleptoConfigurationBuilder<K, V> codec(String codec) {
    archive.codec = requireNonNull(codec, "codec");
    return this;
  }

  /** Sets what a write to the archive must have reached when the call returns. */
  public KleptoConfigurationBuilder<K, V> durability(Durability durability) {
    archive.durability = requireNonNull(durability, "durability");
    return this;
  }

  /**
   * Sets what only the back-end of the archive's location knows, such as {@code compression} of
   * {@code dir:} or {@code password} of {@code jdbc:}. A name that the back-end does not know is
   * refused when the cache is created; values stand in no message.
   *
   * @param name the name of the setting, not null
   * @param value its text, not null
   */
  public KleptoConfigurationBuilder<K, V> archiveSetting(String name, String value) {
    archive.settings.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
    return this;
  }

  /**
   * Allows the archive to decode a class by name, or with {@code some.package.*} a package and
   * those below it, beside the declared types, their packages and the JDK's value types.
   */
  public KleptoConfigurationBuilder<K, V> allow(String pattern) {
    archive.allowed.add(requireNonNull(pattern, "pattern"));
    return this;
  }

  /** Makes {@code destroyCache} destroy the cache's part of the archive too; off unless set. */
  public KleptoConfigurationBuilder<K, V> dropOnDestroy(boolean dropOnDestroy) {
    archive.dropOnDestroy = dropOnDestroy;
    return this;
  }

  /**
   * Takes the archive out, with all that was said of it. Its mode stays, so that the cache can be
   * given an archive later.
   */
  public KleptoConfigurationBuilder<K, V> withoutArchive() {
    if (archive.location != null && archiveMode == null) {
      archiveMode = ArchiveMode.WRITE_THROUGH;
    }
    archive.location = null;
    return this;
  }

  /**
   * Transforms each key into the one under which its entry lives, in memory and in the archive;
   * keys with the same one share an entry. The entry keeps the key that it was first put with:
   * iteration, events and entry processors show that. Loader and writer get the caller's.
   *
   * <p>Costs a read of the archive at a put of what memory does not have, to find that key.
   *
   * @param keymap gets each key as a call with one argument
   */
  public KleptoConfigurationBuilder<K, V> keymap(Keymap keymap) {
    this.keymap = requireNonNull(keymap, "keymap");
    return this;
  }

  /**
   * Rounds the numbers in each key before its entry is looked for, so that keys that differ by less
   * share an entry; see {@link #keymap}, which is {@link Keymaps#raw} unless set.
   */
  public KleptoConfigurationBuilder<K, V> rounding(Rounding rounding) {
    this.rounding = requireNonNull(rounding, "rounding");
    return this;
  }

  /** Sets how the archive is shared with other processes of the host; not at all unless set. */
  public KleptoConfigurationBuilder<K, V> sharing(Sharing sharing) {
    this.sharing = requireNonNull(sharing, "sharing");
    return this;
  }

  /** Sets what happens when a key can't be encoded or the archive fails on a read. */
  public KleptoConfigurationBuilder<K, V> failure(Failure failure) {
    this.failure = requireNonNull(failure, "failure");
    return this;
  }

  /** Sets the clock that expiry uses, for tests; null for the system's. */
  public KleptoConfigurationBuilder<K, V> clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /** Sets whether memory holds copies (JSR-107's default) or the caller's own objects. */
  public KleptoConfigurationBuilder<K, V> storeByValue(boolean storeByValue) {
    standard.setStoreByValue(storeByValue);
    return this;
  }

  /** Reads through a loader: what is neither in memory nor in the archive is loaded. */
  public KleptoConfigurationBuilder<K, V> loader(
      Factory<? extends CacheLoader<K, V>> loaderFactory) {
    standard.setCacheLoaderFactory(requireNonNull(loaderFactory, "loaderFactory"));
    standard.setReadThrough(true);
    return this;
  }

  /**
   * Remembers a function: what is neither in memory nor in the archive is computed.
   *
   * @param function what computes the value of a key; null from it means that there is none
   */
  public KleptoConfigurationBuilder<K, V> loading(Function<? super K, ? extends V> function) {
    requireNonNull(function, "function");
    return loader(() -> new FunctionLoader<>(function));
  }

  /** Writes through a writer, before memory and archive. */
  public KleptoConfigurationBuilder<K, V> writer(
      Factory<? extends CacheWriter<? super K, ? super V>> writerFactory) {
    standard.setCacheWriterFactory(requireNonNull(writerFactory, "writerFactory"));
    standard.setWriteThrough(true);
    return this;
  }

  /** Sets when entries expire; never, unless set. */
  public KleptoConfigurationBuilder<K, V> expiry(Factory<? extends ExpiryPolicy> policyFactory) {
    standard.setExpiryPolicyFactory(requireNonNull(policyFactory, "policyFactory"));
    return this;
  }

  /** Adds a listener. */
  public KleptoConfigurationBuilder<K, V> listener(
      CacheEntryListenerConfiguration<K, V> listenerConfiguration) {
    standard.addCacheEntryListenerConfiguration(
        requireNonNull(listenerConfiguration, "listenerConfiguration"));
    return this;
  }

  /** Removes a listener; does nothing if there is no such one. */
  public KleptoConfigurationBuilder<K, V> withoutListener(
      CacheEntryListenerConfiguration<K, V> listenerConfiguration) {
    standard.removeCacheEntryListenerConfiguration(listenerConfiguration);
    return this;
  }

  /** Sets whether the cache counts; off unless set. */
  public KleptoConfigurationBuilder<K, V> statistics(boolean enabled) {
    standard.setStatisticsEnabled(enabled);
    return this;
  }

  /** Sets whether the cache's configuration is an MXBean; off unless set. */
  public KleptoConfigurationBuilder<K, V> management(boolean enabled) {
    standard.setManagementEnabled(enabled);
    return this;
  }

  /**
   * Returns the configuration.
   *
   * @throws IllegalArgumentException if policy and bound contradict each other, or purge and mode
   */
  public KleptoConfiguration<K, V> build() {
    return new KleptoConfiguration<>(this);
  }

  /**
   * Copies keys and values, where they are stored by value, in another way than by their fields.
   *
   * @param copierFactory makes the copier when the cache is created
   */
  public KleptoConfigurationBuilder<K, V> copier(Factory<? extends Copier> copierFactory) {
    this.copier = requireNonNull(copierFactory, "copierFactory");
    return this;
  }

  /** Sets whether a miss asks the loader; on with {@link #loader}, unless set after it. */
  public KleptoConfigurationBuilder<K, V> readThrough(boolean readThrough) {
    standard.setReadThrough(readThrough);
    return this;
  }

  /** Sets whether changes go to the writer; on with {@link #writer}, unless set after it. */
  public KleptoConfigurationBuilder<K, V> writeThrough(boolean writeThrough) {
    standard.setWriteThrough(writeThrough);
    return this;
  }

  KeyTransform keyTransform() {
    return keymap == null && rounding.isNone()
        ? null
        : new KeyTransform(keymap == null ? Keymaps.raw() : keymap, rounding);
  }

  KleptoConfigurationBuilder<K, V> keyTransform(KeyTransform transformOrNull) {
    if (transformOrNull != null) {
      this.keymap = transformOrNull.keymap();
      this.rounding = transformOrNull.rounding();
    }
    return this;
  }

  EvictionSettings eviction() {
    return EvictionSettings.of(policy, maxEntries, batch, seed).withPurge(purge);
  }

  ArchiveSettings archive() {
    return archive.build();
  }

  KleptoConfigurationBuilder<K, V> eviction(EvictionSettings settings) {
    this.policy = settings.isBounded() ? settings.policy() : null; // else the bound says it all
    this.maxEntries =
        settings.maxEntries() == EvictionSettings.UNBOUNDED ? null : (Long) settings.maxEntries();
    this.batch = settings.batch();
    this.seed = settings.seed();
    this.purge = settings.purge();
    return this;
  }

  KleptoConfigurationBuilder<K, V> mode(ArchiveMode modeOrNull) {
    this.archiveMode = modeOrNull;
    return this;
  }

  KleptoConfigurationBuilder<K, V> archive(ArchiveSettings settingsOrNull) {
    if (settingsOrNull != null) {
      archive.become(settingsOrNull);
    }
    return this;
  }
}
