package io.klepto.archive.dir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.dir.FailingFiles.Step;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.VerifyReport;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that are full, folders that are files, strangers in the archive. */
final class DirStoreFailureTest {
  private static final String NAMESPACE = "orders";
  private static final KeyBytes KEY = KeyBytes.of(new byte[] {1});
  private static final KeyBytes OTHER = KeyBytes.of(new byte[] {2});

  @TempDir Path parent;
  private final FailingFiles.Fault files = new FailingFiles.Fault();
  private DirLayout layout;
  private DirStore store;

  @BeforeEach
  void open() {
    layout = DirLayout.of(parent.resolve("made/with parents"), NAMESPACE, "");
    store = open(Optional.empty());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private DirStore open(Optional<Durability> durability) {
    return DirStoreProvider.open(
        layout.container(),
        new StoreOptions(NAMESPACE, durability, Map.of()),
        disk -> new FailingFiles(disk, files));
  }

  private static RecordContent content(String text) {
    return new RecordContent(1, 1, RecordTimes.eternal(0), text.getBytes(UTF_8));
  }

  private Path fileOf(KeyBytes key) {
    return layout.record(key.sha256Hex());
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"WRITE", "REPLACE"})
  void failedWrite_namesTheFile_keepsTheOldValue_andLeavesNothingBehind(Step step)
      throws Exception {
    long version = store.put(KEY, content("old"));
    files.fail(step);
    ArchiveException thrown =
        assertThrows(ArchiveException.class, () -> store.put(KEY, content("new")));
    assertTrue(thrown.getMessage().contains(fileOf(KEY).toString()), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("No space left on device"), thrown.getMessage());
    assertThrows(ArchiveException.class, () -> store.compareAndSet(KEY, version, content("new")));
    assertThrows(ArchiveException.class, () -> store.touch(KEY, version, RecordTimes.eternal(1)));
    files.fail(Step.NONE);
    assertEquals(content("old"), store.get(KEY).content());
    assertEquals(List.of(), namesIn(layout.temp()));
    assertTrue(store.put(KEY, content("new")) > version);
  }

  @Test
  void failedWrite_overADamagedRecord_leavesItInItsPlace() throws Exception {
    store.put(KEY, content("old"));
    Files.write(fileOf(KEY), new byte[] {1, 2, 3});
    files.fail(Step.WRITE);
    assertThrows(ArchiveException.class, () -> store.put(KEY, content("new")));
    files.fail(Step.NONE);
    assertThrows(DamagedRecordException.class, () -> store.get(KEY));
  }

  @Test
  void failedRead_isNoMissAndNoDamage() {
    store.put(KEY, content("old"));
    files.fail(Step.READ);
    assertEquals(
        ArchiveException.class,
        assertThrows(ArchiveException.class, () -> store.get(KEY)).getClass());
    BulkOutcome<?> outcome = store.getAll(List.of(KEY));
    assertEquals(Set.of(KEY), outcome.failed().keySet());
    assertThrows(ArchiveException.class, () -> store.put(KEY, content("blind")));
    files.fail(Step.NONE);
    assertEquals(content("old"), store.get(KEY).content());
  }

  @Test
  void failedRemove_keepsTheRecord() {
    store.put(KEY, content("old"));
    files.fail(Step.DELETE);
    assertThrows(ArchiveException.class, () -> store.remove(KEY));
    assertThrows(ArchiveException.class, () -> store.clear());
    files.fail(Step.NONE);
    assertEquals(content("old"), store.get(KEY).content());
  }

  @Test
  void failedListing_isNoEmptyStore() {
    store.put(KEY, content("old"));
    files.fail(Step.LIST);
    assertThrows(ArchiveException.class, () -> store.size());
    assertThrows(ArchiveException.class, () -> store.scan().next());
    assertThrows(ArchiveException.class, () -> store.verify(true));
  }

  @Test
  void failedForce_failsTheCallThatPromisedIt() {
    store.put(KEY, content("old"));
    store.close();
    store = open(Optional.of(Durability.SYNC));
    assertEquals(Durability.SYNC, store.durability());
    files.fail(Step.FORCE);
    assertThrows(ArchiveException.class, () -> store.put(KEY, content("new")));
    assertThrows(ArchiveException.class, () -> store.remove(KEY));
    assertThrows(ArchiveException.class, () -> store.sync());
  }

