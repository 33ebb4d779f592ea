package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.klepto.jcache.config.KleptoConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An application server drops an application by dropping its class loader: after its managers are
 * closed, nothing of a provider that lives on may keep it.
 */
final class ClassLoaderLifeTest {
  private static final int COLLECTIONS = 100;

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  /** What the application brings: loaded a second time by a loader of its own. */
  public static final class Application
      implements CacheLoader<Integer, Object>, CacheEntryCreatedListener<Integer, Object> {
    private final Queue<Object> heard = new ConcurrentLinkedQueue<>();

    /** Made by reflection. */
    public Application() {}

    @Override
    public Object load(Integer key) {
      return new Payload(key);
    }

    @Override
    public Map<Integer, Object> loadAll(Iterable<? extends Integer> keys) {
      Map<Integer, Object> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ? extends Object>> events) {
      events.forEach(event -> heard.add(event.getValue()));
    }
  }

  /** A class that is copied field by field. */
  public static final class Payload {
    private final int number;
    private final List<Part> parts;

    Payload(int number) {
      this.number = number;
      this.parts = new ArrayList<>(List.of(new Part(new ArrayList<>(List.of(number)))));
    }

    @Override
    public int hashCode() {
      return number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Payload that
          && number == that.number
          && parts.size() == that.parts.size();
    }
  }

  /** A record in it. */
  public record Part(List<Integer> numbers) {}

  /** Defines this test's nested classes anew, instead of asking its parent for them. */
  private static final class ApplicationLoader extends ClassLoader {
    ApplicationLoader() {
      super(ClassLoaderLifeTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null || !name.startsWith(ClassLoaderLifeTest.class.getName() + "$")) {
        return loaded != null ? loaded : super.loadClass(name, resolve);
      }
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void closedManager_letsItsClassLoaderGo() throws Exception {
    WeakReference<ClassLoader> dropped = runApplication();
    for (int i = 0; i < COLLECTIONS && dropped.get() != null; i++) {
      System.gc();
    }
    assertSame(null, dropped.get(), "the class loader is still referred to");
  }

  private WeakReference<ClassLoader> runApplication() throws Exception {
    ClassLoader loader = new ApplicationLoader();
    CacheManager manager =
        caches.provider().getCacheManager(URI.create("klepto:application"), loader);
    useCaches(manager, loader);
    manager.close();
    return new WeakReference<>(loader);
  }

  private static void useCaches(CacheManager manager, ClassLoader loader) throws Exception {
    Class<?> applicationClass = loader.loadClass(Application.class.getName());
    Object application = applicationClass.getConstructor().newInstance();
    assertNotSame(Application.class, applicationClass, "loaded by the application's loader");
    for (boolean bounded : new boolean[] {false, true}) {
      Cache<Integer, Object> cache =
          manager.createCache("c" + bounded, setUp(application, bounded));
      for (int i = 0; i < 50; i++) {
        assertSame(loader, cache.get(i).getClass().getClassLoader());
        cache.put(i, cache.get(i));
      }
      CompletionListenerFuture completion = new CompletionListenerFuture();
      cache.loadAll(Set.of(1, 100), true, completion);
      completion.get(30, TimeUnit.SECONDS);
      assertEquals(2, cache.getAll(Set.of(1, 100)).size());
      Object seen = cache.invoke(3, (entry, arguments) -> entry.getValue());
      assertEquals(cache.get(3), seen);
    }
  }

  @SuppressWarnings("unchecked")
  private static KleptoConfiguration<Integer, Object> setUp(Object application, boolean bounded) {
    CacheLoader<Integer, Object> loader = (CacheLoader<Integer, Object>) application;
    CacheEntryCreatedListener<Integer, Object> listener =
        (CacheEntryCreatedListener<Integer, Object>) application;
    var configuration =
        KleptoConfiguration.builder(Integer.class, Object.class)
            .loader(() -> loader)
            .listener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, null, true, bounded))
            .expiry(CreatedExpiryPolicy.factoryOf(Duration.ONE_DAY))
            .statistics(true)
            .management(true);
    return (bounded ? configuration.maxEntries(10) : configuration).build();
  }
}
