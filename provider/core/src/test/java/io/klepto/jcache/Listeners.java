package io.klepto.jcache;

import java.util.function.BiConsumer;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;

/** Makes listeners to everything from a lambda. */
public final class Listeners {
  private Listeners() {}

  /** Returns the configuration of a synchronous listener that gets type and event. */
  public static <K, V> CacheEntryListenerConfiguration<K, V> synchronous(
      BiConsumer<EventType, CacheEntryEvent<? extends K, ? extends V>> action) {
    Everything<K, V> listener = new Everything<>(action);
    return new MutableCacheEntryListenerConfiguration<>(() -> listener, null, true, true);
  }

  private record Everything<K, V>(
      BiConsumer<EventType, CacheEntryEvent<? extends K, ? extends V>> action)
      implements CacheEntryCreatedListener<K, V>,
          CacheEntryUpdatedListener<K, V>,
          CacheEntryRemovedListener<K, V>,
          CacheEntryExpiredListener<K, V> {
    private void hear(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      events.forEach(event -> action.accept(event.getEventType(), event));
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      hear(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      hear(events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      hear(events);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      hear(events);
    }
  }
}
