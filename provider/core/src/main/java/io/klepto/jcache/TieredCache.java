package io.klepto.jcache;

import static java.util.Objects.requireNonNull;

import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.entry.NodeTable;
import io.klepto.jcache.store.Hits;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;

/**
 * A cache: the surface of JSR-107 over its {@link Tiers}. Here arguments are checked, and whether
 * the cache is open; what an operation does stands in {@link Operations}, {@link BulkReads}, {@link
 * BulkChanges} and {@link Processors}.
 *
 * <p>Any number of threads may call. {@link CacheLifecycle} holds what can change.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
class TieredCache<K, V> extends ArchivedCache<K, V> {
  private final String name;
  private final KleptoCacheManager manager;
  private final Arguments<K, V> checks;
  private final Tiers<K, V> tiers;
  private final Reads<K, V> reads;
  private final Operations<K, V> operations;
  private final BulkReads<K, V> bulkReads;
  private final BulkChanges<K, V> bulkChanges;
  private final Processors<K, V> processors;
  private final CacheLifecycle<K, V> lifecycle;

  TieredCache(
      String name,
      KleptoCacheManager manager,
      KleptoConfiguration<K, V> configuration,
      ClassLoader classLoader) {
    this.name = name;
    this.manager = manager;
    this.checks = new Arguments<>(name, configuration.getKeyType(), configuration.getValueType());
    this.lifecycle = new CacheLifecycle<>(this, configuration, classLoader);
    this.tiers = lifecycle.tiers();
    Changes<K, V> changes = new Changes<>(tiers);
    this.reads = new Reads<>(tiers, changes);
    this.operations = new Operations<>(tiers, reads, changes);
    this.bulkReads = new BulkReads<>(tiers, reads, changes);
    this.bulkChanges = new BulkChanges<>(tiers, changes);
    this.processors = new Processors<>(tiers, reads, changes, configuration.getValueType());
  }

  /**
   * A plain hit takes few steps. Whatever is found for a key of a wrong type is of another class.
   */
  @Override
  @SuppressWarnings("unchecked")
  public V get(K key) {
    NodeTable table = lifecycle.plainHits();
    if (table == null || key == null) {
      return getWithChecks(key);
    }
    Counting counted = tiers.statistics.isEnabled() ? tiers.statistics : null;
    long start = counted == null ? 0 : counted.startGet();
    Node node = table.find(key);
    if (node != null && node.key().getClass() == key.getClass()) {
      Object value = node.value();
      if (value != null && !tiers.isExpired(node)) {
        tiers.accessed(node);
        if (counted != null) {
          counted.hit(start);
        }
        return (V) value;
      }
    }
    return getBehind(key, node);
  }

  private V getWithChecks(K key) {
    checkOpen();
    checks.checkKey(key);
    return operations.get(key);
  }

  private V getBehind(K key, Node seen) {
    checkOpen();
    checks.checkKey(key);
    return operations.getBehind(key, seen);
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    checkOpen();
    checks.checkKeys(keys);
    long start = tiers.statistics.startGet();
    return bulkReads.readAll(keys, start);
  }

  @Override
  public boolean containsKey(K key) {
    checkOpen();
    checks.checkKey(key);
    return operations.containsKey(key);
  }

  @Override
  public void loadAll(
      Set<? extends K> keys, boolean replaceExistingValues, CompletionListener listener) {
    checkOpen();
    checks.checkKeys(keys);
    Set<K> wanted = new HashSet<>(keys);
    lifecycle.inBackground(() -> loadNow(wanted, replaceExistingValues), listener);
  }

  /** Does what {@link #loadAll} asks for, in this thread. */
  void loadNow(Set<K> keys, boolean replaceExistingValues) {
    bulkReads.loadAll(keys, replaceExistingValues);
  }

  @Override
  public void put(K key, V value) {
    checkOpen();
    checks.checkKey(key);
    checks.checkValue(value);
    operations.put(key, value);
  }

  @Override
  public V getAndPut(K key, V value) {
    checkOpen();
    checks.checkKey(key);
    checks.checkValue(value);
    return operations.getAndPut(key, value);
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    checkOpen();
    requireNonNull(map, "map");
    Map<K, V> entries = new LinkedHashMap<>();
    for (Map.Entry<? extends K, ? extends V> entry : map.entrySet()) {
      checks.checkKey(entry.getKey());
      checks.checkValue(entry.getValue());
      entries.put(entry.getKey(), entry.getValue());
    }
    long start = tiers.statistics.startPut();
    tiers.statistics.puts(bulkChanges.putAll(entries), start);
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    checkOpen();
    checks.checkKey(key);
    checks.checkValue(value);
    return operations.putIfAbsent(key, value);
  }

  @Override
  public boolean remove(K key) {
    checkOpen();
    checks.checkKey(key);
    return operations.remove(key);
  }

  @Override
  public boolean remove(K key, V oldValue) {
    checkOpen();
    checks.checkKey(key);
    checks.checkValue(oldValue);
    return operations.remove(key, oldValue);
  }

  @Override
  public V getAndRemove(K key) {
    checkOpen();
    checks.checkKey(key);
    return operations.getAndRemove(key);
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    checkOpen();
    checks.checkKey(key);
    checks.checkValue(oldValue);
    checks.checkValue(newValue);
    return operations.replace(key, oldValue, newValue);
  }

  @Override
  public boolean replace(K key, V value) {
    checkOpen();
    checks.checkKey(key);
    checks.checkValue(value);
    return operations.replace(key, value);
  }

  @Override
  public V getAndReplace(K key, V value) {
    checkOpen();
    checks.checkKey(key);
    checks.checkValue(value);
    return operations.getAndReplace(key, value);
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    checkOpen();
    checks.checkKeys(keys);
    long start = tiers.statistics.startRemoval();
    tiers.statistics.removals(bulkChanges.removeAll(keys), start);
  }

  @Override
  public void removeAll() {
    checkOpen();
    Set<K> all = new HashSet<>();
    CacheLoaderException damage;
    try (EntryIterator<K, V> walk = new EntryIterator<>(tiers, reads, key -> {})) {
      damage = walk.forEachKey(all::add);
    }
    removeAll(all);
    if (damage != null) {
      throw damage;
    }
  }

  @Override
  public void clear() {
    checkOpen();
    lifecycle.clear();
  }

  @Override
  public <T> T invoke(K key, EntryProcessor<K, V, T> entryProcessor, Object... arguments)
      throws EntryProcessorException {
    checkOpen();
    checks.checkKey(key);
    requireNonNull(entryProcessor, "entryProcessor");
    return processors.invoke(key, entryProcessor, arguments);
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
    checkOpen();
    checks.checkKeys(keys);
    requireNonNull(entryProcessor, "entryProcessor");
    return processors.invokeAll(keys, entryProcessor, arguments);
  }

  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    checkOpen();
    return new EntryIterator<>(tiers, reads, this::remove);
  }

  @Override
  public V getOrCompute(K key, Function<? super K, ? extends V> function) {
    checkOpen();
    checks.checkKey(key);
    requireNonNull(function, "function");
    return operations.getOrCompute(key, function);
  }

  @Override
  public CacheInfo info() {
    checkOpen();
    return lifecycle.info();
  }

  @Override
  public V lookup(K key) {
    checkOpen();
    checks.checkKey(key);
    Node node = tiers.memory.find(tiers.keys.lookup(key));
    V value = node == null ? null : tiers.live(node);
    return value == null ? null : tiers.give(value);
  }

  @Override
  public void evictAll(boolean keepStatistics) {
    checkOpen();
    tiers.flights.keys().forEach(tiers::checkNotLoading);
    tiers.memory.clear();
    if (!keepStatistics) {
      tiers.statistics.statistics().clear();
    }
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public CacheManager getCacheManager() {
    return manager;
  }

  @Override
  public void close() {
    manager.close(this);
  }

  @Override
  public boolean isClosed() {
    return lifecycle.isClosed();
  }

  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    return lifecycle.configurationAs(type);
  }

  @Override
  public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    checkOpen();
    lifecycle.register(requireNonNull(configuration, "configuration"));
  }

  @Override
  public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    checkOpen();
    lifecycle.deregister(requireNonNull(configuration, "configuration"));
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    if (type == Hits.class) {
      return type.cast(new QuickHits(tiers));
    }
    throw new IllegalArgumentException(
        "cache " + name + ": cannot unwrap to " + type.getName() + ", only to KleptoCache");
  }

  @Override
  final CacheLifecycle<K, V> lifecycle() {
    return lifecycle;
  }

  @Override
  final void checkOpen() {
    if (lifecycle.isClosed()) {
      throw new IllegalStateException("cache " + name + " is closed");
    }
  }

  @Override
  public String toString() {
    return "cache " + name;
  }

  @Override
  final Arguments<K, V> arguments() {
    return checks;
  }
}
