package io.klepto.archive.dir;

import static io.klepto.archive.dir.DirTestStore.content;
import static io.klepto.archive.dir.DirTestStore.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.dir.FailingFiles.Step;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bulk writes of a store whose writes are on the disk when they return. */
final class ForcedBatchesTest extends OpenDirStore {
  private static final int MANY = 1_200;

  @Override
  Durability durability() {
    return Durability.SYNC;
  }

  private static Map<KeyBytes, RecordContent> contents(int from, int to, String value) {
    Map<KeyBytes, RecordContent> contents = new HashMap<>();
    for (int i = from; i < to; i++) {
      contents.put(key(i), content(value + i));
    }
    return contents;
  }

  private List<String> leftOver() throws Exception {
    return DirTestStore.namesIn(test.layout().temp());
  }

  @Test
  void putAll_forcesEachFileOnce_andEachFolderOncePerBatch() throws Exception {
    store.putAll(contents(0, MANY, "old ")).orThrow();
    fault.takeForced();
    Map<KeyBytes, Long> versions = store.putAll(contents(0, MANY, "new ")).orThrow();
    List<Path> files = new ArrayList<>(fault.takeForced());
    List<Path> folders = new ArrayList<>(files);
    files.removeIf(Files::isDirectory);
    folders.removeAll(files);
    assertEquals(MANY, new HashSet<>(files).size());
    assertEquals(MANY, files.size());
    Set<Path> all = new HashSet<>();
    versions.keySet().forEach(key -> all.add(test.fileOf(key).getParent()));
    assertEquals(all, new HashSet<>(folders));
    assertTrue(folders.size() <= 2 * all.size(), folders.size() + " folders forced");
    versions.forEach((key, version) -> assertEquals(version, store.get(key).version()));
    assertEquals(List.of(), leftOver());
  }

  @Test
  void putAll_whereOneFileCantBeForced_failsThatKeyAlone() throws Exception {
    store.putAll(contents(0, 40, "old ")).orThrow();
    fault.failNext(Step.FORCE);
    BulkOutcome<Long> outcome = store.putAll(contents(0, 40, "new "));
    assertEquals(39, outcome.done().size());
    assertEquals(1, outcome.failed().size());
    KeyBytes failed = outcome.failed().keySet().iterator().next();
    for (int i = 0; i < 40; i++) {
      String expected = key(i).equals(failed) ? "old " : "new ";
      assertEquals(content(expected + i), store.get(key(i)).content());
    }
    assertEquals(List.of(), leftOver());
  }

  @Test
  void putAll_whereAFolderCantBeForced_failsTheKeysInIt() throws Exception {
    store.putAll(contents(0, 300, "old ")).orThrow();
    Path failing = test.fileOf(key(7)).getParent();
    fault.fail(Step.FORCE, failing);
    BulkOutcome<Long> outcome = store.putAll(contents(0, 300, "new "));
    outcome.failed().keySet().forEach(key -> assertEquals(failing, test.fileOf(key).getParent()));
    assertTrue(outcome.failed().containsKey(key(7)));
    assertEquals(300, outcome.failed().size() + outcome.done().size());
    BulkOutcome<Boolean> removed = store.removeAll(contents(0, 300, "").keySet());
    assertEquals(outcome.failed().keySet(), removed.failed().keySet());
  }

  @Test
  void putAll_overARecordOfTheFuture_givesItAGreaterVersion() throws Exception {
    store.put(key(1), content("old"));
    long future = Long.MAX_VALUE / 2;
    StoreRecord record = new StoreRecord(key(1), future, content("of a clock set back since"));
    Files.write(test.fileOf(key(1)), EnvelopeV1.encode(record));
    Map<KeyBytes, Long> versions = store.putAll(contents(0, 3, "new ")).orThrow();
    assertEquals(future + 1, versions.get(key(1)));
    assertEquals(content("new 1"), store.get(key(1)).content());
    assertEquals(future + 1, store.get(key(1)).version());
    assertEquals(List.of(), leftOver());
  }

  @Test
  void putAll_overADamagedRecord_setsItAside() throws Exception {
    store.put(key(1), content("old"));
    Files.write(test.fileOf(key(1)), new byte[] {1});
    store.putAll(contents(0, 3, "new ")).orThrow();
    assertEquals(content("new 1"), store.get(key(1)).content());
    assertEquals(1, DirTestStore.namesIn(test.layout().quarantine()).size());
  }

  @Test
  void putAll_whenTheDiskIsFull_keepsTheOldValues() throws Exception {
    store.putAll(contents(0, 20, "old ")).orThrow();
    for (Step step : List.of(Step.WRITE, Step.REPLACE, Step.FORCE)) {
      fault.fail(step);
      BulkOutcome<Long> outcome = store.putAll(contents(0, 20, "new "));
      fault.fail(Step.NONE);
      assertEquals(20, outcome.failed().size(), step.name());
      for (int i = 0; i < 20; i++) {
        assertEquals(content("old " + i), store.get(key(i)).content(), step.name());
      }
      assertEquals(List.of(), leftOver(), step.name());
    }
    store.putAll(contents(0, 20, "new ")).orThrow();
  }

  @Test
  void removeAll_tellsWhichWereThere_andForcesTheirFoldersAlone() throws Exception {
    store.putAll(contents(0, 10, "")).orThrow();
    fault.takeForced();
    Map<KeyBytes, Boolean> removed = store.removeAll(contents(5, 15, "").keySet()).orThrow();
    for (int i = 5; i < 15; i++) {
      assertEquals(i < 10, removed.get(key(i)));
      assertNull(store.get(key(i)));
    }
    Set<Path> folders = new HashSet<>();
    Stream.of(5, 6, 7, 8, 9).forEach(i -> folders.add(test.fileOf(key(i)).getParent()));
    assertEquals(folders, new HashSet<>(fault.takeForced()));
    assertEquals(5, store.size());
  }

  @Test
  void put_intoAFolderThatAnotherStoreMade_forcesTheNameOfTheFolderToo() {
    try (DirStore other = test.open(Map.of())) {
      other.put(key(1), content("not forced"));
    }
    fault.takeForced();
    store.put(key(1), content("forced"));
    assertTrue(fault.takeForced().contains(test.layout().folder()));
    store.put(key(1), content("forced again"));
    assertFalse(fault.takeForced().contains(test.layout().folder()));
  }

  @Test
  void failuresOfTheWorkers_reachTheCaller() {
    Map<Integer, RuntimeException> failures =
        Together.forEach(
            Stream.iterate(0, i -> i + 1).limit(100).toList(),
            i -> {
              if (i % 10 == 3) {
                throw new ArchiveException("number " + i);
              }
            });
    assertEquals(10, failures.size());
    assertEquals("number 13", failures.get(13).getMessage());
  }
}
