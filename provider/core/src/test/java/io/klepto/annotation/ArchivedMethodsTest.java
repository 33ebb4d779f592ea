package io.klepto.annotation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.KleptoConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Annotated methods over caches with an archive: what one run computed, the next one has. */
final class ArchivedMethodsTest {
  @CacheDefaults(cacheName = "results")
  interface Work {
    @CacheResult(exceptionCacheName = "failures")
    double[] compute(DayOfWeek day, String[] names, Integer orNull);

    @CacheRemove
    void forget(DayOfWeek day, String[] names, Integer orNull);
  }

  private static final class Computing implements Work {
    final List<DayOfWeek> days = new ArrayList<>();

    @Override
    public double[] compute(DayOfWeek day, String[] names, Integer orNull) {
      days.add(day);
      if (day == DayOfWeek.SUNDAY) {
        throw new UncheckedIOException("closed", new IOException("on sundays"));
      }
      return new double[] {day.getValue(), names.length};
    }

    @Override
    public void forget(DayOfWeek day, String[] names, Integer orNull) {}
  }

  @TempDir Path folder;

  /** Does the same work in each run, and returns what had to be computed. */
  private List<DayOfWeek> run(CacheKeyGenerator generator, String scheme, String codec) {
    Computing computing = new Computing();
    URI location = URI.create(scheme + ":" + folder.resolve("work").toUri().getRawPath());
    try (KleptoCachingProvider provider = new KleptoCachingProvider();
        CacheManager manager = provider.getCacheManager()) {
      for (String name : List.of("results", "failures")) {
        manager.createCache(
            name,
            KleptoConfiguration.builder(Object.class, Object.class)
                .archive(location)
                .codec(codec)
                .build());
      }
      Work work =
          Annotations.builder()
              .manager(manager)
              .keyGenerator(generator)
              .build()
              .proxy(Work.class, computing);
      String[] names = {"Ann", "Bob"};
      assertArrayEquals(new double[] {1, 2}, work.compute(DayOfWeek.MONDAY, names, null));
      assertArrayEquals(new double[] {2, 2}, work.compute(DayOfWeek.TUESDAY, names, 1));
      UncheckedIOException failure =
          assertThrows(
              UncheckedIOException.class, () -> work.compute(DayOfWeek.SUNDAY, names, null));
      assertEquals("closed", failure.getMessage());
      work.forget(DayOfWeek.TUESDAY, names, 1);
    }
    return computing.days;
  }

  @ParameterizedTest
  @CsvSource({"file,kryo", "dir,kryo", "file,java"})
  void secondRun_computesWhatWasForgottenAlone(String scheme, String codec) {
    for (CacheKeyGenerator generator :
        List.of(new StandardKeyGenerator(), new KeymapKeyGenerator())) {
      String place = scheme + generator.getClass().getSimpleName();
      assertEquals(
          List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.SUNDAY),
          run(generator, scheme, codec),
          place);
      assertEquals(List.of(DayOfWeek.TUESDAY), run(generator, scheme, codec), place);
    }
  }
}