  @Test
  void failedBulkWrite_saysWhichKeysAreDone() throws Exception {
    store.put(KEY, content("old"));
    // A file stands where the folder for the other key should be made.
    Files.write(fileOf(OTHER).getParent(), new byte[0]);
    BulkOutcome<Long> outcome = store.putAll(Map.of(KEY, content("new"), OTHER, content("new")));
    assertEquals(Set.of(KEY), outcome.done().keySet());
    assertEquals(Set.of(OTHER), outcome.failed().keySet());
    assertEquals(content("new"), store.get(KEY).content());
    assertThrows(ArchiveException.class, () -> outcome.orThrow());
    assertThrows(ArchiveException.class, () -> store.get(OTHER));
    assertEquals(List.of(), namesIn(layout.temp()));
  }

  @Test
  void folderInPlaceOfARecord_isDamage_andIsSetAsideWithItsContent() throws Exception {
    Files.createDirectories(fileOf(KEY));
    Files.write(fileOf(KEY).resolve("precious"), new byte[] {1});
    DamagedRecordException damage =
        assertThrows(DamagedRecordException.class, () -> store.get(KEY));
    assertTrue(damage.getMessage().contains("expected a regular file, found a folder"));
    store.put(KEY, content("new"));
    assertEquals(content("new"), store.get(KEY).content());
    assertTrue(
        Files.exists(layout.quarantine().resolve(KEY.sha256Hex() + "-1").resolve("precious")));
  }

  @Test
  void linkInPlaceOfARecord_isDamage_andIsNotFollowed() throws Exception {
    store.put(KEY, content("old"));
    Path elsewhere = parent.resolve("elsewhere");
    Files.move(fileOf(KEY), elsewhere);
    Files.createSymbolicLink(fileOf(KEY), elsewhere);
    assertThrows(DamagedRecordException.class, () -> store.get(KEY));
    store.put(KEY, content("new"));
    assertEquals(content("new"), store.get(KEY).content());
    assertTrue(new String(Files.readAllBytes(elsewhere), UTF_8).contains("old"));
  }

  @Test
  void recordUnderTheNameOfAnother_isDamageInScanAndVerify() throws Exception {
    store.put(KEY, content("old"));
    Files.createDirectories(fileOf(OTHER).getParent());
    Files.copy(fileOf(KEY), fileOf(OTHER));
    assertThrows(DamagedRecordException.class, () -> store.get(OTHER));
    VerifyReport report = store.verify(false);
    assertEquals(1, report.records());
    assertEquals(1, report.damages().size());
  }

