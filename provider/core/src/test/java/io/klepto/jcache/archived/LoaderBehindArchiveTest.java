package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application's loader and writer, with an archive between them and memory. */
final class LoaderBehindArchiveTest {
  @TempDir Path folder;

  private final List<String> computed = new ArrayList<>();
  private final RecordingWriter writer = new RecordingWriter();
  private Run run = new Run();
  private KleptoCache<String, Integer> cache;

  @BeforeEach
  void open() {
    cache = run.cache(configuration());
  }

  @AfterEach
  void closeRun() {
    run.close();
  }

  private KleptoConfigurationBuilder<String, Integer> configuration() {
    return KleptoConfiguration.builder(String.class, Integer.class)
        .archive(folder)
        .loading(this::compute)
        .writer(() -> writer);
  }

  private Integer compute(String key) {
    computed.add(key);
    return key.startsWith("no ") ? null : key.length();
  }

  private void restart() {
    run.close();
    run = new Run();
    open();
  }

  private Archive<String, Integer> archive() {
    return cache.archive().orElseThrow();
  }

  @Test
  void get_overTwoRuns_computesOnce() {
    assertEquals(3, cache.get("one"));
    assertEquals(3, cache.get("one"));
    restart();
    assertEquals(3, cache.get("one"));
    assertEquals(List.of("one"), computed);
  }

  @Test
  void getAll_overTwoRuns_computesEachOnce() {
    assertEquals(Map.of("one", 3), cache.getAll(Set.of("one")));
    restart();
    assertEquals(Map.of("one", 3, "three", 5), cache.getAll(Set.of("one", "three")));
    restart();
    assertEquals(Map.of("one", 3, "three", 5), cache.getAll(Set.of("one", "three")));
    assertEquals(List.of("one", "three"), computed);
  }

  @Test
  void invoke_overTwoRuns_computesOnce() {
    assertEquals(3, cache.<Integer>invoke("one", (entry, arguments) -> entry.getValue()));
    restart();
    assertEquals(3, cache.<Integer>invoke("one", (entry, arguments) -> entry.getValue()));
    assertEquals(List.of("one"), computed);
  }

  @Test
  void get_loadedValue_goesIntoTheArchiveAndNotToTheWriter() {
    cache.get("one");
    cache.getAll(Set.of("three"));
    cache.invoke("seven", (entry, arguments) -> entry.getValue());
    assertEquals(
        Map.of("one", 3, "three", 5, "seven", 5),
        archive().getAll(Set.of("one", "three", "seven")));
    assertEquals(List.of(), writer.calls);
  }

  @Test
  void get_valueThatTheLoaderHasNone_archivesNothing() {
    assertNull(cache.get("no such"));
    assertEquals(0, archive().size());
  }

  @Test
  void containsKeyAndIterator_neverAskTheLoader() {
    assertEquals(Map.of(), WriteThroughContract.walk(cache));
    cache.containsKey("one");
    assertEquals(List.of(), computed);
  }

  @Test
  @Timeout(60)
  void loadAll_withoutReplacing_takesArchivedEntriesFromTheArchive() throws Exception {
    cache.put("one", 100);
    restart();
    loadAll(Set.of("one", "three"), false);
    assertEquals(100, cache.lookup("one"));
    assertEquals(5, cache.lookup("three"));
    assertEquals(List.of("three"), computed);
  }

  @Test
  @Timeout(60)
  void loadAll_replacing_bypassesTheArchiveAndReplacesThere() throws Exception {
    cache.put("one", 100);
    writer.calls.clear();
    loadAll(Set.of("one"), true);
    assertEquals(3, cache.get("one"));
    assertEquals(3, archive().get("one"));
    assertEquals(List.of(), writer.calls);
  }

  private void loadAll(Set<String> keys, boolean replace) throws Exception {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, replace, done);
    done.get();
  }

  @Test
  void put_withWriter_writerComesBeforeTheArchive() {
    writer.before = () -> assertEquals(0, archive().size(), "entries when the writer is called");
    cache.put("a", 1);
    assertEquals(List.of("write a=1"), writer.calls);
    assertEquals(1, archive().get("a"));
    writer.before = () -> assertEquals(1, archive().size(), "entries when the writer is called");
    cache.remove("a");
    assertEquals(List.of("write a=1", "delete a"), writer.calls);
    assertEquals(0, archive().size());
  }

  @Test
  void remove_keyThatNobodyHas_tellsTheWriter() {
    cache.remove("a");
    assertEquals(List.of("delete a"), writer.calls);
  }

  @Test
  void changes_writerFails_leaveArchiveAndMemoryAsTheyWere() {
    cache.put("a", 1);
    writer.before =
        () -> {
          throw new IllegalStateException("the database is away");
        };
    assertThrows(CacheWriterException.class, () -> cache.put("a", 2));
    assertThrows(CacheWriterException.class, () -> cache.put("b", 2));
    assertThrows(CacheWriterException.class, () -> cache.putAll(Map.of("a", 2, "b", 2)));
    assertThrows(CacheWriterException.class, () -> cache.getAndPut("a", 2));
    assertThrows(CacheWriterException.class, () -> cache.replace("a", 2));
    assertThrows(CacheWriterException.class, () -> cache.remove("a"));
    assertThrows(CacheWriterException.class, () -> cache.removeAll(Set.of("a")));
    assertThrows(
        CacheWriterException.class,
        () ->
            cache.invoke(
                "a",
                (entry, arguments) -> {
                  entry.setValue(2);
                  return null;
                }));
    assertEquals(1, cache.lookup("a"));
    assertNull(cache.lookup("b"));
    assertEquals(Map.of("a", 1), archive().getAll(Set.of("a", "b")));
  }

  @Test
  void putAll_writerFailsForSome_archivesTheWrittenOnes() {
    writer.refused = Set.of("b");
    CacheWriterException failure =
        assertThrows(
            CacheWriterException.class, () -> cache.putAll(Map.of("a", 1, "b", 2, "c", 3)));
    assertTrue(failure.toString().contains("refused"), failure.toString());
    assertEquals(Map.of("a", 1, "c", 3), archive().getAll(Set.of("a", "b", "c")));
    assertEquals(1, cache.lookup("a"));
    assertNull(cache.lookup("b"));
  }

  @Test
  void removeAll_writerFailsForSome_removesTheDeletedOnes() {
    cache.putAll(Map.of("a", 1, "b", 2, "c", 3));
    writer.refused = Set.of("b");
    assertThrows(CacheWriterException.class, () -> cache.removeAll(Set.of("a", "b", "c")));
    assertEquals(Map.of("b", 2), archive().getAll(Set.of("a", "b", "c")));
    assertEquals(2, cache.lookup("b"));
  }

  @Test
  void get_loaderFails_archivesNothingAndCanBeRepeated() {
    try (Run other = new Run()) {
      boolean[] fails = {true};
      KleptoCache<String, Integer> failing =
          other.cache(
              "failing",
              KleptoConfiguration.builder(String.class, Integer.class)
                  .archive(folder)
                  .loading(
                      key -> {
                        if (fails[0]) {
                          throw new IllegalStateException("overflow");
                        }
                        return 1;
                      }));
      CacheLoaderException failure =
          assertThrows(CacheLoaderException.class, () -> failing.get("a"));
      assertEquals("overflow", failure.getCause().getMessage());
      assertEquals(0, failing.archive().orElseThrow().size());
      fails[0] = false;
      assertEquals(1, failing.get("a"));
    }
  }
}
