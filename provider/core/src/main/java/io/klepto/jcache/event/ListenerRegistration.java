package io.klepto.jcache.event;

import static java.lang.System.Logger.Level.WARNING;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;

/**
 * One registered listener with its filter.
 *
 * <p>A synchronous one is called by whoever publishes, an asynchronous one (the filter included)
 * through a queue of its own. What the configuration says is read once, at registration.
 *
 * <p>Thread-safe, as far as the listener is.
 */
final class ListenerRegistration<K, V> {
  private final CacheEntryListenerConfiguration<K, V> configuration;
  private final String cacheName;
  private final Supplier<System.Logger> log;
  private final CacheEntryListener<? super K, ? super V> listener;
  private final CacheEntryEventFilter<? super K, ? super V> filter; // null: all events pass
  private final SerialQueue<EntryEvent<K, V>> queue; // null: synchronous
  private final Set<EventType> types;
  private final Set<EventType> typesWithOldValue;
  private volatile boolean closed;

  /**
   * Makes listener and filter.
   *
   * @throws IllegalArgumentException if there is no listener factory, or a factory returns null
   * @throws CacheException if a factory fails
   */
  ListenerRegistration(
      CacheEntryListenerConfiguration<K, V> configuration,
      String cacheName,
      Supplier<System.Logger> log,
      Executor executor) {
    this.configuration = configuration;
    this.cacheName = cacheName;
    this.log = log;
    Factory<CacheEntryListener<? super K, ? super V>> listeners =
        configuration.getCacheEntryListenerFactory();
    Factory<CacheEntryEventFilter<? super K, ? super V>> filters =
        configuration.getCacheEntryEventFilterFactory();
    listener = create("listener", listeners);
    try {
      filter = filters == null ? null : create("listener filter", filters);
    } catch (RuntimeException | Error e) {
      close(listener);
      throw e;
    }
    types = typesOf(listener);
    typesWithOldValue = EnumSet.noneOf(EventType.class);
    if (configuration.isOldValueRequired()) {
      typesWithOldValue.addAll(types);
      typesWithOldValue.remove(EventType.CREATED);
    }
    queue =
        configuration.isSynchronous()
            ? null
            : new SerialQueue<>(describe(listener), log, executor, this::deliver);
  }

  /** Returns whether the registration was made from an equal configuration. */
  boolean isOf(CacheEntryListenerConfiguration<?, ?> other) {
    return configuration.equals(other);
  }

  /** Returns the types of change that the listener hears of. */
  Set<EventType> types() {
    return types;
  }

  /** Returns the types of change of which the listener demands the old value. */
  Set<EventType> typesWithOldValue() {
    return typesWithOldValue;
  }

  /**
   * Calls the listener, or has it called. An asynchronous listener's failures are logged.
   *
   * @throws CacheEntryListenerException if a synchronous listener or its filter throws one, or any
   *     other exception, which is the cause then. Errors come through as they are.
   */
  void publish(EntryEvent<K, V> event) {
    if (queue == null) {
      deliver(event);
    } else {
      queue.add(event);
    }
  }

  /**
   * Ends deliveries, those that wait in the queue included, and closes listener and filter if they
   * can be closed. Does not wait for a delivery in progress. Failures are logged.
   */
  void close() {
    closed = true;
    close(listener);
    if (filter != listener) {
      close(filter);
    }
  }

  private void deliver(EntryEvent<K, V> event) {
    if (!closed && passes(event)) {
      call(event);
    }
  }

  private boolean passes(EntryEvent<K, V> event) {
    try {
      return filter == null || filter.evaluate(event);
    } catch (CacheEntryListenerException e) {
      throw e;
    } catch (Exception e) {
      throw failure(filter, event, e);
    }
  }

  @SuppressWarnings("unchecked") // the casts repeat what typesOf found
  private void call(EntryEvent<K, V> event) {
    List<CacheEntryEvent<? extends K, ? extends V>> events = List.of(event);
    try {
      switch (event.getEventType()) {
        case CREATED -> ((CacheEntryCreatedListener<K, V>) listener).onCreated(events);
        case UPDATED -> ((CacheEntryUpdatedListener<K, V>) listener).onUpdated(events);
        case REMOVED -> ((CacheEntryRemovedListener<K, V>) listener).onRemoved(events);
        case EXPIRED -> ((CacheEntryExpiredListener<K, V>) listener).onExpired(events);
      }
    } catch (CacheEntryListenerException e) {
      throw e;
    } catch (Exception e) {
      throw failure(listener, event, e);
    }
  }

  private CacheEntryListenerException failure(Object who, EntryEvent<K, V> event, Exception cause) {
    return new CacheEntryListenerException(
        describe(who) + " failed on " + event + ": " + cause, cause);
  }

  private <T> T create(String what, Factory<? extends T> factory) {
    if (factory == null) {
      throw new IllegalArgumentException(
          "cache " + cacheName + ": the configuration of a listener has no " + what + " factory");
    }
    T created;
    try {
      created = factory.create();
    } catch (CacheException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheException(
          "cache " + cacheName + ": the factory " + factory + " of a " + what + " failed: " + e, e);
    }
    if (created == null) {
      throw new IllegalArgumentException(
          "cache " + cacheName + ": the factory " + factory + " of a " + what + " returned null");
    }
    return created;
  }

  private void close(Object closeable) {
    if (closeable instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (Exception | Error e) { // whatever happens, the others must be closed too
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        log.get().log(WARNING, "cannot close " + describe(closeable), e);
      }
    }
  }

  private String describe(Object who) {
    return (who == listener ? "listener " : "listener filter ")
        + who.getClass().getName()
        + " of cache "
        + cacheName;
  }

  private static Set<EventType> typesOf(CacheEntryListener<?, ?> listener) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    if (listener instanceof CacheEntryCreatedListener) {
      types.add(EventType.CREATED);
    }
    if (listener instanceof CacheEntryUpdatedListener) {
      types.add(EventType.UPDATED);
    }
    if (listener instanceof CacheEntryRemovedListener) {
      types.add(EventType.REMOVED);
    }
    if (listener instanceof CacheEntryExpiredListener) {
      types.add(EventType.EXPIRED);
    }
    return types;
  }
}
