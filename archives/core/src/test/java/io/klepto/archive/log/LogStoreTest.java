package io.klepto.archive.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, and what only a store of this kind does. */
final class LogStoreTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("results.klepto");
  }

  private ArchiveException refused() {
    ArchiveException refused = assertThrows(ArchiveException.class, () -> Entries.open(file));
    assertTrue(refused.getMessage().contains("results.klepto"), refused.getMessage());
    return refused;
  }

  @Test
  void folderInPlaceOfTheFile_isRefused() throws IOException {
    Files.createDirectory(file);
    assertTrue(refused().getMessage().contains("expected a file, found a folder"));
    assertFalse(Files.exists(folder.resolve("results.klepto.lock")));
  }

  @Test
  void fileOfAnotherKind_isRefusedAndLeftAlone() throws IOException {
    for (byte[] bytes : new byte[][] {{}, {1, 2, 3}, new byte[100_000]}) {
      Files.write(file, bytes);
      assertTrue(refused().getMessage().contains("magic"), "of " + bytes.length + " bytes");
      assertArrayEquals(bytes, Files.readAllBytes(file));
    }
  }

  @Test
  void unknownSetting_isRefusedByName() {
    ArchiveException refused =
        assertThrows(
            ArchiveException.class,
            () -> Entries.open(file, Optional.empty(), Map.of("compact-a", "7")));
    assertTrue(refused.getMessage().contains("did you mean compact-at"), refused.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void fileThatIsRemovedWhileOpen_failsTheNextWriteByName() throws IOException {
    try (Store store = Entries.open(file)) {
      store.put(Entries.key("a"), Entries.content("one"));
      Files.delete(file);
      ArchiveException thrown =
          assertThrows(
              ArchiveException.class, () -> store.put(Entries.key("a"), Entries.content("two")));
      assertTrue(thrown.getMessage().contains("found nothing"), thrown.getMessage());
    }
  }

  @Test
  void anotherArchiveInPlaceOfTheFile_failsTheNextWriteByName() throws IOException {
    Path other = folder.resolve("other.klepto");
    Entries.open(other).close();
    try (Store store = Entries.open(file)) {
      Files.delete(file);
      Files.copy(other, file);
      ArchiveException thrown =
          assertThrows(
              ArchiveException.class, () -> store.put(Entries.key("a"), Entries.content("two")));
      assertTrue(thrown.getMessage().contains("found another archive"), thrown.getMessage());
    }
  }

  @Test
  void pathsToOneFile_shareOneEngine() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.klepto"), file);
    try (Store store = Entries.open(file);
        Store linked = Entries.open(link);
        Store dotted = Entries.open(folder.resolve("./x/../results.klepto"));
        Engines.Lease lease = Engines.lease(file);
        Engines.Lease linkedLease = Engines.lease(link)) {
      assertTrue(lease.engine() == linkedLease.engine());
      linked.put(Entries.key("a"), Entries.content("one"));
      linked.compact();
      store.put(Entries.key("b"), Entries.content("two"));
      assertEquals(2, dotted.size());
      assertTrue(Files.isSymbolicLink(link), "a compaction replaces the file, not the link");
    }
  }

  @Test
  void twoEngines_seeEachOthersWritesAtTheNextCall() {
    try (Store store = Entries.open(file);
        LogEngine other = LogEngine.open(file, new LogErrors("another process"))) {
      for (int i = 0; i < 3_000; i++) {
        store.put(Entries.key("key " + i), Entries.content("value"));
        int found = other.read(log -> log.namespace(1).index().size());
        assertEquals(i + 1, found);
      }
    }
  }

  @Test
  void batches_areSeenByReadersAsAWhole() throws InterruptedException {
    try (Store store = Entries.open(file);
        LogEngine other = LogEngine.open(file, new LogErrors("another process"))) {
      assertTrue(store.capabilities().contains(Capability.ATOMIC_BATCH));
      Thread writer =
          new Thread(
              () -> {
                for (int round = 0; round < 40; round++) {
                  Entries entries = new Entries();
                  Map<String, String> batch = new TreeMap<>();
                  for (int i = 0; i < 200; i++) {
                    batch.put(round + "/" + i, "value");
                  }
                  entries.putAll(store, batch);
                }
              });
      writer.start();
      int size = 0;
      while (size < 8_000) {
        size = other.read(log -> log.ask(state -> state.namespace(1).index().size()));
        assertEquals(0, size % 200);
      }
      writer.join();
    }
  }

  @Test
  void manyNamespaces_areFoundAgain() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 1_500; i += 100) {
        StoreOptions options =
            new StoreOptions("cache " + i, Optional.empty(), Map.of("codec", "number " + i));
        try (LogStore store = LogStoreProvider.open(file, options)) {
          assertEquals(round, store.size());
          store.put(Entries.key("a"), Entries.content("value"));
        }
      }
    }
  }

  @Test
  void scan_goesOnThroughACompaction() {
    try (Store store = Entries.open(file)) {
      for (int i = 0; i < 100; i++) {
        store.put(Entries.key("key " + i), Entries.content("value " + i));
      }
      int seen = 0;
      try (RecordCursor cursor = store.scan()) {
        while (cursor.next() != null) {
          seen++;
          if (seen == 50) {
            store.compact();
          }
        }
      }
      assertEquals(100, seen);
    }
  }
}
