package io.klepto.jcache.event;

import static io.klepto.jcache.event.RecordingListener.configuration;
import static io.klepto.jcache.event.RecordingListener.filtered;
import static io.klepto.jcache.event.RecordingListener.synchronous;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import org.junit.jupiter.api.Test;

/** What a cache sees of listeners, filters and factories that fail. */
final class ListenerFailureTest {
  private final CapturedLog log = new CapturedLog();
  private final EventDispatcher<String, String> dispatcher =
      new EventDispatcher<>(NamedCache.of("books"), Runnable::run, () -> log);

  @Test
  void listenerThrows_isWrappedWithSubjectAndCause() {
    RuntimeException cause = new IllegalStateException("full");
    dispatcher.register(synchronous(failing(cause)));
    CacheEntryListenerException e =
        assertThrows(CacheEntryListenerException.class, () -> dispatcher.created("k1", "v"));
    assertSame(cause, e.getCause());
    for (String part : List.of("RecordingListener", "CREATED", "k1", "books", "full")) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @Test
  void listenerThrowsCheckedExceptionUndeclared_isWrapped() {
    IOException cause = new IOException("gone");
    dispatcher.register(
        synchronous(
            new RecordingListener(e -> ListenerFailureTest.<RuntimeException>sneak(cause))));
    CacheEntryListenerException e =
        assertThrows(CacheEntryListenerException.class, () -> dispatcher.removed("k", "v"));
    assertSame(cause, e.getCause());
  }

  @Test
  void listenerThrowsListenerException_isThrownAsItIs() {
    CacheEntryListenerException own = new CacheEntryListenerException("own");
    dispatcher.register(synchronous(failing(own)));
    assertSame(
        own,
        assertThrows(CacheEntryListenerException.class, () -> dispatcher.updated("k", "v", "w")));
  }

  @Test
  void listenerThrowsError_isThrownAsItIs() {
    AssertionError own = new AssertionError("own");
    dispatcher.register(
        synchronous(
            new RecordingListener(
                e -> {
                  throw own;
                })));
    assertSame(own, assertThrows(AssertionError.class, () -> dispatcher.expired("k", "v")));
  }

  @Test
  void keyWithoutText_doesNotHideTheFailure() {
    EventDispatcher<Object, String> objects =
        new EventDispatcher<>(NamedCache.of("books"), Runnable::run);
    IllegalStateException cause = new IllegalStateException("full");
    CacheEntryCreatedListener<Object, String> listener =
        batch -> {
          throw cause;
        };
    objects.register(
        new MutableCacheEntryListenerConfiguration<>(() -> listener, null, false, true));
    Object mute =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("mute");
          }
        };
    CacheEntryListenerException e =
        assertThrows(CacheEntryListenerException.class, () -> objects.created(mute, "v"));
    assertSame(cause, e.getCause());
  }

  @Test
  void severalFail_allRun_firstIsThrownWithTheOthersSuppressed() {
    CacheEntryListenerException first = new CacheEntryListenerException("first");
    CacheEntryListenerException third = new CacheEntryListenerException("third");
    RecordingListener second = new RecordingListener();
    RecordingListener last = new RecordingListener();
    dispatcher.register(synchronous(failing(first)));
    dispatcher.register(synchronous(second));
    dispatcher.register(synchronous(failing(third)));
    dispatcher.register(synchronous(last));
    CacheEntryListenerException e =
        assertThrows(CacheEntryListenerException.class, () -> dispatcher.created("k", "v"));
    assertSame(first, e);
    assertArrayEquals(new Throwable[] {third}, e.getSuppressed());
    assertEquals(List.of("CREATED k=v"), second.heard());
    assertEquals(List.of("CREATED k=v"), last.heard());
  }

  @Test
  void severalThrowTheSameException_itIsNotSuppressedInItself() {
    CacheEntryListenerException same = new CacheEntryListenerException("same");
    dispatcher.register(synchronous(failing(same)));
    dispatcher.register(synchronous(failing(same)));
    CacheEntryListenerException e =
        assertThrows(CacheEntryListenerException.class, () -> dispatcher.created("k", "v"));
    assertSame(same, e);
    assertEquals(0, e.getSuppressed().length);
  }

  @Test
  void filterThrows_isWrapped_listenerIsNotCalled() {
    RecordingListener listener = new RecordingListener();
    IllegalStateException cause = new IllegalStateException("full");
    CacheEntryEventFilter<String, String> filter =
        event -> {
          throw cause;
        };
    dispatcher.register(filtered(listener, filter));
    CacheEntryListenerException e =
        assertThrows(CacheEntryListenerException.class, () -> dispatcher.created("k", "v"));
    assertSame(cause, e.getCause());
    assertTrue(e.getMessage().startsWith("listener filter "), e.getMessage());
    assertEquals(List.of(), listener.heard());
  }

  @Test
  void register_sameConfigurationTwice_isRefused_firstGoesOn() {
    RecordingListener listener = new RecordingListener();
    var configuration = synchronous(listener);
    dispatcher.register(configuration);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> dispatcher.register(configuration));
    assertTrue(e.getMessage().contains("books"), e.getMessage());
    dispatcher.created("k", "v");
    assertEquals(List.of("CREATED k=v"), listener.heard());
  }

  @Test
  void register_withoutListenerFactory_isRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> dispatcher.register(configuration(null, null, true)));
    assertTrue(e.getMessage().contains("no listener factory"), e.getMessage());
    assertTrue(dispatcher.isIdle());
  }

  @Test
  void register_factoryReturnsNull_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> dispatcher.register(configuration(() -> null, null, true)));
    assertTrue(dispatcher.isIdle());
  }

  @Test
  void register_factoryFails_isCacheExceptionWithCause() {
    IllegalStateException cause = new IllegalStateException("full");
    var broken =
        configuration(
            () -> {
              throw cause;
            },
            null,
            true);
    CacheException e = assertThrows(CacheException.class, () -> dispatcher.register(broken));
    assertSame(cause, e.getCause());
    assertTrue(dispatcher.isIdle());
  }

  @Test
  void register_filterFactoryFails_closesTheListenerAlreadyMade() {
    RecordingListener listener = new RecordingListener();
    CacheException own = new CacheException("own");
    var broken =
        configuration(
            () -> listener,
            () -> {
              throw own;
            },
            true);
    assertSame(own, assertThrows(CacheException.class, () -> dispatcher.register(broken)));
    assertEquals(1, listener.closings.get());
    assertTrue(dispatcher.isIdle());
  }

  @Test
  void close_listenerThrowsError_isLogged_othersAreClosed() {
    class WorseEnd implements CacheEntryListener<String, String>, AutoCloseable {
      @Override
      public void close() {
        throw new AssertionError("worse end");
      }
    }
    RecordingListener second = new RecordingListener();
    dispatcher.register(synchronous(new WorseEnd()));
    dispatcher.register(synchronous(second));
    dispatcher.close();
    assertInstanceOf(AssertionError.class, log.lines().get(0).thrown());
    assertEquals(1, second.closings.get());
  }

  @Test
  void close_failingListener_isLogged_othersAreClosed() {
    class BadEnd implements CacheEntryListener<String, String>, AutoCloseable {
      @Override
      public void close() throws IOException {
        throw new IOException("bad end");
      }
    }
    RecordingListener second = new RecordingListener();
    dispatcher.register(synchronous(new BadEnd()));
    dispatcher.register(synchronous(second));
    dispatcher.close();
    assertEquals(1, log.lines().size());
    assertInstanceOf(IOException.class, log.lines().get(0).thrown());
    assertTrue(log.lines().get(0).message().contains("BadEnd"));
    assertEquals(1, second.closings.get());
  }

  @Test
  void close_closesAFilter_andAFilterThatIsTheListenerOnce() {
    class Both
        implements CacheEntryListener<String, String>,
            CacheEntryEventFilter<String, String>,
            AutoCloseable {
      int closings;

      @Override
      public boolean evaluate(CacheEntryEvent<? extends String, ? extends String> event) {
        return true;
      }

      @Override
      public void close() {
        closings++;
      }
    }
    Both filterOnly = new Both();
    Both both = new Both();
    dispatcher.register(filtered(new RecordingListener(), filterOnly));
    dispatcher.register(filtered(both, both));
    dispatcher.close();
    assertEquals(List.of(1, 1), List.of(filterOnly.closings, both.closings));
  }

  private static RecordingListener failing(RuntimeException failure) {
    return new RecordingListener(
        event -> {
          throw failure;
        });
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the point of a sneaky throw
  private static <E extends Exception> void sneak(Exception e) throws E {
    throw (E) e;
  }
}
