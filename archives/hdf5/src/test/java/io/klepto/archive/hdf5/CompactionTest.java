package io.klepto.archive.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.ChildJvm;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Compaction: what it brings into the file, what it leaves, and what it does when it can't. */
final class CompactionTest {
  private static final Path FULL_DISK = Path.of("/dev/full");

  private final FileFixture fixture =
      new FileFixture(Map.of(HdfSettings.COMPACT_ON_CLOSE, "false"));

  @AfterEach
  void close() {
    fixture.close();
  }

  private Store open() {
    return fixture.open(SmallArchive.NAMESPACE);
  }

  private Store open(Disk disk) {
    return fixture.open(SmallArchive.NAMESPACE, disk, HdfStores::openJournal);
  }

  private Store open(String setting, String value) {
    StoreOptions options =
        new StoreOptions(SmallArchive.NAMESPACE, Optional.empty(), Map.of())
            .with(StoreSettings.of(Map.of(setting, value)));
    return HdfStores.open(fixture.file(), options, new LocalDisk(), HdfStores::openJournal);
  }

  private BaseFile.View view() {
    return new BaseFile(fixture.file(), SmallArchive.NAMESPACE, new HdfErrors("test"))
        .use((view, source) -> view);
  }

  @Test
  void compact_bringsTheLogIntoTheFile() {
    try (Store store = open()) {
      Map<KeyBytes, StoreRecord> records = SmallArchive.fill(store);
      assertNull(view().footer());
      store.compact();
      assertEquals(records.size(), view().directory().rows());
      assertEquals(records, SmallArchive.recordsIn(store));
      store.remove(SmallArchive.key("text"));
      store.compact();
      assertEquals(records.size() - 1, view().directory().rows());
      assertEquals(records.size() - 1, store.size());
    }
  }

  @Test
  void compact_ofAnUnchangedArchive_leavesTheFile() {
    try (Store store = open()) {
      store.compact();
      assertFalse(Files.exists(fixture.file()));
      SmallArchive.fill(store);
      store.compact();
      BaseFormatV1.Footer footer = view().footer();
      store.compact();
      assertEquals(footer, view().footer());
    }
  }

  @Test
  void close_compactsUnlessToldNotTo() {
    try (Store store = open()) {
      SmallArchive.fill(store);
    }
    assertNull(view().footer());
    try (Store store = open(HdfSettings.COMPACT_ON_CLOSE, "true")) {
      assertEquals(SmallArchive.contents().size(), store.size());
    }
    assertEquals(SmallArchive.contents().size(), view().directory().rows());
  }

  @Test
  void touchedRecord_keepsItsVersionThroughCompaction() {
    try (Store store = open()) {
      SmallArchive.fill(store);
      store.compact();
      StoreRecord record = store.get(SmallArchive.key("cube"));
      RecordTimes times = RecordTimes.expiringAfter(1, 2);
      assertTrue(store.touch(record.key(), record.version(), times));
      store.compact();
      assertEquals(times, store.get(record.key()).content().times());
      assertEquals(record.version(), store.get(record.key()).version());
    }
  }

  @Test
  void namespaces_shareTheFileAndKeepTheirOwnLogs() {
    try (Store one = fixture.open("one");
        Store two = fixture.open("two/../\0\ud83d")) {
      Map<KeyBytes, StoreRecord> inOne = SmallArchive.fill(one);
      Map<KeyBytes, StoreRecord> inTwo = SmallArchive.fill(two);
      one.compact();
      assertEquals(1, view().namespaces().size());
      two.compact();
      assertEquals(2, view().namespaces().size());
      assertEquals(inOne, SmallArchive.recordsIn(one));
      assertEquals(inTwo, SmallArchive.recordsIn(two));
      one.destroy();
      assertEquals(1, view().namespaces().size());
      assertEquals(inTwo, SmallArchive.recordsIn(two));
      two.destroy();
      assertFalse(Files.exists(fixture.file()));
    }
  }