  @Test
  void strangeFile_isReportedByVerifyAlone_andSetAsideOnRepair() throws Exception {
    store.put(KEY, content("old"));
    Path stranger = fileOf(KEY).resolveSibling("notes.txt");
    Files.write(stranger, new byte[] {1});
    assertEquals(1, store.size());
    assertEquals(1, store.verify(false).damages().size());
    assertEquals(1, store.verify(true).setAside().size());
    assertTrue(store.verify(false).isSound());
    assertTrue(Files.exists(layout.quarantine().resolve("notes.txt-1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {".DS_Store", "desktop.ini", "Thumbs.db"})
  void fileOfAFileManager_isNoDamage(String name) throws Exception {
    store.put(KEY, content("value"));
    Path left = Files.createFile(fileOf(KEY).resolveSibling(name));
    assertEquals(1, store.size());
    assertEquals(new VerifyReport(1, List.of(), List.of()), store.verify(true));
    assertTrue(Files.exists(left));
  }

  @Test
  void damagedRecords_areSetAsideUnderNamesOfTheirOwn() throws Exception {
    for (int i = 1; i <= 3; i++) {
      store.put(KEY, content("value " + i));
      Files.write(fileOf(KEY), new byte[] {(byte) i});
      switch (i) {
        case 1 -> store.remove(KEY);
        case 2 -> store.clear();
        default -> store.verify(true);
      }
      assertNull(store.get(KEY));
    }
    for (int i = 1; i <= 3; i++) {
      Path aside = layout.quarantine().resolve(KEY.sha256Hex() + "-" + i);
      assertEquals(i, Files.readAllBytes(aside)[0]);
    }
    store.destroy();
    assertTrue(Files.notExists(layout.folder()));
    assertEquals(List.of(), namesIn(layout.trash()));
    assertTrue(Files.exists(layout.lockFile()));
  }

  @Test
  void compact_removesWhatDeadWritersLeft_andNothingElse() throws Exception {
    String dead = "%016x-1".formatted(12345L);
    String own = "%016x-99".formatted(writerOf(layout.lockFile()));
    for (String name : List.of(dead, own, "strange")) {
      Files.write(layout.temp().resolve(name), new byte[] {1});
    }
    Files.createDirectories(layout.trash().resolve("half destroyed/ab"));
    store.compact();
    assertEquals(Stream.of(own, "strange").sorted().toList(), namesIn(layout.temp()));
    assertEquals(List.of(), namesIn(layout.trash()));
  }

  private static long writerOf(Path lockFile) throws IOException {
    try (KeyFileLocks same = KeyFileLocks.open(lockFile)) {
      return same.writer();
    }
  }

  @Test
  void folderThatVanished_isNotAnEmptyStore() throws Exception {
    store.put(KEY, content("old"));
    Files.move(layout.folder(), parent.resolve("moved away"));
    assertThrows(ArchiveException.class, () -> store.get(KEY));
    assertThrows(ArchiveException.class, () -> store.put(KEY, content("new")));
    assertThrows(ArchiveException.class, () -> store.size());
    assertThrows(ArchiveException.class, () -> store.scan().next());
    assertTrue(Files.notExists(layout.folder()));
  }

  @Test
  void open_ofAnotherFormatVersion_isRefused() throws Exception {
    store.close();
    String header = Files.readString(layout.header());
    Files.writeString(layout.header(), header.replace("klepto-dir 1", "klepto-dir 2"));
    ArchiveException thrown = assertThrows(ArchiveException.class, () -> open(Optional.empty()));
    assertTrue(thrown.getMessage().contains("expected format version 1, found 2"));
  }

  @Test
  void open_ofRecordsWithoutAHeader_isRefused() throws Exception {
    store.put(KEY, content("old"));
    store.close();
    Files.delete(layout.header());
    assertThrows(ArchiveException.class, () -> open(Optional.empty()));
  }

  @Test
  void open_whereAnotherWasKilledWhileMakingIt_goesOn() throws Exception {
    store.close();
    Files.delete(layout.header());
    Files.write(layout.temp().resolve("header"), new byte[] {1});
    store = open(Optional.empty());
    store.put(KEY, content("new"));
    assertEquals(content("new"), store.get(KEY).content());
  }

  @Test
  void open_withAFullDisk_isRefused_andLeavesNoLease() {
    store.close();
    layout = DirLayout.of(parent.resolve("another"), NAMESPACE, "");
    files.fail(Step.WRITE);
    assertThrows(ArchiveException.class, () -> open(Optional.empty()));
    assertNull(System.getProperties().get("io.klepto.archive.locks.v1"));
    files.fail(Step.NONE);
    store = open(Optional.empty());
  }

  @Test
  void open_whereTheContainerIsAFile_isRefusedNamingIt() throws Exception {
    Path file = Files.write(parent.resolve("a file"), new byte[] {1});
    StoreOptions options = new StoreOptions(NAMESPACE, Optional.empty(), Map.of());
    for (Path container : List.of(file, file.resolve("below"))) {
      ArchiveException thrown =
          assertThrows(ArchiveException.class, () -> DirStoreProvider.open(container, options));
      assertTrue(thrown.getMessage().contains(container.toString()), thrown.getMessage());
    }
  }

  @Test
  void open_whereTheLockFileIsAFolder_isRefused() throws Exception {
    DirLayout blocked = DirLayout.of(parent.resolve("blocked"), NAMESPACE, "");
    Files.createDirectories(blocked.lockFile());
    StoreOptions options = new StoreOptions(NAMESPACE, Optional.empty(), Map.of());
    ArchiveException thrown =
        assertThrows(
            ArchiveException.class, () -> DirStoreProvider.open(blocked.container(), options));
    assertTrue(thrown.getMessage().contains(blocked.lockFile().toString()), thrown.getMessage());
  }

  @Test
  void withoutPermission_writesFail_andTheOldValueStays() throws Exception {
    Assumptions.assumeFalse(
        System.getProperty("user.name").equals("root"), "root may write everywhere");
    Assumptions.assumeTrue(
        Files.getFileStore(parent).supportsFileAttributeView("posix"), "no POSIX permissions");
    store.put(KEY, content("old"));
    Files.setPosixFilePermissions(layout.temp(), PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      ArchiveException thrown =
          assertThrows(ArchiveException.class, () -> store.put(KEY, content("new")));
      assertTrue(thrown.getMessage().contains("access denied"), thrown.getMessage());
      assertEquals(content("old"), store.get(KEY).content());
    } finally {
      Files.setPosixFilePermissions(layout.temp(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void provider_isFoundByItsScheme() {
    Store found =
        new DirStoreProvider()
            .open(
                URI.create("dir:" + parent.toUri().getRawPath() + "by%20uri"),
                new StoreOptions(NAMESPACE, Optional.empty(), Map.of()));
    assertTrue(Files.isDirectory(parent.resolve("by uri")));
    found.destroy();
  }
}
