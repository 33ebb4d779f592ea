package io.klepto.jcache.archived;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;

/** An application's writer that remembers what it was told, and refuses some keys. */
final class RecordingWriter implements CacheWriter<String, Integer> {
  final List<String> calls = new ArrayList<>();
  Runnable before = () -> {};
  Set<String> refused = Set.of();

  @Override
  public void write(Cache.Entry<? extends String, ? extends Integer> entry) {
    before.run();
    refuse(entry.getKey());
    calls.add("write " + entry.getKey() + "=" + entry.getValue());
  }

  @Override
  public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
    CacheWriterException failure = null;
    Iterator<Cache.Entry<? extends String, ? extends Integer>> all = entries.iterator();
    while (all.hasNext()) {
      try {
        write(all.next());
        all.remove();
      } catch (CacheWriterException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void delete(Object key) {
    before.run();
    refuse(key);
    calls.add("delete " + key);
  }

  @Override
  public void deleteAll(Collection<?> keys) {
    CacheWriterException failure = null;
    Iterator<?> all = keys.iterator();
    while (all.hasNext()) {
      try {
        delete(all.next());
        all.remove();
      } catch (CacheWriterException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void refuse(Object key) {
    if (refused.contains(key)) {
      throw new CacheWriterException("refused " + key);
    }
  }
}
