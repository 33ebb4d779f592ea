package io.klepto.jcache.archived;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.Archives;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.Store;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A store in memory that counts its calls and fails where it is told to: for some methods, or for
 * some keys in whatever changes them. Closing it is counted, and leaves the records to be looked
 * at. Safe for use by many threads.
 */
final class FaultyStore {
  static final Set<String> READS = Set.of("get", "map", "getAll", "contains", "scan");
  static final Set<String> WRITES =
      Set.of("put", "putAll", "remove", "removeAll", "compareAndSet", "compareAndRemove", "clear");

  private final Store sound;
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Set<KeyBytes> unwritable = ConcurrentHashMap.newKeySet();
  private volatile Set<String> failing = Set.of();
  private volatile Set<String> failingAfterwards = Set.of();

  private FaultyStore(Store sound) {
    this.sound = sound;
  }

  static FaultyStore empty() {
    ArchiveConfiguration<Object, Object> any =
        ArchiveConfiguration.builder(Object.class, Object.class).build();
    return new FaultyStore(Archives.open(URI.create("dict:/"), any).store());
  }

  /** Returns an archive of strings and integers over this store. */
  Archive<String, Integer> archive() {
    Store store =
        (Store)
            Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> call(method, arguments));
    return Archives.over(store, ArchiveConfiguration.builder(String.class, Integer.class).build());
  }

  /** Returns an archive that sees the same records and never fails. */
  Archive<String, Integer> soundArchive() {
    return Archives.over(sound, ArchiveConfiguration.builder(String.class, Integer.class).build());
  }

  void fail(Set<String> methods) {
    failing = Set.copyOf(methods);
  }

  /** Lets calls fail that have done their work: the answer was lost. */
  void failAfterwards(Set<String> methods) {
    failingAfterwards = Set.copyOf(methods);
  }

  void failWritesOf(String key) {
    unwritable.add(CanonicalEncoder.standard().encode(key));
  }

  void heal() {
    failing = Set.of();
    failingAfterwards = Set.of();
    unwritable.clear();
  }

  int calls(String method) {
    AtomicInteger counter = calls.get(method);
    return counter == null ? 0 : counter.get();
  }

  private Object call(Method method, Object... arguments) throws Throwable {
    Object result = work(method, arguments);
    if (failingAfterwards.contains(method.getName())) {
      throw fault(method.getName());
    }
    return result;
  }

  private Object work(Method method, Object... arguments) throws Throwable {
    String name = method.getName();
    calls.computeIfAbsent(name, absent -> new AtomicInteger()).incrementAndGet();
    if (failing.contains(name)) {
      throw fault(name);
    }
    if (name.equals("close")) {
      return null;
    }
    if (name.equals("putAll")) {
      return putAll(arguments[0]);
    }
    if (name.equals("removeAll")) {
      return BulkOutcome.ofEach(keys(arguments[0]), key -> writing(key, () -> sound.remove(key)));
    }
    if (WRITES.contains(name) && arguments != null && unwritable.contains(arguments[0])) {
      throw fault(name);
    }
    try {
      return method.invoke(sound, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @SuppressWarnings("unchecked") // the signature of Store.putAll
  private BulkOutcome<Long> putAll(Object argument) {
    Map<KeyBytes, RecordContent> contents = (Map<KeyBytes, RecordContent>) argument;
    return BulkOutcome.ofEach(
        contents.keySet(), key -> writing(key, () -> sound.put(key, contents.get(key))));
  }

  @SuppressWarnings("unchecked") // the signature of Store.removeAll
  private static Collection<KeyBytes> keys(Object argument) {
    return (Collection<KeyBytes>) argument;
  }

  private <T> T writing(KeyBytes key, Supplier<T> write) {
    if (unwritable.contains(key)) {
      throw fault("write");
    }
    return write.get();
  }

  private static ArchiveException fault(String call) {
    return new ArchiveException("archive faulty: " + call + ": expected a disk, found none");
  }
}
