package io.klepto.jcache.event;

import static io.klepto.jcache.event.RecordingListener.configuration;
import static io.klepto.jcache.event.RecordingListener.filtered;
import static io.klepto.jcache.event.RecordingListener.synchronous;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EventDispatcherTest {
  private final Cache<String, String> cache = NamedCache.of("books");
  private final EventDispatcher<String, String> dispatcher =
      new EventDispatcher<>(
          cache,
          task -> {
            throw new AssertionError("the executor is not for synchronous listeners");
          });
  private final RecordingListener listener = new RecordingListener();

  @Test
  void created_carriesValueAndNoOldValue() {
    dispatcher.register(synchronous(listener));
    dispatcher.created("k", "v");
    CacheEntryEvent<? extends String, ? extends String> event = listener.events.get(0);
    assertSame(cache, event.getSource());
    assertEquals(List.of("CREATED k=v"), listener.heard());
    assertNull(event.getOldValue());
    assertFalse(event.isOldValueAvailable());
  }

  @Test
  void updated_carriesBothValues() {
    dispatcher.register(synchronous(listener));
    dispatcher.updated("k", "old", "new");
    assertEquals(List.of("UPDATED k=new"), listener.heard());
    assertEquals("old", listener.events.get(0).getOldValue());
    assertTrue(listener.events.get(0).isOldValueAvailable());
  }

  @Test
  void removedAndExpired_carryTheOldValueAsBothValues() {
    dispatcher.register(synchronous(listener));
    dispatcher.removed("k", "v");
    dispatcher.expired("l", "w");
    assertEquals(List.of("REMOVED k=v", "EXPIRED l=w"), listener.heard());
    assertEquals("v", listener.events.get(0).getOldValue());
    assertEquals("w", listener.events.get(1).getOldValue());
    assertTrue(listener.events.stream().allMatch(CacheEntryEvent::isOldValueAvailable));
  }

  @Test
  void removed_oldValueUnknown_carriesNone() {
    dispatcher.register(synchronous(listener));
    dispatcher.removed("k", null);
    CacheEntryEvent<? extends String, ? extends String> event = listener.events.get(0);
    assertFalse(event.isOldValueAvailable());
    assertNull(event.getOldValue());
    assertNull(event.getValue());
  }

  @ParameterizedTest
  @EnumSource
  void listenerToOneType_hearsOfThatTypeAlone(EventType type) {
    List<EventType> heard = new ArrayList<>();
    dispatcher.register(synchronous(listenerTo(type, heard)).setOldValueRequired(true));
    for (EventType any : EventType.values()) {
      assertEquals(any == type, dispatcher.listensTo(any), any.name());
      assertEquals(
          any == type && any != EventType.CREATED, dispatcher.needsOldValue(any), any.name());
    }
    dispatcher.created("k", "v");
    dispatcher.updated("k", "v", "w");
    dispatcher.removed("k", "w");
    dispatcher.expired("l", "v");
    assertEquals(List.of(type), heard);
  }

  private static CacheEntryListener<String, String> listenerTo(
      EventType type, List<EventType> heard) {
    Consumer<CacheEntryEvent<?, ?>> keep = event -> heard.add(event.getEventType());
    return switch (type) {
      case CREATED -> (CacheEntryCreatedListener<String, String>) batch -> batch.forEach(keep);
      case UPDATED -> (CacheEntryUpdatedListener<String, String>) batch -> batch.forEach(keep);
      case REMOVED -> (CacheEntryRemovedListener<String, String>) batch -> batch.forEach(keep);
      case EXPIRED -> (CacheEntryExpiredListener<String, String>) batch -> batch.forEach(keep);
    };
  }

  @Test
  void needsOldValue_onlyIfAListenerOfTheTypeRequiresIt() {
    CacheEntryUpdatedListener<String, String> updates = batch -> {};
    dispatcher.register(synchronous(listener));
    dispatcher.register(synchronous(updates).setOldValueRequired(true));
    assertTrue(dispatcher.needsOldValue(EventType.UPDATED));
    assertFalse(dispatcher.needsOldValue(EventType.REMOVED));
  }

  @Test
  void isIdle_untilSomebodyListensAndAfterTheLastLeft() {
    assertTrue(dispatcher.isIdle());
    var configuration = synchronous(listener);
    dispatcher.register(configuration);
    assertFalse(dispatcher.isIdle());
    assertEquals(EnumSet.allOf(EventType.class), heardOf());
    dispatcher.deregister(configuration);
    assertTrue(dispatcher.isIdle());
    assertEquals(EnumSet.noneOf(EventType.class), heardOf());
  }

  private Set<EventType> heardOf() {
    Set<EventType> types = EnumSet.allOf(EventType.class);
    types.removeIf(type -> !dispatcher.listensTo(type));
    return types;
  }

  @Test
  void synchronousListeners_runInOrderOfRegistrationOnTheCallingThread() {
    List<String> calls = new ArrayList<>();
    dispatcher.register(
        synchronous(
            new RecordingListener(e -> calls.add("1 " + Thread.currentThread().getName()))));
    dispatcher.register(
        synchronous(
            new RecordingListener(e -> calls.add("2 " + Thread.currentThread().getName()))));
    dispatcher.created("k", "v");
    String here = Thread.currentThread().getName();
    assertEquals(List.of("1 " + here, "2 " + here), calls);
  }

  @Test
  void filter_letsThroughWhatItAccepts() {
    dispatcher.register(filtered(listener, event -> event.getValue().startsWith("a")));
    dispatcher.created("k", "apple");
    dispatcher.created("l", "pear");
    dispatcher.updated("l", "pear", "apricot");
    assertEquals(List.of("CREATED k=apple", "UPDATED l=apricot"), listener.heard());
  }

  @Test
  void unwrap_ownTypes_returnsTheEvent_othersAreRefusedByName() {
    dispatcher.register(synchronous(listener));
    dispatcher.created("k", "v");
    CacheEntryEvent<? extends String, ? extends String> event = listener.events.get(0);
    assertSame(event, event.unwrap(CacheEntryEvent.class));
    assertSame(event, event.unwrap(Cache.Entry.class));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> event.unwrap(Integer.class));
    assertTrue(e.getMessage().contains("java.lang.Integer"), e.getMessage());
  }

  @Test
  void deregister_endsDeliveryAndClosesTheListenerOnce() {
    var configuration = synchronous(listener);
    dispatcher.register(configuration);
    dispatcher.deregister(configuration);
    dispatcher.deregister(configuration);
    dispatcher.created("k", "v");
    assertEquals(List.of(), listener.heard());
    assertEquals(1, listener.closings.get());
  }

  @Test
  void deregister_equalConfiguration_findsIt_unknownOne_hasNoEffect() {
    CacheEntryCreatedListener<String, String> other = batch -> {};
    Factory<CacheEntryListener<String, String>> factory = () -> listener;
    dispatcher.register(configuration(factory, null, true));
    dispatcher.deregister(synchronous(other));
    dispatcher.created("k", "v");
    dispatcher.deregister(configuration(factory, null, true));
    dispatcher.created("l", "v");
    assertEquals(List.of("CREATED k=v"), listener.heard());
  }

  @Test
  void deregister_null_isRefused() {
    assertThrows(NullPointerException.class, () -> dispatcher.deregister(null));
  }

  @Test
  void close_endsAndClosesAllOnce() {
    RecordingListener second = new RecordingListener();
    dispatcher.register(synchronous(listener));
    dispatcher.register(synchronous(second));
    dispatcher.close();
    dispatcher.close();
    dispatcher.created("k", "v");
    assertTrue(dispatcher.isIdle());
    assertEquals(List.of(), listener.heard());
    assertEquals(List.of(1, 1), List.of(listener.closings.get(), second.closings.get()));
  }

  @Test
  void register_afterClose_isRefusedAndMakesNoListener() {
    dispatcher.close();
    var configuration =
        configuration(
            () -> {
              throw new AssertionError("must not be called");
            },
            null,
            true);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> dispatcher.register(configuration));
    assertTrue(e.getMessage().contains("books"), e.getMessage());
  }
}
