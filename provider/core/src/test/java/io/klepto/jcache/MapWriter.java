package io.klepto.jcache;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** A writer into a map, which refuses the keys that it is told to. */
final class MapWriter implements CacheWriter<String, Integer> {
  final Map<String, Integer> written = new ConcurrentHashMap<>();
  private final Predicate<Object> refused;

  MapWriter(Predicate<Object> refused) {
    this.refused = refused;
  }

  @Override
  public void write(Cache.Entry<? extends String, ? extends Integer> entry) {
    if (refused.test(entry.getKey())) {
      throw new IllegalArgumentException("refused " + entry.getKey());
    }
    written.put(entry.getKey(), entry.getValue());
  }

  @Override
  public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
    for (Iterator<Cache.Entry<? extends String, ? extends Integer>> left = entries.iterator();
        left.hasNext(); ) {
      write(left.next());
      left.remove();
    }
  }

  @Override
  public void delete(Object key) {
    if (refused.test(key)) {
      throw new IllegalArgumentException("refused " + key);
    }
    written.remove(key);
  }

  @Override
  public void deleteAll(Collection<?> keys) {
    for (Iterator<?> left = keys.iterator(); left.hasNext(); ) {
      delete(left.next());
      left.remove();
    }
  }
}
