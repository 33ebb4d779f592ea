package io.klepto.bench.jcache;

import io.klepto.bench.jcache.MemoryReport.Kind;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import javax.cache.spi.CachingProvider;

/**
 * Fills one cache, and prints by how much the heap grew for an entry. Keys are made before, and the
 * value is one for all.
 */
final class MemoryWorker {
  /** The name of what is no provider: a {@link ConcurrentHashMap}. */
  static final String BARE_MAP = "BARE_MAP";

  private MemoryWorker() {}

  public static void main(String[] arguments) {
    Kind kind = Kind.valueOf(arguments[1]);
    Integer[] keys = Draws.boxes(Integer.parseInt(arguments[2]));
    Object filled;
    long before;
    if (arguments[0].equals(BARE_MAP)) {
      ConcurrentMap<Integer, Object> map = new ConcurrentHashMap<>();
      before = usedBytes();
      fill(keys, map::put);
      filled = map;
    } else {
      Contender who = Contender.valueOf(arguments[0]);
      CachingProvider provider = who.provider();
      Cache<Integer, Object> cache =
          who.create(
              provider.getCacheManager(),
              "bench",
              kind.row.standard(Integer.class),
              kind == Kind.BOUNDED ? keys.length : Long.MAX_VALUE);
      before = usedBytes();
      fill(keys, cache::put);
      filled = cache;
    }
    long after = usedBytes();
    if (filled.hashCode() == 0 && keys[0] == null) {
      throw new AssertionError("kept until here");
    }
    System.out.println((double) (after - before) / keys.length);
  }

  private static void fill(Integer[] keys, BiConsumer<Integer, Object> put) {
    Integer value = 1;
    for (Integer key : keys) {
      put.accept(key, value);
    }
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
