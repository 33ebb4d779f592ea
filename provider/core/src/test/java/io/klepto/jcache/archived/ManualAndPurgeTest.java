package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The mode in which only klepto's verbs touch the archive, and evictions that empty memory. */
final class ManualAndPurgeTest {
  private final FaultyStore faulty = FaultyStore.empty();
  private final Run run = new Run();

  @AfterEach
  void closeRun() {
    faulty.heal();
    run.close();
  }

  private static KleptoConfigurationBuilder<String, Integer> configuration() {
    return KleptoConfiguration.builder(String.class, Integer.class);
  }

  private KleptoCache<String, Integer> manual(long maxEntries) {
    KleptoCache<String, Integer> cache =
        run.cache(
            configuration()
                .maxEntries(maxEntries)
                .archiveMode(ArchiveMode.MANUAL)
                .loading(String::length));
    cache.archive(faulty.archive());
    faulty.soundArchive().put("archived", 0);
    return cache;
  }

  private Map<String, Integer> archived() {
    Archive<String, Integer> archive = faulty.soundArchive();
    return new TreeMap<>(archive.getAll(archive.keys()));
  }

  @Test
  void manual_operations_actOnMemoryOnly() {
    KleptoCache<String, Integer> cache = manual(2);
    faulty.fail(FaultyStore.READS);
    assertFalse(cache.containsKey("archived"));
    assertEquals(8, cache.get("archived"), "computed, not read");
    cache.put("a", 1);
    cache.put("b", 2);
    cache.putAll(Map.of("c", 3));
    assertNull(cache.lookup("archived"), "dropped");
    assertEquals(Map.of("b", 2, "c", 3), WriteThroughContract.walk(cache));
    assertTrue(cache.remove("b"));
    assertFalse(cache.remove("archived"));
    cache.removeAll();
    cache.put("d", 4);
    cache.clear();
    assertEquals(Map.of("archived", 0), archived());
    cache.put("e", 5);
    cache.close();
    assertEquals(Map.of("archived", 0), archived());
  }

  @Test
  void manual_verbs_actOnTheArchive() {
    KleptoCache<String, Integer> cache = manual(10);
    cache.load();
    assertEquals(0, cache.lookup("archived"));
    cache.put("a", 1);
    cache.put("b", 2);
    cache.dump(Set.of("a"));
    assertEquals(Map.of("a", 1, "archived", 0), archived());
    cache.put("a", 3);
    cache.sync(false);
    assertEquals(Map.of("a", 3, "archived", 0, "b", 2), archived());
    cache.remove("b");
    cache.sync(true);
    assertEquals(Map.of("a", 3, "archived", 0), archived());
    cache.drop();
    assertFalse(cache.archived());
    assertEquals(3, cache.get("a"));
  }

  private KleptoCache<String, Integer> purging(boolean archived) {
    KleptoCache<String, Integer> cache =
        run.cache(configuration().maxEntries(2).archiveMode(ArchiveMode.ON_EVICT).purge(true));
    if (archived) {
      cache.archive(faulty.archive());
    }
    return cache;
  }

  @Test
  void purge_firstTooMany_dumpsAllAndEmptiesMemory() {
    KleptoCache<String, Integer> cache = purging(true);
    cache.put("a", 1);
    cache.put("b", 2);
    assertEquals(Map.of(), archived());
    cache.put("c", 3);
    assertEquals(0, cache.info().size());
    assertEquals(Map.of("a", 1, "b", 2, "c", 3), archived());
    assertEquals(1, cache.get("a"));
    assertEquals(1, cache.info().size());
  }

  @Test
  void purge_withoutArchive_evictsOne() {
    KleptoCache<String, Integer> cache = purging(false);
    cache.putAll(Map.of("a", 1, "b", 2));
    cache.put("c", 3);
    assertEquals(2, cache.info().size());
  }

  @Test
  void purge_someDumpsFail_theyStayAndTheCallThrows() {
    KleptoCache<String, Integer> cache = purging(true);
    cache.put("a", 1);
    cache.put("b", 2);
    faulty.failWritesOf("b");
    assertThrows(CacheWriterException.class, () -> cache.put("c", 3));
    assertEquals(2, cache.lookup("b"));
    faulty.heal();
    assertEquals(Map.of("a", 1, "b", 2, "c", 3), cache.getAll(Set.of("a", "b", "c")));
  }

  @ParameterizedTest
  @EnumSource(value = ArchiveMode.class, mode = EnumSource.Mode.EXCLUDE, names = "ON_EVICT")
  void purge_withOtherModes_isRefused(ArchiveMode mode) {
    KleptoConfigurationBuilder<String, Integer> builder =
        configuration().maxEntries(2).archiveMode(mode).purge(true);
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, builder::build);
    assertTrue(refusal.getMessage().contains(mode.name()), refusal.getMessage());
  }
}
