package io.klepto.apps;

import io.klepto.archive.ArchiveWriter;
import java.io.Closeable;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** A writer before an archive's, that remembers which keys were left unfinished there. */
final class Unfinished implements CacheWriter<String, Object>, Closeable {
  private final ArchiveWriter<String, Object> next;
  private final Set<String> keys = new HashSet<>();

  Unfinished(ArchiveWriter<String, Object> next) {
    this.next = next;
  }

  Set<String> keys() {
    return keys;
  }

  @Override
  public void write(Cache.Entry<? extends String, ? extends Object> entry) {
    next.write(entry);
  }

  @Override
  public void writeAll(Collection<Cache.Entry<? extends String, ? extends Object>> entries) {
    try {
      next.writeAll(entries);
    } finally {
      entries.forEach(entry -> keys.add(entry.getKey()));
    }
  }

  @Override
  public void delete(Object key) {
    next.delete(key);
  }

  @Override
  public void deleteAll(Collection<?> deleting) {
    try {
      next.deleteAll(deleting);
    } finally {
      deleting.forEach(key -> keys.add((String) key));
    }
  }

  @Override
  public void close() {
    next.close();
  }
}
