package io.klepto.jcache;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.store.StoreSettings;
import io.klepto.jcache.config.ArchiveSettings;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.through.SecondTier;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * klepto's verbs on a cache that may have an archive. Here arguments are checked, and whether the
 * cache is open; the work is done by {@link Dumps} and {@link SecondTier}.
 *
 * <p>Any number of threads may call.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
abstract class ArchivedCache<K, V> implements KleptoCache<K, V> {
  /** Returns what changes in the life of the cache. */
  abstract CacheLifecycle<K, V> lifecycle();

  /** Returns the check of arguments. */
  abstract Arguments<K, V> arguments();

  /** Refuses a cache that is closed. */
  abstract void checkOpen();

  @Override
  public Optional<Archive<K, V>> archive() {
    checkOpen();
    return Optional.ofNullable(lifecycle().tiers().place).map(SecondTier::archive);
  }

  @Override
  public void archive(Archive<K, V> archive) {
    requireNonNull(archive, "archive");
    lifecycle().requireFitting(archive);
    lifecycle().archivable().attach(archive);
  }

  @Override
  public void open(URI location) {
    requireNonNull(location, "location");
    KleptoConfiguration<K, V> cache = lifecycle().configuration();
    ArchiveSettings settings = cache.archive().orElseGet(() -> plainSettings(location));
    open(location, settings.opening(getName(), cache, getCacheManager().getClassLoader()).build());
  }

  private static ArchiveSettings plainSettings(URI location) {
    return new ArchiveSettings(
        location, null, "kryo", null, StoreSettings.of(Map.of()), List.of(), false);
  }

  @Override
  public void open(URI location, ArchiveConfiguration<K, V> configuration) {
    requireNonNull(location, "location");
    requireNonNull(configuration, "configuration");
    SecondTier<K, V> place = lifecycle().archivable();
    Archive<K, V> opened = Archives.open(location, configuration);
    Archive<K, V> former;
    try {
      lifecycle().requireFitting(opened);
      former = place.attach(opened);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
    if (former != null) {
      former.close();
    }
  }

  @Override
  public boolean archived() {
    return archive().isPresent();
  }

  @Override
  public void archived(boolean on) {
    if (on) {
      lifecycle().archivable().reattach();
    } else if (archived()) {
      lifecycle().archivable().detach();
    }
  }

  @Override
  public void load(ProgressListener listener) {
    requireNonNull(listener, "listener");
    ifArchived(dumps -> dumps.load(listener));
  }

  @Override
  public void load(Set<? extends K> keys) {
    arguments().checkKeys(keys);
    ifArchived(dumps -> dumps.load(keys, ProgressListener.NONE));
  }

  @Override
  public void dump(ProgressListener listener) {
    requireNonNull(listener, "listener");
    ifArchived(dumps -> dumps.dump(listener));
  }

  @Override
  public void dump(Set<? extends K> keys) {
    arguments().checkKeys(keys);
    ifArchived(dumps -> dumps.dump(keys, ProgressListener.NONE));
  }

  @Override
  public void sync(boolean clearArchiveFirst, ProgressListener listener) {
    requireNonNull(listener, "listener");
    ifArchived(dumps -> dumps.sync(clearArchiveFirst, listener));
  }

  @Override
  public void drop() {
    lifecycle().archivable().drop();
  }

  private void ifArchived(Consumer<Dumps<K, V>> verb) {
    if (archived()) {
      verb.accept(lifecycle().dumps());
    }
  }

  @Override
  public Object key(K key) {
    checkOpen();
    arguments().checkKey(key);
    return lifecycle().tiers().keys.transformed(key);
  }
}
