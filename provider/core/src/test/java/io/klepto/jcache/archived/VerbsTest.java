package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** load, dump, sync, archive, archived and drop. */
final class VerbsTest {
  private final Run run = new Run();
  private final Archive<String, Integer> archive = newArchive();
  private KleptoCache<String, Integer> cache = open(Long.MAX_VALUE);

  private static Archive<String, Integer> newArchive() {
    return Archives.open(
        URI.create("dict:/"), ArchiveConfiguration.builder(String.class, Integer.class).build());
  }

  private KleptoCache<String, Integer> open(long maxEntries) {
    KleptoCache<String, Integer> opened =
        run.cache(
            "bound " + maxEntries,
            KleptoConfiguration.builder(String.class, Integer.class)
                .maxEntries(maxEntries)
                .archiveMode(ArchiveMode.ON_EVICT));
    opened.archive(archive);
    return opened;
  }

  @AfterEach
  void closeRun() {
    run.close();
  }

  @Test
  void load_archivedEntries_bringsThem() {
    archive.putAll(Map.of("a", 1, "b", 2));
    cache.load();
    assertEquals(1, cache.lookup("a"));
    assertEquals(2, cache.lookup("b"));
  }

  @Test
  void load_ofKeys_bringsThoseThatThereAre() {
    archive.putAll(Map.of("a", 1, "b", 2));
    cache.load(Set.of("a", "x"));
    assertEquals(1, cache.lookup("a"));
    assertNull(cache.lookup("b"));
    assertEquals(1, cache.info().size());
  }

  @Test
  void load_newerInMemory_keepsIt() {
    archive.putAll(Map.of("a", 1, "b", 1));
    cache.put("a", 2);
    cache.load();
    cache.load(Set.of("a"));
    assertEquals(2, cache.lookup("a"));
    cache.dump();
    assertEquals(2, archive.get("a"));
  }

  @Test
  void load_newerInTheArchive_replacesWhatIsClean() {
    cache.put("a", 1);
    cache.dump();
    archive.put("a", 2);
    cache.load(Set.of("a"));
    assertEquals(2, cache.lookup("a"));
  }

  @Test
  void load_moreThanTheBound_neverOverfills() {
    for (int i = 0; i < 100; i++) {
      archive.put("key " + i, i);
    }
    cache = open(7);
    cache.load();
    assertEquals(7, cache.info().size());
    cache.load(archive.keys());
    assertEquals(7, cache.info().size());
    cache.evictAll(true);
    cache.load(archive.keys());
    assertEquals(7, cache.info().size());
  }

  @Test
  void load_fullOfNewEntries_evictsNone() {
    archive.putAll(Map.of("a", 1, "b", 2));
    cache = open(2);
    cache.put("c", 3);
    cache.put("d", 4);
    cache.load();
    assertEquals(3, cache.lookup("c"));
    assertEquals(4, cache.lookup("d"));
    assertFalse(archive.contains("c"));
  }

  @Test
  void load_boundOfZero_bringsNothing() {
    archive.put("a", 1);
    cache = open(0);
    cache.load();
    cache.load(Set.of("a"));
    assertEquals(0, cache.info().size());
    assertEquals(1, cache.get("a"));
  }

  @Test
  void dump_ofKeys_writesThoseAlone() {
    cache.put("a", 1);
    cache.put("b", 2);
    cache.dump(Set.of("a", "x"));
    assertEquals(Set.of("a"), archive.keys());
  }

  @Test
  void sync_bothWays_makesBothTheSame() {
    archive.put("a", 1);
    cache.put("b", 2);
    cache.sync(false);
    assertEquals(Map.of("a", 1, "b", 2), archive.getAll(Set.of("a", "b")));
    assertEquals(1, cache.lookup("a"));
  }

  @Test
  void sync_clearingFirst_leavesWhatMemoryHolds() {
    archive.put("old", 0);
    cache.put("a", 1);
    cache.dump();
    cache.put("b", 2);
    cache.sync(true);
    assertEquals(Set.of("a", "b"), archive.keys());
    assertNull(cache.get("old"));
  }

  @Test
  void archived_switchedOff_cacheWorksAlone() {
    cache.put("a", 1);
    cache.dump();
    cache.archived(false);
    assertFalse(cache.archived());
    assertTrue(cache.archive().isEmpty());
    cache.put("b", 2);
    cache.remove("a");
    cache.dump();
    cache.load();
    cache.sync(true);
    assertEquals(Set.of("a"), archive.keys(), "untouched meanwhile");
    assertEquals(Map.of("b", 2), WriteThroughContract.walk(cache));
    cache.archived(true);
    assertTrue(cache.archived());
    assertSame(archive, cache.archive().orElseThrow());
    assertEquals(1, cache.get("a"));
    cache.dump();
    assertEquals(2, archive.get("b"));
  }

  @Test
  void archived_switchedOffTwiceAndOnTwice_keepsTheArchive() {
    cache.archived(false);
    cache.archived(false);
    cache.archived(true);
    cache.archived(true);
    assertSame(archive, cache.archive().orElseThrow());
  }

  @Test
  void archive_another_dumpsEverythingThereAndLeavesTheFirstOpen() {
    cache.put("a", 1);
    cache.dump();
    Archive<String, Integer> other = newArchive();
    cache.archive(other);
    assertEquals(1, archive.get("a"), "still open");
    cache.dump();
    assertEquals(1, other.get("a"));
    cache.close();
    assertThrows(IllegalStateException.class, () -> other.get("a"), "closed with the cache");
    assertEquals(1, archive.get("a"), "the caller's");
  }

  @Test
  void close_archiveSetAside_closesIt() {
    cache.put("a", 1);
    cache.archived(false);
    cache.close();
    assertThrows(IllegalStateException.class, () -> archive.get("a"));
  }

  @Test
  void drop_attachedArchive_destroysItAndKeepsMemory() {
    cache.put("a", 1);
    cache.dump();
    cache.drop();
    assertFalse(cache.archived());
    assertEquals(1, cache.get("a"));
    assertThrows(IllegalStateException.class, cache::drop);
    assertThrows(IllegalStateException.class, () -> archive.get("a"));
  }

  @Test
  void verbs_cacheWithoutAPlaceForAnArchive_doNothingOrSayWhy() {
    KleptoCache<String, Integer> plain =
        run.cache("plain", KleptoConfiguration.builder(String.class, Integer.class));
    plain.put("a", 1);
    plain.load();
    plain.dump();
    plain.sync(true);
    plain.archived(false);
    assertFalse(plain.archived());
    assertEquals(1, plain.get("a"));
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> plain.archive(archive));
    assertTrue(failure.getMessage().contains("plain"), failure.getMessage());
    assertThrows(IllegalStateException.class, () -> plain.archived(true));
    assertThrows(IllegalStateException.class, plain::drop);
  }

  @Test
  void writeThrough_attachedLater_writesFromThenOnAndDumpsTheRest() {
    KleptoCache<String, Integer> later =
        run.cache(
            "later",
            KleptoConfiguration.builder(String.class, Integer.class)
                .archiveMode(ArchiveMode.WRITE_THROUGH));
    later.put("a", 1);
    assertFalse(later.archived());
    Archive<String, Integer> fresh = newArchive();
    later.archive(fresh);
    later.put("b", 2);
    assertEquals(Set.of("b"), fresh.keys());
    later.dump();
    assertEquals(Set.of("a", "b"), fresh.keys());
  }
}
