package io.klepto.jcache.event;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;

/**
 * The listeners of one cache, and the place where the cache reports its changes.
 *
 * <p>Source: JSR-107 1.1, cache entry listeners.
 *
 * <p><b>Order.</b> The cache reports a change under the lock of its key. Synchronous listeners run
 * on that thread, in the order of registration, before the report returns. An asynchronous
 * registration has one queue, emptied by one task at a time on the executor given, so events arrive
 * in the order of their reports, those of one key in the order of its changes. The queue has no
 * bound.
 *
 * <p><b>Failures.</b> A failing listener does not keep the others from hearing. When all have run,
 * the first failure of a synchronous listener or filter is thrown, with the others suppressed in
 * it: a {@link CacheEntryListenerException} as it is or as wrapper of any other exception, an
 * {@link Error} as it is. The change itself stands. Failures of asynchronous ones are logged as
 * warnings.
 *
 * <p><b>Old values.</b> An event carries the old value whenever the cache passes one, also to
 * listeners that do not require it, as the standard allows. The cache must pass one where {@link
 * #needsOldValue} says so. Values are handed on as they come: copying is the cache's part.
 *
 * <p><b>The end.</b> A listener that was deregistered or whose cache was closed gets no more
 * events: those still queued are dropped, as {@code Cache.close} demands. It is closed if it is
 * {@code AutoCloseable}, and so is its filter; that does not wait for a delivery that is in
 * progress on another thread.
 *
 * <p>Cost without listeners: one volatile read. Thread-safe.
 */
public final class EventDispatcher<K, V> {
  private final Cache<K, V> source;
  private final Supplier<System.Logger> log; // fetched when needed: logging is slow to start
  private final Executor asynchronous;
  private final ReentrantLock changes = new ReentrantLock();
  private volatile Listening<K, V> listening = Listening.to(List.of()); // written under changes
  private boolean closed; // guarded by changes

  /** No lambda, which each new cache would pay for: a first one costs a process milliseconds. */
  private enum SystemLog implements Supplier<System.Logger> {
    INSTANCE;

    @Override
    public System.Logger get() {
      return System.getLogger(EventDispatcher.class.getName());
    }
  }

  /**
   * Makes a dispatcher without listeners.
   *
   * @param source the cache that events come from
   * @param asynchronous runs asynchronous listeners; not used before there is one
   */
  public EventDispatcher(Cache<K, V> source, Executor asynchronous) {
    this(source, asynchronous, SystemLog.INSTANCE);
  }

  EventDispatcher(Cache<K, V> source, Executor asynchronous, Supplier<System.Logger> log) {
    this.source = requireNonNull(source, "source");
    this.asynchronous = requireNonNull(asynchronous, "asynchronous");
    this.log = log;
  }

  /**
   * Makes a listener from its configuration and adds it.
   *
   * @throws IllegalArgumentException if an equal configuration is registered, if it has no listener
   *     factory, or if a factory returns null
   * @throws CacheException if a factory fails
   * @throws IllegalStateException if the dispatcher is closed
   */
  public void register(CacheEntryListenerConfiguration<K, V> configuration) {
    requireNonNull(configuration, "configuration");
    changes.lock();
    try {
      if (closed) {
        throw new IllegalStateException(
            "cannot register a listener: cache " + source.getName() + " is closed");
      }
      if (find(configuration) != null) {
        throw new IllegalArgumentException(
            "cache "
                + source.getName()
                + ": an equal listener configuration is registered already; deregister it first");
      }
      List<ListenerRegistration<K, V>> registrations = new ArrayList<>(listening.registrations());
      registrations.add(
          new ListenerRegistration<>(configuration, source.getName(), log, asynchronous));
      listening = Listening.to(registrations);
    } finally {
      changes.unlock();
    }
  }

