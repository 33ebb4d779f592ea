package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.DamagedRecordException;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache over a folder in which one byte of one record has flipped. */
final class DamagedRecordTest {
  private static final String DAMAGED = "the damaged one";

  @TempDir Path folder;

  private final Run run = new Run();
  private Path file;

  @BeforeEach
  void damage() throws IOException {
    try (Run before = new Run()) {
      before.cache(configuration()).putAll(Map.of("a", "1", DAMAGED, "?", "b", "2"));
    }
    file = recordOf(DAMAGED);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @AfterEach
  void closeRun() {
    run.close();
  }

  private KleptoConfigurationBuilder<String, String> configuration() {
    return KleptoConfiguration.builder(String.class, String.class).archive(folder);
  }

  private Path recordOf(String key) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(candidate -> content(candidate).contains(key))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String content(Path candidate) {
    try {
      return new String(Files.readAllBytes(candidate), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertNamesTheRecord(CacheLoaderException failure) {
    assertInstanceOf(DamagedRecordException.class, failure.getCause());
    String message = failure.getMessage();
    assertTrue(message.contains("results"), message);
    assertTrue(message.contains(DAMAGED), message);
    assertTrue(message.contains(file.getFileName().toString()), message);
  }

  @Test
  void get_damagedRecord_namesArchiveKeyAndFileAndDeletesNothing() {
    KleptoCache<String, String> cache = run.cache(configuration());
    assertNamesTheRecord(assertThrows(CacheLoaderException.class, () -> cache.get(DAMAGED)));
    assertNamesTheRecord(
        assertThrows(CacheLoaderException.class, () -> cache.containsKey(DAMAGED)));
    assertNamesTheRecord(
        assertThrows(CacheLoaderException.class, () -> cache.getAll(Set.of("a", DAMAGED))));
    assertEquals("1", cache.get("a"));
    assertEquals(Map.of("a", "1", "b", "2"), cache.getAll(Set.of("a", "b")));
    assertTrue(Files.exists(file));
  }

  @Test
  void iterator_damagedRecord_throwsThereAndGoesOnBehindIt() {
    KleptoCache<String, String> cache = run.cache(configuration());
    Map<String, String> seen = new HashMap<>();
    int failures = 0;
    for (Iterator<Cache.Entry<String, String>> all = cache.iterator(); all.hasNext(); ) {
      try {
        Cache.Entry<String, String> entry = all.next();
        assertNull(seen.put(entry.getKey(), entry.getValue()));
      } catch (CacheLoaderException e) {
        assertInstanceOf(DamagedRecordException.class, e.getCause());
        assertThrows(IllegalStateException.class, all::remove);
        failures++;
      }
    }
    assertEquals(Map.of("a", "1", "b", "2"), seen);
    assertEquals(1, failures);
  }

  @Test
  void removeAll_damagedRecord_removesTheOthersAndTells() {
    KleptoCache<String, String> cache = run.cache(configuration());
    CacheLoaderException failure = assertThrows(CacheLoaderException.class, cache::removeAll);
    assertInstanceOf(DamagedRecordException.class, failure.getCause());
    assertNull(cache.get("a"));
    assertNull(cache.get("b"));
    assertTrue(Files.exists(file));
  }

  @Test
  void put_overDamagedRecord_heals() throws IOException {
    assertPutHeals(configuration());
  }

  @Test
  void put_overDamagedRecordWithExpiry_heals() throws IOException {
    assertPutHeals(
        configuration().expiry(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.HOURS, 1))));
  }

  private void assertPutHeals(KleptoConfigurationBuilder<String, String> configuration)
      throws IOException {
    byte[] damaged = Files.readAllBytes(file);
    KleptoCache<String, String> cache = run.cache(configuration);
    cache.put(DAMAGED, "healed");
    assertEquals("healed", cache.get(DAMAGED));
    cache.evictAll(true);
    assertEquals("healed", cache.get(DAMAGED));
    assertSetAside(damaged);
  }

  @Test
  void putAll_overDamagedRecord_heals() throws IOException {
    byte[] damaged = Files.readAllBytes(file);
    KleptoCache<String, String> cache = run.cache(configuration());
    cache.putAll(Map.of(DAMAGED, "healed", "a", "10"));
    cache.evictAll(true);
    assertEquals(Map.of(DAMAGED, "healed", "a", "10"), cache.getAll(Set.of(DAMAGED, "a")));
    assertSetAside(damaged);
  }

  @Test
  void remove_damagedRecord_setsItAside() throws IOException {
    byte[] damaged = Files.readAllBytes(file);
    KleptoCache<String, String> cache = run.cache(configuration());
    cache.removeAll(Set.of(DAMAGED, "a"));
    assertNull(cache.get(DAMAGED));
    assertNull(cache.get("a"));
    assertSetAside(damaged);
  }

  @Test
  void clear_damagedRecord_setsItAside() throws IOException {
    byte[] damaged = Files.readAllBytes(file);
    KleptoCache<String, String> cache = run.cache(configuration());
    cache.clear();
    assertFalse(cache.iterator().hasNext());
    assertSetAside(damaged);
  }

  private void assertSetAside(byte[] damaged) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> copies =
          files
              .filter(Files::isRegularFile)
              .filter(candidate -> !candidate.equals(file))
              .filter(
                  candidate ->
                      content(candidate).equals(new String(damaged, StandardCharsets.ISO_8859_1)))
              .toList();
      assertEquals(1, copies.size(), "files with the damaged bytes beside the record's own");
    }
  }

  @Test
  void safeCache_damagedRecord_isAMissAndTheOthersAreFine() {
    try (CapturedWarnings warnings = new CapturedWarnings("io.klepto.jcache.SafeCache")) {
      KleptoCache<String, String> cache =
          run.cache(configuration().failure(Failure.BYPASS).loading(key -> "computed"));
      assertEquals("computed", cache.get(DAMAGED));
      assertEquals(Map.of("a", "1", DAMAGED, "computed"), cache.getAll(Set.of("a", DAMAGED)));
      assertEquals(1, warnings.records().size());
      assertTrue(Files.exists(file), "nothing is stored over it");
      cache.put(DAMAGED, "healed");
      assertEquals("healed", cache.get(DAMAGED));
    }
  }
}
