package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.StoreProvider;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cache that can't be created leaves nothing behind, and can be created when the cause is gone.
 */
final class FailedCreationTest {
  @TempDir Path folder;

  private final Run run = new Run();

  @AfterEach
  void closeRun() {
    run.close();
  }

  private static KleptoConfigurationBuilder<String, Integer> builder() {
    return KleptoConfiguration.builder(String.class, Integer.class);
  }

  private void assertRefused(
      Class<? extends Exception> type,
      KleptoConfigurationBuilder<String, Integer> configuration,
      String... told) {
    Exception failure = assertThrows(type, () -> run.cache(configuration));
    for (String part : told) {
      assertTrue(failure.getMessage().contains(part), part + " in: " + failure.getMessage());
    }
    assertNull(run.manager().getCache("results"));
    assertFalse(run.manager().getCacheNames().iterator().hasNext());
  }

  /** Checks that the name is free for a cache that works. */
  private void assertRepeatable(KleptoConfigurationBuilder<String, Integer> repaired) {
    KleptoCache<String, Integer> cache = run.cache(repaired);
    cache.put("a", 1);
    assertEquals(1, cache.get("a"));
  }

  @Test
  void maxEntries_negative_isRefusedWithUnits() {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> builder().maxEntries(-1));
    assertEquals("maxEntries: expected at least 0 entries, found -1", failure.getMessage());
  }

  @Test
  void policyAndBound_thatContradict_areRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> builder().policy(EvictionPolicy.NO).maxEntries(3).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> builder().policy(EvictionPolicy.INF).maxEntries(3).build());
    assertThrows(IllegalArgumentException.class, () -> builder().batch(0));
  }

  @Test
  void scheme_unknown_isRefusedWithTheKnownOnes() {
    assertRefused(
        ArchiveException.class,
        builder().archive(URI.create("nosuch:/x")),
        "nosuch",
        "dict",
        "dir",
        "null");
    assertRepeatable(builder());
  }

  @Test
  void scheme_missing_isRefused() {
    assertRefused(
        ArchiveException.class,
        builder().archive(URI.create("/some/folder")),
        "/some/folder",
        "scheme",
        "dir:");
    assertRepeatable(builder());
  }

  @Test
  void folder_isAFile_isRefusedByName() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "mine");
    assertRefused(ArchiveException.class, builder().archive(file), file.toString());
    assertEquals("mine", Files.readString(file));
    Files.delete(file);
    assertRepeatable(builder().archive(file));
  }

  @Test
  void folder_unwritable_isRefusedByName() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Assumptions.assumeTrue(
        closed.toFile().setWritable(false) && !Files.isWritable(closed),
        "permissions bind this user");
    try {
      assertRefused(
          ArchiveException.class, builder().archive(closed.resolve("in")), closed.toString());
    } finally {
      assertTrue(closed.toFile().setWritable(true));
    }
    assertRepeatable(builder().archive(closed.resolve("in")));
  }

  @Test
  void formatVersion_unknown_isRefusedAndNothingIsChanged() throws IOException {
    try (Run before = new Run()) {
      before.cache(builder().archive(folder)).put("a", 1);
    }
    Path header = header();
    String text = Files.readString(header, StandardCharsets.ISO_8859_1);
    Files.writeString(
        header, text.replace("klepto-dir 1\n", "klepto-dir 2\n"), StandardCharsets.ISO_8859_1);
    assertRefused(
        ArchiveException.class,
        builder().archive(folder),
        header.toString(),
        "expected format version 1",
        "found 2");
    Files.writeString(header, text, StandardCharsets.ISO_8859_1);
    assertEquals(1, run.cache(builder().archive(folder)).get("a"));
  }

  private Path header() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().equals("header"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void codec_unknown_isRefused() {
    assertRefused(
        IllegalArgumentException.class,
        builder().archive(folder).codec("nosuch"),
        "nosuch",
        "kryo");
    assertRepeatable(builder().archive(folder));
  }

  @Test
  void codec_otherThanAtCreation_isRefusedAndNothingIsChanged() {
    for (URI location : List.of(folder.toUri(), URI.create("dict:FailedCreationTest"))) {
      URI archive =
          location.getScheme().equals("dict")
              ? location
              : URI.create("dir:" + location.getRawPath());
      try (Run before = new Run()) {
        before.cache(builder().archive(archive)).put("a", 1);
      }
      assertRefused(
          ArchiveException.class, builder().archive(archive).codec("java"), "kryo", "java");
      try (Run after = new Run()) {
        assertEquals(1, after.cache(builder().archive(archive)).get("a"));
      }
    }
  }

  @Test
  void allowPattern_malformed_isRefused() {
    assertRefused(IllegalArgumentException.class, builder().archive(folder).allow("a..b"), "a..b");
    assertRepeatable(builder().archive(folder));
  }

  /** A loader that is open from its making. */
  private static final class OpenLoader implements CacheLoader<String, Integer>, Closeable {
    private final AtomicInteger open;

    OpenLoader(AtomicInteger open) {
      this.open = open;
      open.incrementAndGet();
    }

    @Override
    public Integer load(String key) {
      return null;
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      return Map.of();
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  @Test
  void archiveFailsToOpen_loaderIsClosed() {
    AtomicInteger open = new AtomicInteger();
    assertRefused(
        ArchiveException.class,
        builder().archive(URI.create("nosuch:/x")).loader(() -> new OpenLoader(open)));
    assertEquals(0, open.get(), "loaders left open");
  }

  @Test
  void memoryFailsToBeBuilt_archiveIsClosed() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(StoreProvider.class.getName()), CountingStoreProvider.class.getName());
    int openBefore = CountingStoreProvider.OPEN.get();
    int openedBefore = CountingStoreProvider.OPENED.get();
    KleptoCachingProvider provider = new KleptoCachingProvider();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      CacheManager manager = provider.getCacheManager(null, loader, null);
      KleptoConfigurationBuilder<String, Integer> tooMany =
          builder().archive(URI.create("counted:/")).maxEntries(Long.MAX_VALUE - 1);
      assertThrows(
          IllegalArgumentException.class, () -> manager.createCache("results", tooMany.build()));
      assertEquals(openedBefore + 1, CountingStoreProvider.OPENED.get());
      assertEquals(openBefore, CountingStoreProvider.OPEN.get(), "stores left open");
      assertNull(manager.getCache("results"));
      assertNotNull(manager.createCache("results", tooMany.maxEntries(1).build()));
    } finally {
      provider.close();
    }
    assertEquals(openBefore, CountingStoreProvider.OPEN.get(), "stores open after the end");
  }
}
