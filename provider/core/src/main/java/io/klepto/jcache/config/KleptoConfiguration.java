package io.klepto.jcache.config;

import static java.util.Objects.requireNonNull;

import io.klepto.jcache.copy.Copier;
import io.klepto.keymap.KeyTransform;
import io.klepto.keymap.Keymap;
import io.klepto.keymap.Rounding;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * Everything that a cache is told when it is created: what JSR-107 has, and what is ours (eviction,
 * archive, failure).
 *
 * <p>Immutable; {@link #builder(Class, Class)} starts one, {@link #builder(Configuration)} starts
 * from any other. Serialisable if what it holds is.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class KleptoConfiguration<K, V> implements CompleteConfiguration<K, V> {
  private static final long serialVersionUID = 1L;

  private final MutableConfiguration<K, V> standard;
  private final EvictionSettings eviction;
  private final ArchiveSettings archive;
  private final ArchiveMode archiveMode;
  private final WriteBehind writeBehind;
  private final Sharing sharing;
  private final Failure failure;
  private final KeyTransform keyTransform;
  private final Factory<? extends Copier> copier;
  private final transient InstantSource clock;

  KleptoConfiguration(KleptoConfigurationBuilder<K, V> builder) {
    this.standard = new MutableConfiguration<>(builder.standard);
    this.eviction = builder.eviction();
    this.archive = builder.archive();
    this.archiveMode = builder.archiveMode;
    this.writeBehind = builder.writeBehind;
    this.sharing = builder.sharing;
    requirePurgeable();
    this.failure = builder.failure;
    this.keyTransform = builder.keyTransform();
    this.copier = builder.copier;
    this.clock = builder.clock;
  }

  private void requirePurgeable() {
    ArchiveMode mode = archiveMode().orElse(ArchiveMode.ON_EVICT);
    if (eviction.purge() && mode != ArchiveMode.ON_EVICT) {
      throw new IllegalArgumentException(
          "purge: expected archive mode ON_EVICT, which dumps when entries are evicted, found "
              + mode);
    }
  }

  /**
   * Starts a configuration.
   *
   * @param keyType the type of the keys, checked at each call; {@code Object} checks nothing
   * @param valueType the type of the values, checked likewise
   */
  public static <K, V> KleptoConfigurationBuilder<K, V> builder(
      Class<K> keyType, Class<V> valueType) {
    MutableConfiguration<K, V> standard = new MutableConfiguration<>();
    standard.setTypes(requireNonNull(keyType, "keyType"), requireNonNull(valueType, "valueType"));
    return new KleptoConfigurationBuilder<>(standard);
  }

  /** Starts from a copy of any JSR-107 configuration; from one of ours, with all that is ours. */
  public static <K, V> KleptoConfigurationBuilder<K, V> builder(Configuration<K, V> other) {
    if (other instanceof KleptoConfiguration<K, V> klepto) {
      KleptoConfigurationBuilder<K, V> builder =
          new KleptoConfigurationBuilder<>(klepto.standard)
              .eviction(klepto.eviction)
              .archive(klepto.archive)
              .writeBehind(klepto.writeBehind)
              .sharing(klepto.sharing)
              .mode(klepto.archiveMode)
              .failure(klepto.failure)
              .keyTransform(klepto.keyTransform)
              .clock(klepto.clock().orElse(null));
      if (klepto.copier != null) {
        builder.copier(klepto.copier);
      }
      return builder;
    }
    return new KleptoConfigurationBuilder<>(standardOf(other));
  }

  private static <K, V> MutableConfiguration<K, V> standardOf(Configuration<K, V> other) {
    if (other instanceof CompleteConfiguration<K, V> complete) {
      return new MutableConfiguration<>(complete);
    }
    MutableConfiguration<K, V> standard = new MutableConfiguration<>();
    standard.setTypes(other.getKeyType(), other.getValueType());
    standard.setStoreByValue(other.isStoreByValue());
    return standard;
  }

  /**
   * Returns this configuration with another one laid over it. Of the other, only what differs from
   * the default counts, since JSR-107's configurations don't tell what was said: types, loader,
   * writer, expiry, eviction, archive with its mode and the like each replace what is here;
   * listeners are added; statistics, management and store-by-reference are turned on, never off.
   *
   * @param other any JSR-107 configuration, or one of ours
   */
  public KleptoConfiguration<K, V> overlaidBy(Configuration<K, V> other) {
    return new Overlay<>(this).with(requireNonNull(other, "other"));
  }

  /** Returns how the cache is bounded. */
  public EvictionSettings eviction() {
    return eviction;
  }

  /** Returns the archive behind memory, if there is one. */
  public Optional<ArchiveSettings> archive() {
    return Optional.ofNullable(archive);
  }

  /**
   * Returns when memory's entries reach the archive; empty if neither an archive nor a mode was
   * set: such a cache never has an archive.
   */
  public Optional<ArchiveMode> archiveMode() {
    if (archiveMode == null && archive != null) {
      return Optional.of(ArchiveMode.WRITE_THROUGH);
    }
    return Optional.ofNullable(archiveMode);
  }

  /** Returns how {@link ArchiveMode#WRITE_BEHIND} writes; means nothing in other modes. */
  public WriteBehind writeBehind() {
    return writeBehind;
  }

  /** Returns how the archive is shared with other processes of the host. */
  public Sharing sharing() {
    return sharing;
  }

  /** Returns what happens when a key can't be encoded or the archive fails on a read. */
  public Failure failure() {
    return failure;
  }

  /** Returns what makes the key of an entry; empty unless set: the caller's key is. */
  public Optional<Keymap> keymap() {
    return keyTransform().map(KeyTransform::keymap);
  }

  /** Returns how numbers in keys are rounded; {@link Rounding#none} unless set. */
  public Rounding rounding() {
    return keyTransform().map(KeyTransform::rounding).orElse(Rounding.none());
  }

  /** Returns rounding and keymap together, if one of them is set. */
  public Optional<KeyTransform> keyTransform() {
    return Optional.ofNullable(keyTransform);
  }

  /** Returns what makes the copier of keys and values, if another than ours was set. */
  public Optional<Factory<? extends Copier>> copier() {
    return Optional.ofNullable(copier);
  }

  /** Returns the clock that expiry uses in place of the system's, if one was set. */
  public Optional<InstantSource> clock() {
    return Optional.ofNullable(clock);
  }

  @Override
  public Class<K> getKeyType() {
    return standard.getKeyType();
  }

  @Override
  public Class<V> getValueType() {
    return standard.getValueType();
  }

  @Override
  public boolean isStoreByValue() {
    return standard.isStoreByValue();
  }

  @Override
  public boolean isReadThrough() {
    return standard.isReadThrough();
  }

  @Override
  public boolean isWriteThrough() {
    return standard.isWriteThrough();
  }

  @Override
  public boolean isStatisticsEnabled() {
    return standard.isStatisticsEnabled();
  }

  @Override
  public boolean isManagementEnabled() {
    return standard.isManagementEnabled();
  }

  @Override
  public Iterable<CacheEntryListenerConfiguration<K, V>> getCacheEntryListenerConfigurations() {
    List<CacheEntryListenerConfiguration<K, V>> listeners = new ArrayList<>();
    for (CacheEntryListenerConfiguration<K, V> listener :
        standard.getCacheEntryListenerConfigurations()) {
      listeners.add(listener);
    }
    return Collections.unmodifiableList(listeners);
  }

  @Override
  public Factory<CacheLoader<K, V>> getCacheLoaderFactory() {
    return standard.getCacheLoaderFactory();
  }

  @Override
  public Factory<CacheWriter<? super K, ? super V>> getCacheWriterFactory() {
    return standard.getCacheWriterFactory();
  }

  @Override
  public Factory<ExpiryPolicy> getExpiryPolicyFactory() {
    return standard.getExpiryPolicyFactory();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KleptoConfiguration<?, ?> that
        && standard.equals(that.standard)
        && isManagementEnabled()
            == that.isManagementEnabled() // the standard's equals leaves it out
        && eviction.equals(that.eviction)
        && Objects.equals(archive, that.archive)
        && archiveMode == that.archiveMode
        && writeBehind.equals(that.writeBehind)
        && sharing.equals(that.sharing)
        && failure == that.failure
        && Objects.equals(keyTransform, that.keyTransform)
        && Objects.equals(copier, that.copier)
        && Objects.equals(clock, that.clock);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        standard, eviction, archive, archiveMode, writeBehind, failure, keyTransform);
  }

  @Override
  public String toString() {
    return "cache of "
        + getKeyType().getName()
        + " to "
        + getValueType().getName()
        + ", "
        + eviction
        + (archive == null ? ", no archive" : ", archive " + archive.location().getScheme() + ":…")
        + (keyTransform == null ? "" : ", keys by " + keyTransform);
  }
}