  @Test
  void tooLittleHeap_keepsTheLogAndSaysSo() {
    try (Store store = open(HdfSettings.COMPACT_HEAP, "1000")) {
      Map<KeyBytes, StoreRecord> records = SmallArchive.fill(store);
      ArchiveException refused = assertThrows(ArchiveException.class, store::compact);
      assertTrue(refused.getMessage().contains(HdfSettings.COMPACT_HEAP), refused.getMessage());
      assertTrue(refused.getMessage().contains("at most 1000 bytes"), refused.getMessage());
      assertNull(view().footer());
      assertEquals(records, SmallArchive.recordsIn(store));
    } // compacts on close, which can't be done, and must not fail
    try (Store store = open(HdfSettings.COMPACT_HEAP, "1000000")) {
      assertEquals(SmallArchive.contents().size(), store.size());
      store.compact();
      assertEquals(SmallArchive.contents().size(), view().directory().rows());
    }
  }

  @Test
  void oneLargeRecord_countsAgainstTheHeap() {
    try (Store store = open(HdfSettings.COMPACT_HEAP, "100000")) {
      SmallArchive.fill(store);
      store.compact();
      BaseFormatV1.Footer footer = view().footer();
      store.put(SmallArchive.key("large"), SmallArchive.bytes("x".repeat(50_000)));
      assertThrows(ArchiveException.class, store::compact);
      assertEquals(footer, view().footer());
      assertNotNull(store.get(SmallArchive.key("large")));
      store.remove(SmallArchive.key("large"));
      store.compact();
    }
  }

  /** More values than the heap of the process holds, each of which it can hold several times. */
  @Test
  void manyLargeValues_areCompactedOneByOne() {
    int values = 40;
    String value = "x".repeat(8 << 20);
    try (Store store = open()) {
      for (int i = 0; i < values; i++) {
        store.put(SmallArchive.key(i), SmallArchive.bytes(value));
      }
    }
    int neverDies = Integer.MAX_VALUE;
    try (ChildJvm child =
        ChildJvm.start(
            CompactionCrashTest.Child.class,
            fixture.file().toString(),
            Integer.toString(neverDies))) {
      assertTrue(child.awaitSuccess().contains(CompactionCrashTest.DONE));
    }
    assertEquals(values, view().directory().rows());
  }

  /** A disk that refuses one thing. */
  private abstract static class BrokenDisk implements Disk {
    private final Disk whole = new LocalDisk();

    @Override
    public PatientChannel create(Path file) throws IOException {
      return whole.create(file);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
      whole.replace(from, to);
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
      whole.deleteIfExists(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
      whole.forceFolder(folder);
    }
  }

  private void assertCompactionFails(Disk disk, String reason) throws IOException {
    Map<KeyBytes, StoreRecord> records;
    try (Store store = open()) {
      SmallArchive.fill(store);
      store.compact();
      store.put(SmallArchive.key("cube"), SmallArchive.bytes("newer"));
      store.remove(SmallArchive.key("text"));
      records = SmallArchive.recordsIn(store);
    }
    BaseFormatV1.Footer footer = view().footer();
    try (Store store = open(disk)) {
      ArchiveException refused = assertThrows(ArchiveException.class, store::compact);
      assertTrue(refused.getMessage().contains(reason), refused.getMessage());
      assertTrue(refused.getMessage().contains(fixture.file().toString()), refused.getMessage());
      assertEquals(footer, view().footer());
      assertEquals(records, SmallArchive.recordsIn(store));
    }
    try (Store store = open()) {
      assertEquals(records, SmallArchive.recordsIn(store));
      store.compact();
      assertEquals(records, SmallArchive.recordsIn(store));
    }
  }

  @Test
  void fullDisk_leavesFileAndLog() throws IOException {
    Assumptions.assumeTrue(Files.exists(FULL_DISK), "the system has no " + FULL_DISK);
    assertCompactionFails(
        new BrokenDisk() {
          @Override
          public PatientChannel create(Path file) throws IOException {
            return PatientChannel.over(
                file, path -> FileChannel.open(FULL_DISK, StandardOpenOption.WRITE));
          }
        },
        "No space left on device");
  }