  /** Takes the listener of this configuration away and closes it; no effect if there is none. */
  public void deregister(CacheEntryListenerConfiguration<K, V> configuration) {
    requireNonNull(configuration, "configuration");
    ListenerRegistration<K, V> gone;
    changes.lock();
    try {
      gone = find(configuration);
      List<ListenerRegistration<K, V>> registrations = new ArrayList<>(listening.registrations());
      registrations.remove(gone);
      listening = Listening.to(registrations);
    } finally {
      changes.unlock();
    }
    if (gone != null) {
      gone.close();
    }
  }

  /** Takes all listeners away and closes them, for good; no effect the second time. */
  public void close() {
    List<ListenerRegistration<K, V>> gone;
    changes.lock();
    try {
      closed = true;
      gone = listening.registrations();
      listening = Listening.to(List.of());
    } finally {
      changes.unlock();
    }
    gone.forEach(ListenerRegistration::close);
  }

  /** Returns whether no listener hears of anything. */
  public boolean isIdle() {
    return listening.types().isEmpty();
  }

  /**
   * Returns whether a listener hears of changes of this type; if not, they need not be reported.
   */
  public boolean listensTo(EventType type) {
    return listening.types().contains(type);
  }

  /**
   * Returns whether a listener to changes of this type requires the old value. If not, the cache
   * may report null instead of an old value that it does not have at hand.
   */
  public boolean needsOldValue(EventType type) {
    return listening.typesWithOldValue().contains(type);
  }

  /** Reports that an entry was created. */
  public void created(K key, V value) {
    publish(EventType.CREATED, key, value, null);
  }

  /** Reports that the value of an entry was replaced; a null old value is an unknown one. */
  public void updated(K key, V oldValue, V newValue) {
    publish(EventType.UPDATED, key, newValue, oldValue);
  }

  /** Reports that an entry was removed; a null old value is an unknown one. */
  public void removed(K key, V oldValue) {
    publish(EventType.REMOVED, key, oldValue, oldValue);
  }

  /** Reports that an entry was found expired; a null old value is an unknown one. */
  public void expired(K key, V oldValue) {
    publish(EventType.EXPIRED, key, oldValue, oldValue);
  }

  private void publish(EventType type, K key, V value, V oldValue) {
    Listening<K, V> now = listening;
    if (!now.types().contains(type)) {
      return;
    }
    EntryEvent<K, V> event = new EntryEvent<>(source, type, key, value, oldValue);
    Throwable failure = null;
    for (ListenerRegistration<K, V> registration : now.registrations()) {
      if (registration.types().contains(type)) {
        try {
          registration.publish(event);
        } catch (RuntimeException | Error e) {
          failure = join(failure, e);
        }
      }
    }
    if (failure instanceof Error) {
      throw (Error) failure;
    } else if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  private static Throwable join(Throwable first, Throwable next) {
    if (first == null) {
      return next;
    }
    if (first != next) {
      first.addSuppressed(next);
    }
    return first;
  }

  private ListenerRegistration<K, V> find(CacheEntryListenerConfiguration<K, V> configuration) {
    for (ListenerRegistration<K, V> registration : listening.registrations()) {
      if (registration.isOf(configuration)) {
        return registration;
      }
    }
    return null;
  }

  /** All registrations at one moment, and the types that they hear of between them. */
  private record Listening<K, V>(
      Set<EventType> types,
      Set<EventType> typesWithOldValue,
      List<ListenerRegistration<K, V>> registrations) {
    static <K, V> Listening<K, V> to(List<ListenerRegistration<K, V>> registrations) {
      Set<EventType> types = EnumSet.noneOf(EventType.class);
      Set<EventType> typesWithOldValue = EnumSet.noneOf(EventType.class);
      for (ListenerRegistration<K, V> registration : registrations) {
        types.addAll(registration.types());
        typesWithOldValue.addAll(registration.typesWithOldValue());
      }
      return new Listening<>(types, typesWithOldValue, List.copyOf(registrations));
    }
  }
}
