package io.klepto.archive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compactions with writes between their pieces, killed after each, taken over, unwanted. */
final class CompactionTest {
  private static final int KEYS = 60;
  private static final long SMALL_PIECE_BYTES = 5_000;
  private static final int LARGE_CHARS = 20_000;
  private static final RecordTimes TOUCHED = new RecordTimes(5, 6, 7);

  @TempDir private Path folder;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final String told = "seed " + seed;
  private final Entries entries = new Entries();
  private Path live;
  private Path file;
  private int copies;

  @BeforeEach
  void name() throws IOException {
    live = Files.createDirectory(folder.resolve("live"));
    file = live.resolve("results.klepto");
  }

  private void change(Store store) {
    String key = "key " + random.nextInt(KEYS);
    switch (random.nextInt(8)) {
      case 0, 1 -> entries.remove(store, key);
      case 2 -> touch(store, Entries.key(key));
      case 3 -> {
        if (random.nextInt(30) == 0) {
          entries.clear(store);
        }
      }
      default -> entries.put(store, key, random.nextInt() + "x".repeat(random.nextInt(300)));
    }
  }

  private static void touch(Store store, KeyBytes key) {
    if (store.contains(key)) {
      assertTrue(store.touch(key, store.get(key).version(), TOUCHED));
    }
  }

  private void fill(Store store) {
    for (int i = 0; i < 10 * KEYS; i++) {
      change(store);
    }
  }

  /** Opens what a crash of this moment would leave, reads and compacts it. */
  private void assertCopyIsWhole(String moment) throws IOException {
    Path copy = folder.resolve("copy " + copies++);
    Entries.copyFolder(live, copy);
    try (Store store = Entries.open(copy.resolve("results.klepto"))) {
      entries.assertIn(store, told + ", killed " + moment);
      store.put(Entries.key("afterwards"), Entries.content("written"));
      store.compact();
      assertNotNull(store.get(Entries.key("afterwards")));
      store.remove(Entries.key("afterwards"));
      entries.assertIn(store, told + ", killed " + moment + " and compacted");
      assertTrue(store.verify(false).isSound(), told);
    }
    assertEquals(
        List.of("results.klepto", "results.klepto.lock"), Entries.namesIn(copy), "nothing left");
  }

  @Test
  void writesBetweenThePieces_andDeathAfterEach_loseNothing() throws IOException {
    try (Store store = Entries.open(file);
        Engines.Lease lease = Engines.lease(file)) {
      fill(store);
      store.compact();
      fill(store);
      LogEngine engine = lease.engine();
      LogFile source = engine.current();
      try (Compaction compaction = Compaction.start(engine, false)) {
        assertCopyIsWhole("before the first piece");
        while (compaction.copyPiece(SMALL_PIECE_BYTES) > 0) {
          for (int i = 0; i < 3; i++) {
            change(store);
          }
          entries.assertIn(store, told);
          if (random.nextInt(6) == 0) {
            assertCopyIsWhole("between two pieces");
          }
        }
        change(store);
        assertTrue(compaction.step(Long.MAX_VALUE), told);
      }
      assertNotSame(source, engine.current(), "the new file is in use");
      entries.assertIn(store, told + ", compacted");
      assertCopyIsWhole("at the end");
      fill(store);
      entries.assertIn(store, told + ", written again");
    }
    try (Store store = Entries.open(file)) {
      entries.assertIn(store, told + ", opened again");
    }
  }

  @Test
  void deathBeforeTheRename_isNoticedByTheNextWriter() throws IOException {
    try (Store store = Entries.open(file);
        Engines.Lease lease = Engines.lease(file)) {
      fill(store);
      HeadV1 head = lease.engine().current().head();
      head.setSuperseded(true);
      entries.assertIn(store, told);
      assertTrue(head.isSuperseded(), "a reader changes nothing");
      assertCopyIsWhole("before the rename");
      entries.put(store, "key 1", "new");
      assertFalse(head.isSuperseded());
      entries.assertIn(store, told);
    }
  }