  @Test
  void fileThatCannotBeReplaced_isLeftWithItsLog() throws IOException {
    assertCompactionFails(
        new BrokenDisk() {
          @Override
          public void replace(Path from, Path to) throws IOException {
            throw new FileSystemException(from.toString(), to.toString(), "read-only file system");
          }
        },
        "read-only file system");
  }

  @Test
  void folderThatCannotBeForced_leavesTheLog() throws IOException {
    List<Path> forced = new ArrayList<>();
    Map<KeyBytes, StoreRecord> records;
    Disk disk =
        new BrokenDisk() {
          @Override
          public void forceFolder(Path folder) throws IOException {
            forced.add(folder);
            throw new FileSystemException(folder.toString(), null, "lost the disk");
          }
        };
    try (Store store = open(disk)) {
      records = SmallArchive.fill(store);
      assertThrows(ArchiveException.class, store::compact);
      assertEquals(1, forced.size());
      assertEquals(records, SmallArchive.recordsIn(store));
    }
    Files.delete(fixture.file()); // the rename did not survive the loss of power
    try (Store store = open()) {
      assertEquals(records, SmallArchive.recordsIn(store));
    }
  }

  @Test
  void permissions_areThoseOfTheOldFile() throws IOException {
    Assumptions.assumeTrue(
        fixture.file().getFileSystem().supportedFileAttributeViews().contains("posix"),
        "the file system has no such permissions");
    try (Store store = open()) {
      SmallArchive.fill(store);
      store.compact();
      Set<PosixFilePermission> mine = PosixFilePermissions.fromString("rw-------");
      Files.setPosixFilePermissions(fixture.file(), mine);
      store.put(SmallArchive.key("more"), SmallArchive.bytes("more"));
      store.compact();
      assertEquals(mine, Files.getPosixFilePermissions(fixture.file()));
    }
  }

  @Test
  void readersAndWriters_duringCompactions_missNothing() throws Exception {
    int keys = 30;
    int rounds = 12;
    AtomicBoolean compacting = new AtomicBoolean(true);
    AtomicInteger[] acknowledged = new AtomicInteger[keys];
    List<Callable<Void>> tasks = new ArrayList<>();
    try (Store store = open();
        Store other = open()) {
      for (int i = 0; i < keys; i++) {
        acknowledged[i] = new AtomicInteger();
        store.put(SmallArchive.key(i), SmallArchive.bytes("0"));
      }
      tasks.add(
          () -> {
            try {
              for (int round = 0; round < rounds; round++) {
                (round % 2 == 0 ? store : other).compact();
              }
            } finally {
              compacting.set(false);
            }
            return null;
          });
      tasks.add(
          () -> {
            for (int value = 1; compacting.get(); value++) {
              for (int i = 0; i < keys; i += 3) {
                store.put(SmallArchive.key(i), SmallArchive.bytes(Integer.toString(value)));
                acknowledged[i].set(value);
              }
            }
            return null;
          });
      for (int reader = 0; reader < 2; reader++) {
        tasks.add(
            () -> {
              while (compacting.get()) {
                for (int i = 0; i < keys; i++) {
                  int least = acknowledged[i].get();
                  StoreRecord found = other.get(SmallArchive.key(i));
                  assertNotNull(found, "key " + i);
                  int value = Integer.parseInt(textOf(found));
                  assertTrue(value >= least, "expected at least " + least + ", found " + value);
                }
                assertEquals(keys, SmallArchive.keysIn(other).size());
              }
              return null;
            });
      }
      runAll(tasks);
      assertEquals(keys, store.size());
      assertTrue(store.verify(false).isSound());
    }
  }

  private static String textOf(StoreRecord record) {
    return new String(record.content().payload(), StandardCharsets.UTF_8);
  }

  private static void runAll(List<Callable<Void>> tasks) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Void>> results = new ArrayList<>();
      tasks.forEach(task -> results.add(executor.submit(task)));
      for (Future<Void> result : results) {
        result.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }
}
