package io.klepto.jcache;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import javax.cache.integration.CacheLoader;

/** A loader that stands still at its first call until a test lets it go, and counts its calls. */
final class GatedLoader implements CacheLoader<String, Integer> {
  /** Released when the loader has been called. */
  final CountDownLatch called = new CountDownLatch(1);

  /** To be released by the test. */
  final CountDownLatch go = new CountDownLatch(1);

  /** The keys that were loaded, in order. */
  final List<String> loaded = new CopyOnWriteArrayList<>();

  private final Function<String, Integer> function;

  GatedLoader(Function<String, Integer> function) {
    this.function = function;
  }

  @Override
  public Integer load(String key) {
    loaded.add(key);
    passGate();
    return function.apply(key);
  }

  @Override
  public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
    keys.forEach(loaded::add);
    passGate();
    Map<String, Integer> values = new HashMap<>();
    for (String key : keys) {
      values.put(key, function.apply(key));
    }
    return values;
  }

  private void passGate() {
    called.countDown();
    Crew.await(go);
  }
}
