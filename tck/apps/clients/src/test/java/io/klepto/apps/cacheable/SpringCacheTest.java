package io.klepto.apps.cacheable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.cache.support.SimpleValueWrapper;

/** {@code @Cacheable} and its like on a cache in memory, and on one with an archive behind it. */
final class SpringCacheTest {
  private static final int THREADS = 8;
  private static final int PLACES = 100;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void cacheable_calledAgain_isNotComputed(Kind kind) {
    try (WeatherStation station = WeatherStation.start(kind, folder)) {
      Weather weather = station.weather();
      for (int i = 0; i < 2; i++) {
        assertEquals("weather 1 here", weather.here());
        assertEquals("weather 1 Oslo", weather.at("Oslo"));
        assertEquals("weather 1 Rome at 9", weather.at("Rome", 9));
      }
      assertEquals("weather 2 Rome at 10", weather.at("Rome", 10));
    }
  }

  @ParameterizedTest
  @EnumSource
  void cacheable_null_isRememberedAsNull(Kind kind) {
    try (WeatherStation station = WeatherStation.start(kind, folder)) {
      Weather weather = station.weather();
      assertNull(weather.at(Weather.NOWHERE));
      assertNull(weather.at(Weather.NOWHERE));
      assertNull(weather.once(Weather.NOWHERE));
      assertEquals(1, weather.calls(Weather.NOWHERE));
      assertEquals(new SimpleValueWrapper(null), station.cache().get(Weather.NOWHERE));
    }
  }

  @ParameterizedTest
  @EnumSource
  void sync_manyThreads_computeOnce(Kind kind) throws Exception {
    try (WeatherStation station = WeatherStation.start(kind, folder)) {
      Weather weather = station.weather();
      CyclicBarrier together = new CyclicBarrier(THREADS);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        List<Future<Set<String>>> answers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          answers.add(
              threads.submit(
                  () -> {
                    Set<String> heard = new TreeSet<>();
                    for (int place = 0; place < PLACES; place++) {
                      together.await(60, TimeUnit.SECONDS);
                      heard.add(weather.once("place " + place));
                    }
                    return heard;
                  }));
        }
        for (Future<Set<String>> answer : answers) {
          assertEquals(PLACES, answer.get().size());
        }
        for (int place = 0; place < PLACES; place++) {
          assertEquals(1, weather.calls("place " + place), "calls for place " + place);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sync_exception_reachesTheCallerAndIsNotRemembered(Kind kind) {
    try (WeatherStation station = WeatherStation.start(kind, folder)) {
      Weather weather = station.weather();
      for (int call = 1; call <= 2; call++) {
        IOException failure = assertThrows(IOException.class, () -> weather.failing("Oslo"));
        assertEquals("weather " + call + " Oslo", failure.getMessage());
      }
      assertEquals("weather 3 Oslo", weather.at("Oslo"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void putAndEvict_changeWhatIsRemembered(Kind kind) {
    try (WeatherStation station = WeatherStation.start(kind, folder)) {
      Weather weather = station.weather();
      assertEquals("weather 1 Oslo", weather.at("Oslo"));
      assertEquals("weather 2 Oslo", weather.observe("Oslo"));
      assertEquals("weather 2 Oslo", weather.at("Oslo"));
      weather.forget("Oslo");
      assertEquals("weather 1 Oslo", weather.at("Oslo"));
      assertEquals("weather 1 Rome", weather.at("Rome"));
      weather.observe("Oslo");
      weather.forgetAll();
      assertEquals("weather 1 Oslo", weather.at("Oslo"));
      assertEquals("weather 1 Rome", weather.at("Rome"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void putIfAbsentAndEvictIfPresent_sayWhatWasThere(Kind kind) {
    try (WeatherStation station = WeatherStation.start(kind, folder)) {
      assertNull(station.cache().putIfAbsent("Oslo", "rain"));
      assertEquals(new SimpleValueWrapper("rain"), station.cache().putIfAbsent("Oslo", "sun"));
      assertEquals(true, station.cache().evictIfPresent("Oslo"));
      assertEquals(false, station.cache().evictIfPresent("Oslo"));
      assertEquals(false, station.cache().invalidate());
    }
  }

  @Test
  void archived_afterARestart_isStillThere() {
    try (WeatherStation first = WeatherStation.start(Kind.ARCHIVED, folder)) {
      first.weather().here();
      first.weather().at("Oslo");
      first.weather().at("Rome", 9);
      first.weather().at(Weather.NOWHERE);
    }
    try (WeatherStation second = WeatherStation.start(Kind.ARCHIVED, folder)) {
      Weather weather = second.weather();
      assertEquals("weather 1 here", weather.here());
      assertEquals("weather 1 Oslo", weather.once("Oslo"));
      assertEquals("weather 1 Rome at 9", weather.at("Rome", 9));
      assertNull(weather.at(Weather.NOWHERE));
      for (String place : List.of("here", "Oslo", "Rome", Weather.NOWHERE)) {
        assertEquals(0, weather.calls(place), place);
      }
      weather.forgetAll();
    }
    try (WeatherStation third = WeatherStation.start(Kind.ARCHIVED, folder)) {
      third.weather().at("Oslo");
      assertEquals(1, third.weather().calls("Oslo"));
    }
  }

  @Test
  void cache_createdWhileTheContextRuns_isFound() {
    try (WeatherStation station = WeatherStation.start(Kind.IN_MEMORY, folder)) {
      assertNull(station.caches().getCache("late"));
      station.jcache().createCache("late", new MutableConfiguration<>());
      assertNotNull(station.caches().getCache("late"));
      assertEquals(Set.of(Weather.CACHE, "late"), Set.copyOf(station.caches().getCacheNames()));
    }
  }
}