  @Test
  void anotherUserOfTheFile_seesWhatIsWrittenAfterACompaction() throws IOException {
    LogErrors errors = new LogErrors("another process");
    try (Store store = Entries.open(file)) {
      fill(store);
      try (LogEngine other = LogEngine.open(file, errors)) {
        for (int round = 0; round < 5; round++) {
          fill(store);
          store.compact();
          entries.put(store, "round", "number " + round);
          String text =
              other.read(
                  log -> {
                    KeyBytes key = Entries.key("round");
                    byte[] payload =
                        log.read(log.namespace(1), KeyHash.of(key), key, errors)
                            .content()
                            .payload();
                    return new String(payload, UTF_8);
                  });
          assertEquals("number " + round, text, told);
          long size = other.read(log -> (long) log.namespace(1).index().size());
          assertEquals(store.size(), size, told);
        }
      }
    }
  }

  @Test
  void compactionThatWasTakenOver_endsWithoutHarm() throws IOException {
    try (Store store = Entries.open(file);
        Engines.Lease lease = Engines.lease(file)) {
      fill(store);
      LogEngine engine = lease.engine();
      try (Compaction first = Compaction.start(engine, false)) {
        first.copyPiece(SMALL_PIECE_BYTES);
        assertNull(Compaction.start(engine, false), "one at a time");
        try (Compaction second = Compaction.start(engine, true)) {
          second.copyPiece(SMALL_PIECE_BYTES);
          LogFile source = engine.current();
          assertTrue(first.step(Long.MAX_VALUE));
          assertSame(source, engine.current(), "the first does not replace the file any more");
          assertTrue(second.step(Long.MAX_VALUE));
          assertNotSame(source, engine.current(), "the second does");
        }
      }
      entries.assertIn(store, told);
    }
    assertEquals(List.of("results.klepto", "results.klepto.lock"), Entries.namesIn(live));
  }

  @Test
  void fileThatIsMostlyDead_isCompactedByItsWriters() throws IOException {
    try (Store store = Entries.open(file)) {
      for (int i = 0; i < 1_000; i++) {
        entries.put(store, "key " + i % 10, i + "x".repeat(LARGE_CHARS));
      }
      entries.assertIn(store, told);
      assertTrue(Files.size(file) < 200L * LARGE_CHARS, "found " + Files.size(file) + " bytes");
    }
  }

  @Test
  void fileThatIsMostlyDead_isLeftAlone_ifSetSo() throws IOException {
    Map<String, String> never = Map.of("compact-at", "100");
    try (Store store = Entries.open(file, Optional.empty(), never)) {
      for (int i = 0; i < 300; i++) {
        entries.put(store, "key " + i % 10, i + "x".repeat(LARGE_CHARS));
      }
      assertTrue(Files.size(file) > 300L * LARGE_CHARS);
      store.compact();
      assertTrue(Files.size(file) < 20L * LARGE_CHARS, "by hand it is");
      entries.assertIn(store, told);
    }
  }

  @Test
  void touchedValue_keepsItsVersionAndNewTimes() throws IOException {
    try (Store store = Entries.open(file)) {
      KeyBytes key = Entries.key("touched");
      long version = store.put(key, Entries.content("value"));
      touch(store, key);
      for (int i = 0; i < 3; i++) {
        store.compact();
        assertEquals(version, store.get(key).version());
        assertEquals(Entries.content("value").withTimes(TOUCHED), store.get(key).content());
      }
    }
  }

  @Test
  void destroyedNamespace_goes_andItsNumberIsNotUsedAgain() throws IOException {
    try (Store store = Entries.open(file);
        Engines.Lease lease = Engines.lease(file)) {
      fill(store);
      StoreOptions options = new StoreOptions("another", Optional.empty(), Map.of());
      LogStore doomed = LogStoreProvider.open(file, options);
      doomed.put(Entries.key("a"), Entries.content("x".repeat(LARGE_CHARS)));
      doomed.destroy();
      store.compact();
      assertTrue(Files.size(file) < HeadV1.BYTES + 3L * LARGE_CHARS);
      assertNull(lease.engine().current().namespace(2));
      try (LogStore again = LogStoreProvider.open(file, options)) {
        assertEquals(0, again.size());
        assertNotNull(lease.engine().current().namespace(3));
      }
      entries.assertIn(store, told);
    }
  }
}
