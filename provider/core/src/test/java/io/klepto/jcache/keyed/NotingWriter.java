package io.klepto.jcache.keyed;

import java.util.Collection;
import java.util.List;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** A writer that notes what it is told. */
record NotingWriter<K, V>(List<String> notes) implements CacheWriter<K, V> {
  @Override
  public void write(Cache.Entry<? extends K, ? extends V> entry) {
    notes.add("write " + entry.getKey() + "=" + entry.getValue());
  }

  @Override
  public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
    entries.forEach(this::write);
    entries.clear();
  }

  @Override
  public void delete(Object key) {
    notes.add("delete " + key);
  }

  @Override
  public void deleteAll(Collection<?> keys) {
    keys.forEach(this::delete);
    keys.clear();
  }
}
