package io.klepto.apps;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.Store;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A store before another that counts the calls, and fails to write or remove some keys.
 *
 * <p>Any thread may call; keys are made to fail while nobody does.
 */
final class WatchedStore {
  private final Store next;
  private final Store store;
  private final List<String> calls = new ArrayList<>();
  private final Set<KeyBytes> failing = new HashSet<>();

  WatchedStore(Store next) {
    this.next = next;
    this.store =
        (Store)
            Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> called(method, arguments));
  }

  Store store() {
    return store;
  }

  /** Makes later writes and removals of a key fail. */
  void fail(String key) {
    failing.add(CanonicalEncoder.standard().encode(key));
  }

  /** Makes the store whole again. */
  void repair() {
    failing.clear();
  }

  /** Returns how often these methods were called since this was last asked. */
  synchronized long calls(String... methods) {
    long count = calls.stream().filter(Set.of(methods)::contains).count();
    calls.clear();
    return count;
  }

  private Object called(Method method, Object[] arguments) throws Throwable {
    synchronized (this) {
      calls.add(method.getName());
    }
    switch (method.getName()) {
      case "putAll" -> {
        @SuppressWarnings("unchecked") // the parameter of Store.putAll
        Map<KeyBytes, RecordContent> contents =
            new HashMap<>((Map<KeyBytes, RecordContent>) arguments[0]);
        contents.keySet().removeAll(failing);
        return withFailures(next.putAll(contents), ((Map<?, ?>) arguments[0]).keySet());
      }
      case "removeAll" -> {
        @SuppressWarnings("unchecked") // the parameter of Store.removeAll
        Set<KeyBytes> keys = new HashSet<>((Collection<KeyBytes>) arguments[0]);
        keys.removeAll(failing);
        return withFailures(next.removeAll(keys), (Collection<?>) arguments[0]);
      }
      case "put", "remove" -> {
        if (failing.contains(arguments[0])) {
          throw new ArchiveException("made to fail: " + arguments[0]);
        }
      }
      default -> {}
    }
    try {
      return method.invoke(next, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private <T> BulkOutcome<T> withFailures(BulkOutcome<T> outcome, Collection<?> asked) {
    Map<KeyBytes, ArchiveException> failed = new HashMap<>(outcome.failed());
    for (KeyBytes key : failing) {
      if (asked.contains(key)) {
        failed.put(key, new ArchiveException("made to fail: " + key));
      }
    }
    return new BulkOutcome<>(outcome.done(), failed);
  }
}
