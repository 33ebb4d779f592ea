package io.klepto.bench.scale;

import io.klepto.bench.jcache.Contender;
import io.klepto.bench.jcache.Row;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.cache.Cache;

/** A workload on a cache of so many entries, and whose settings it takes. */
enum ScaleRow {
  /** Reads of what is there. */
  GET("get", Row.GET, 1) {
    @Override
    void call(Cache<Integer, Object> cache, Integer drawn, Integer fresh) {
      cache.get(drawn);
    }
  },
  /** Overwrites. */
  PUT("put", Row.PUT, 1) {
    @Override
    void call(Cache<Integer, Object> cache, Integer drawn, Integer fresh) {
      cache.put(drawn, drawn);
    }
  },
  /** Reads of four times as many keys as there is room for; what is missed is put. */
  MISS_LRU("get, put on a miss, LRU", Row.MISS, 4) {
    @Override
    void call(Cache<Integer, Object> cache, Integer drawn, Integer fresh) {
      getOrPut(cache, drawn);
    }
  },
  /** The same under LFU. */
  MISS_LFU("get, put on a miss, LFU", Row.MISS, 4) {
    @Override
    void call(Cache<Integer, Object> cache, Integer drawn, Integer fresh) {
      getOrPut(cache, drawn);
    }
  },
  /** Nothing but new keys, each of which evicts. */
  CHURN("put of new keys, each evicts", Row.CHURN, 1) {
    @Override
    void call(Cache<Integer, Object> cache, Integer drawn, Integer fresh) {
      cache.put(fresh, fresh);
    }
  },
  /** Reads of entries that expire a minute after they came. */
  CREATED("get, created expiry", Row.CREATED, 1) {
    @Override
    void call(Cache<Integer, Object> cache, Integer drawn, Integer fresh) {
      cache.get(drawn);
    }
  };

  private final String title;
  private final Row settings;
  private final int keysToEntries;

  ScaleRow(String title, Row settings, int keysToEntries) {
    this.title = title;
    this.settings = settings;
    this.keysToEntries = keysToEntries;
  }

  String title() {
    return title;
  }

  /** Returns how many different keys are asked for. */
  int keys(int entries) {
    return Math.multiplyExact(entries, keysToEntries);
  }

  /** Returns the row of a name, however it is written. */
  static Optional<ScaleRow> of(String name) {
    return Arrays.stream(values())
        .filter(row -> row.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  /** Returns a provider with the policy that the row is about. */
  Contender contender(Contender who) {
    return this == MISS_LFU && who == Contender.KLEPTO ? Contender.KLEPTO_LFU : who;
  }

  /** Returns the row of {@code jcache} whose settings this one takes. */
  Row settings() {
    return settings;
  }

  /**
   * Does one call.
   *
   * @param drawn a key by Zipf
   * @param fresh a key that was not there for long
   */
  abstract void call(Cache<Integer, Object> cache, Integer drawn, Integer fresh);

  private static void getOrPut(Cache<Integer, Object> cache, Integer key) {
    if (cache.get(key) == null) {
      cache.put(key, key);
    }
  }
}
