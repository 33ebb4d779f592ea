package io.klepto.jcache.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/** A listener to everything that keeps its events, does what a test adds, and counts its ends. */
final class RecordingListener
    implements CacheEntryCreatedListener<String, String>,
        CacheEntryUpdatedListener<String, String>,
        CacheEntryRemovedListener<String, String>,
        CacheEntryExpiredListener<String, String>,
        AutoCloseable {
  final List<CacheEntryEvent<? extends String, ? extends String>> events = new ArrayList<>();
  final AtomicInteger closings = new AtomicInteger();
  private final Consumer<CacheEntryEvent<? extends String, ? extends String>> action;

  RecordingListener() {
    this(event -> {});
  }

  RecordingListener(Consumer<CacheEntryEvent<? extends String, ? extends String>> action) {
    this.action = action;
  }

  static MutableCacheEntryListenerConfiguration<String, String> synchronous(
      CacheEntryListener<String, String> listener) {
    return configuration(() -> listener, null, true);
  }

  static MutableCacheEntryListenerConfiguration<String, String> asynchronous(
      CacheEntryListener<String, String> listener) {
    return configuration(() -> listener, null, false);
  }

  static MutableCacheEntryListenerConfiguration<String, String> filtered(
      CacheEntryListener<String, String> listener, CacheEntryEventFilter<String, String> filter) {
    return configuration(() -> listener, () -> filter, true);
  }

  static MutableCacheEntryListenerConfiguration<String, String> configuration(
      Factory<CacheEntryListener<String, String>> listeners,
      Factory<CacheEntryEventFilter<String, String>> filters,
      boolean synchronous) {
    return new MutableCacheEntryListenerConfiguration<>(listeners, filters, false, synchronous);
  }

  /** Returns what was heard as {@code TYPE key=value}. */
  List<String> heard() {
    return events.stream()
        .map(e -> e.getEventType() + " " + e.getKey() + "=" + e.getValue())
        .toList();
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> batch) {
    record(batch);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> batch) {
    record(batch);
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> batch) {
    record(batch);
  }

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> batch) {
    record(batch);
  }

  @Override
  public void close() {
    closings.incrementAndGet();
  }

  private void record(Iterable<CacheEntryEvent<? extends String, ? extends String>> batch) {
    for (CacheEntryEvent<? extends String, ? extends String> event : batch) {
      events.add(event);
      action.accept(event);
    }
  }
}
