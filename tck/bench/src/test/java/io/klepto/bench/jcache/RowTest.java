package io.klepto.bench.jcache;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RowTest {
  private static final int SMALL = 256;
  private static final Generated FLAT = Generated.of(7, /* cyclic= */ false);
  private static final Generated CYCLIC = Generated.of(7, /* cyclic= */ true);

  static Stream<Arguments> all() {
    return Stream.of(Row.values())
        .flatMap(row -> row.contenders().stream().map(who -> Arguments.of(row, who)));
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void row_method_isThere(Row row) {
    assertEquals(row, Row.of("x.y." + row.method()));
    assertTrue(
        Stream.of(JCacheBenchmarks.class.getDeclaredMethods())
            .anyMatch(method -> method.getName().equals(row.method())));
    if (row.hasLimit()) {
      assertTrue(
          Stream.of(LimitBenchmarks.class.getDeclaredMethods())
              .anyMatch(method -> method.getName().equals(row.method())));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void cache_ofEachRow_keepsItsPromises(Row row, Contender who) {
    Generated generated = row == Row.CYCLE_GET ? CYCLIC : FLAT;
    boolean isObject = row.isByValue() && row != Row.STRING_GET;
    try (CachingProvider provider = who.provider()) {
      CacheManager manager =
          provider.getCacheManager(
              provider.getDefaultURI(),
              generated.type().getClassLoader(),
              provider.getDefaultProperties());
      Class<?> type =
          row == Row.STRING_GET ? String.class : isObject ? generated.type() : Integer.class;
      Cache<Integer, Object> cache =
          who.create(manager, "test", row.standard(type), row.isBounded() ? SMALL : Long.MAX_VALUE);
      Object value = row == Row.STRING_GET ? "value" : isObject ? generated.make(1) : 1_000_000;
      cache.put(1, value);
      Object found = cache.get(1);
      if (isObject) {
        assertEquals(generated.type(), found.getClass());
        assertNotSame(value, found);
        assertNotSame(found, cache.get(1));
      } else if (!row.isByValue()) {
        assertSame(value, found);
      } else {
        assertEquals(value, found);
      }
      if (row == Row.LOAD) {
        assertEquals(2, cache.get(2));
      }
      if (row == Row.LISTENER) {
        cache.put(1, 2_000_000);
        assertEquals(2_000_000, Row.Ear.heard);
      }
      if (row.isBounded()) {
        for (int i = 0; i < 100 * SMALL; i++) {
          cache.put(i, value);
        }
        int size = 0;
        for (Cache.Entry<Integer, Object> entry : cache) {
          size += entry.getKey() >= 0 ? 1 : 0;
        }
        assertTrue(size <= 10 * SMALL, "found " + size + " entries, expected about " + SMALL);
      }
    }
  }

  @Test
  void generated_fromSeeds_compiles() {
    for (long seed = 0; seed < 8; seed++) {
      long drawn = seed;
      assertDoesNotThrow(() -> Generated.of(drawn, drawn % 2 == 0).make(3), "seed " + seed);
    }
  }

  @Test
  void zipf_draws_favourFewNumbers() {
    Zipf zipf = new Zipf(1_000, 1);
    int[] counts = new int[1_000];
    for (int i = 0; i < 100_000; i++) {
      counts[zipf.next()]++;
    }
    // By the harmonic sum of 1,000 ranks the first gets 13 %, the hundredth 0.14 %.
    int[] sorted = counts.clone();
    Arrays.sort(sorted);
    assertTrue(sorted[999] > 11_000 && sorted[999] < 15_000, "first: " + sorted[999]);
    assertTrue(sorted[900] > 80 && sorted[900] < 200, "hundredth: " + sorted[900]);
  }
}
