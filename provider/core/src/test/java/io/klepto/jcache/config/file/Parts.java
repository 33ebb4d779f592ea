package io.klepto.jcache.config.file;

import io.klepto.archive.ArchiveException;
import io.klepto.jcache.config.WriteFailureListener;
import io.klepto.jcache.copy.Copier;
import io.klepto.keymap.Arguments;
import io.klepto.keymap.Keymap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** Classes that the files of these tests name. */
final class Parts {
  private Parts() {}

  static String nameOf(Class<?> type) {
    return "\"" + type.getName() + "\"";
  }

  /** Loads the length of a text. */
  static final class Lengths implements CacheLoader<Object, Object> {
    @Override
    public Object load(Object key) {
      return key.toString().length();
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
      Map<Object, Object> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  /** Makes {@link Lengths}. */
  static final class LengthsFactory implements Factory<CacheLoader<Object, Object>> {
    private static final long serialVersionUID = 1L;

    @Override
    public CacheLoader<Object, Object> create() {
      return new Lengths();
    }
  }

  /** Writes into a map that all share. */
  static final class SharedWriter implements CacheWriter<Object, Object> {
    static final Map<Object, Object> WRITTEN = new ConcurrentHashMap<>();

    @Override
    public void write(Cache.Entry<?, ?> entry) {
      WRITTEN.put(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
      entries.forEach(this::write);
      entries.clear();
    }

    @Override
    public void delete(Object key) {
      WRITTEN.remove(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.forEach(WRITTEN::remove);
      keys.clear();
    }
  }

  /** Notes the keys of created entries. */
  static final class Created implements CacheEntryCreatedListener<Object, Object> {
    static final List<Object> KEYS = new ArrayList<>();

    @Override
    public void onCreated(Iterable<CacheEntryEvent<?, ?>> events) {
      events.forEach(event -> KEYS.add(event.getKey()));
    }
  }

  /** Lets keys pass that begin with a. */
  static final class BeginWithA implements CacheEntryEventFilter<Object, Object> {
    @Override
    public boolean evaluate(CacheEntryEvent<?, ?> event) {
      return event.getKey().toString().startsWith("a");
    }
  }

  /** Copies single letters into upper case. */
  static final class Shouting implements Copier {
    @Override
    public Object copy(Object object) {
      return object instanceof String text && text.length() == 1
          ? text.toUpperCase(java.util.Locale.ROOT)
          : object;
    }
  }

  /** Ends entries as they come. */
  static final class AtOnce implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return Duration.ZERO;
    }

    @Override
    public Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public Duration getExpiryForUpdate() {
      return null;
    }
  }

  /** Makes keys of the first letters. */
  static final class FirstLetter implements Keymap {
    private static final long serialVersionUID = 1L;

    @Override
    public Object key(Arguments arguments) {
      return arguments.positional().get(0).toString().substring(0, 1);
    }
  }

  /** Does nothing. */
  static final class Indifferent implements WriteFailureListener {
    @Override
    public void gaveUp(Object key, Object valueOrNull, ArchiveException cause) {}
  }

  /** Has no constructor without parameters. */
  static final class Needy implements Copier {
    private final String need;

    Needy(String need) {
      this.need = need;
    }

    @Override
    public Object copy(Object object) {
      return need;
    }
  }

  /** Says so when it is initialised. */
  static final class Noticed implements Copier {
    static {
      System.setProperty("klepto-test.noticed", "yes");
    }

    @Override
    public Object copy(Object object) {
      return object;
    }
  }
}
