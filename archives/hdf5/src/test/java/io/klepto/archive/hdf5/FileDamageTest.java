package io.klepto.archive.hdf5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An {@code hdf:} file that is not what was written: seen, named, and never costing more. */
final class FileDamageTest {
  private final HdfErrors errors = new HdfErrors("hdf:test [orders]");
  private FileFixture fixture;
  private Store store;
  private Map<KeyBytes, StoreRecord> records;
  private byte[] whole;

  @BeforeEach
  void compactSmallArchive() throws IOException {
    prepare("data");
  }

  private void prepare(String layout) throws IOException {
    fixture =
        new FileFixture(Map.of(ValueLayout.SETTING, layout, HdfSettings.COMPACT_ON_CLOSE, "false"));
    records = fill();
    // A journal in memory, which is empty and not what is examined here, and fast.
    store = fixture.open(SmallArchive.NAMESPACE, new LocalDisk(), FileFixture::openInMemory);
    whole = Files.readAllBytes(fixture.file());
  }

  private Map<KeyBytes, StoreRecord> fill() {
    try (Store filled = fixture.open(SmallArchive.NAMESPACE)) {
      Map<KeyBytes, StoreRecord> there = SmallArchive.fill(filled);
      filled.compact();
      return there;
    }
  }

  @AfterEach
  void close() {
    store.close();
    fixture.close();
  }

  /** What became of many damaged files. */
  private static final class Tally {
    private int cases;
    private int named;
    private int wrong;
    private int undetected;

    void publish(TestReporter reporter, String name) {
      reporter.publishEntry(
          name,
          "%d cases, %d reads refused, lost %d, wrong %d, undetected %d"
              .formatted(cases, named, 0, wrong, undetected));
      assertEquals(0, wrong, name + ": wrong");
      assertEquals(0, undetected, name + ": undetected");
    }
  }

  /** Reads everything from a file that was just damaged, by eyes that have not seen it before. */
  private void inspect(Tally tally) {
    tally.cases++;
    BaseFile fresh = new BaseFile(fixture.file(), SmallArchive.NAMESPACE, errors);
    records.forEach(
        (key, record) -> {
          for (boolean known : new boolean[] {false, true}) {
            try {
              StoreRecord found = known ? store.get(key) : fresh.read(key);
              if (!record.equals(found)) {
                tally.wrong++;
              }
            } catch (ArchiveException e) {
              assertTrue(e.getMessage().contains("expected"), e.getMessage());
              tally.named++;
            }
          }
        });
    VerifyReport report = store.verify(false);
    if (report.isSound()) {
      tally.undetected++;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "meta"})
  void eachFlippedByte_isDetectedAndNothingWrongIsRead(String layout, TestReporter reporter)
      throws IOException {
    close();
    prepare(layout);
    long seed = System.nanoTime();
    reporter.publishEntry("seed", Long.toString(seed));
    Random random = new Random(seed);
    Tally tally = new Tally();
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      Files.write(fixture.file(), flipped);
      inspect(tally);
    }
    tally.publish(reporter, "flipped bytes, layout " + layout);
    Files.write(fixture.file(), whole);
    assertEquals(records, SmallArchive.recordsIn(store));
    assertTrue(store.verify(false).isSound());
  }

  @Test
  void eachTruncation_isDetectedAndNothingWrongIsRead(TestReporter reporter) throws IOException {
    Tally tally = new Tally();
    for (int length = 0; length < whole.length; length += length < 100 ? 1 : 7) {
      Files.write(fixture.file(), Arrays.copyOf(whole, length));
      inspect(tally);
    }
    Files.write(fixture.file(), Arrays.copyOf(whole, whole.length + 1));
    inspect(tally);
    tally.publish(reporter, "truncated files");
  }

  @Test
  void damageOfOneRecord_leavesTheOthers() {
    KeyBytes key = SmallArchive.key("cube");
    byte[] region = fixture.read(SmallArchive.NAMESPACE, key);
    region[3] ^= 1;
    fixture.write(SmallArchive.NAMESPACE, key, region);
    records.forEach(
        (other, record) -> {
          if (!other.equals(key)) {
            assertEquals(record, store.get(other));
          }
        });
    DamagedRecordException damage =
        assertThrows(DamagedRecordException.class, () -> store.get(key));
    assertTrue(damage.getMessage().contains(fixture.file().toString()), damage.getMessage());
    store.put(SmallArchive.key("new"), SmallArchive.bytes("new"));
    ArchiveException refused = assertThrows(ArchiveException.class, store::compact);
    assertTrue(refused.getMessage().contains("verify with repair"), refused.getMessage());
    VerifyReport report = store.verify(true);
    assertEquals(1, report.damages().size(), report.damages().toString());
    assertEquals(1, report.setAside().size());
    assertTrue(Files.exists(Path.of(report.setAside().get(0))));
    assertEquals(records.size(), store.size());
    store.compact();
    assertTrue(store.verify(false).isSound());
  }

  @Test
  void lostClosingPart_isRebuiltFromTheAttributes() throws IOException {
    cutOffClosingPart();
    KeyBytes key = SmallArchive.key("cube");
    DamagedRecordException damage =
        assertThrows(DamagedRecordException.class, () -> store.get(key));
    assertTrue(damage.getMessage().contains("verify with repair"), damage.getMessage());
    assertThrows(ArchiveException.class, () -> store.put(key, SmallArchive.bytes("new")));
    assertThrows(ArchiveException.class, store::size);
    assertThrows(ArchiveException.class, store::clear);
    assertThrows(DamagedRecordException.class, () -> scanOnce(store));
    VerifyReport report = store.verify(true);
    assertEquals(1, report.damages().size(), report.damages().toString());
    assertEquals(records.size(), report.records());
    byte[] copy = Files.readAllBytes(Path.of(report.setAside().get(0)));
    assertEquals(-1, Arrays.mismatch(copy, Arrays.copyOf(whole, copy.length)));
    assertEquals(records, SmallArchive.recordsIn(store));
    assertTrue(store.verify(false).isSound());
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "meta"})
  void fileThatAnotherProgramHasWrittenTo_isRebuilt(String layout) throws IOException {
    close();
    prepare(layout);
    ForeignTools.python(
        """
        import h5py, sys
        with h5py.File(sys.argv[1], 'r+') as f:
            f.attrs['comment'] = 'from another program'
        """,
        fixture.file());
    store.close();
    store = fixture.open(SmallArchive.NAMESPACE);
    assertThrows(DamagedRecordException.class, () -> store.get(SmallArchive.key("cube")));
    assertEquals(records.size(), store.verify(true).records());
    assertEquals(records, SmallArchive.recordsIn(store));
  }

  @Test
  void rescue_ofDamagedRecords_namesThem() throws IOException {
    KeyBytes key = SmallArchive.key("opaque");
    byte[] region = fixture.read(SmallArchive.NAMESPACE, key);
    region[0] ^= 1;
    fixture.write(SmallArchive.NAMESPACE, key, region);
    whole = Files.readAllBytes(fixture.file());
    cutOffClosingPart();
    VerifyReport report = store.verify(true);
    assertEquals(records.size() - 1, report.records());
    assertEquals(3, report.damages().size(), report.damages().toString());
    assertTrue(report.damages().get(1).contains(key.sha256Hex()), report.damages().toString());
    assertTrue(report.damages().get(2).contains("expected 4 records, found 3"));
    Map<KeyBytes, StoreRecord> left = new HashMap<>(records);
    left.remove(key);
    assertEquals(left, SmallArchive.recordsIn(store));
  }

  private void cutOffClosingPart() throws IOException {
    int end = whole.length;
    byte[] last = Arrays.copyOfRange(whole, end - BaseFormatV1.FOOTER_BYTES, end);
    long hdfBytes = BaseFormatV1.footer(last, end, "test", fixture.file()).hdfBytes();
    Files.write(fixture.file(), Arrays.copyOf(whole, (int) hdfBytes));
  }

  private static void scanOnce(Store store) {
    try (RecordCursor cursor = store.scan()) {
      while (cursor.next() != null) {
        assertFalse(Thread.interrupted());
      }
    }
  }

  @Test
  void scan_ofAFileWithoutClosingPart_endsAfterTellingIt() throws IOException {
    cutOffClosingPart();
    try (RecordCursor cursor = store.scan()) {
      assertThrows(DamagedRecordException.class, cursor::next);
      assertEquals(null, cursor.next());
    }
  }

  @Test
  void fileThatIsNotOurs_isRefusedAndLeftAsItIs() throws IOException {
    store.close();
    Files.delete(fixture.file());
    ForeignTools.python(
        """
        import h5py, sys
        with h5py.File(sys.argv[1], 'w') as f:
            f['mine'] = [1, 2, 3]
        """,
        fixture.file());
    byte[] foreign = Files.readAllBytes(fixture.file());
    for (byte[] content : List.of(foreign, "some text".getBytes(UTF_8), new byte[0])) {
      Files.write(fixture.file(), content);
      ArchiveException refused =
          assertThrows(ArchiveException.class, () -> fixture.open(SmallArchive.NAMESPACE));
      assertTrue(refused.getMessage().contains(fixture.file().toString()), refused.getMessage());
      assertEquals(-1, Arrays.mismatch(content, Files.readAllBytes(fixture.file())));
    }
    Files.delete(fixture.file());
    Files.createDirectory(fixture.file());
    ArchiveException refused =
        assertThrows(ArchiveException.class, () -> fixture.open(SmallArchive.NAMESPACE));
    assertTrue(refused.getMessage().contains("found a folder"), refused.getMessage());
  }

  @Test
  void formatOfANewerVersion_isRefused() throws IOException {
    byte[] last = Arrays.copyOfRange(whole, whole.length - BaseFormatV1.FOOTER_BYTES, whole.length);
    last[Integer.BYTES + 3] = 2;
    int crc = BaseFormatV1.crcOf(last, 0, last.length - Integer.BYTES);
    byte[] newer = whole.clone();
    System.arraycopy(last, 0, newer, whole.length - last.length, last.length);
    ByteBuffer.wrap(newer).putInt(newer.length - Integer.BYTES, crc);
    Files.write(fixture.file(), newer);
    ArchiveException refused =
        assertThrows(ArchiveException.class, () -> fixture.open(SmallArchive.NAMESPACE));
    assertTrue(refused.getMessage().contains("format version 1, found 2"), refused.getMessage());
    assertThrows(ArchiveException.class, () -> store.verify(true));
    assertEquals(-1, Arrays.mismatch(newer, Files.readAllBytes(fixture.file())));
  }

  @Test
  void lostLog_leavesTheArchiveOfTheLastCompaction() throws IOException {
    store.put(SmallArchive.key("later"), SmallArchive.bytes("lost with the log"));
    store.close();
    removeBeside();
    store = fixture.open(SmallArchive.NAMESPACE);
    assertEquals(records, SmallArchive.recordsIn(store));
    store.close();
    removeBeside();
    ArchiveException refused =
        assertThrows(
            ArchiveException.class,
            () ->
                fixture.open(
                    new StoreOptions(
                        SmallArchive.NAMESPACE, Optional.empty(), Map.of("codec", "java"))));
    assertTrue(refused.getMessage().contains("codec=java"), refused.getMessage());
    store = fixture.open(SmallArchive.NAMESPACE);
    assertTrue(
        store.put(SmallArchive.key("cube"), SmallArchive.bytes("new"))
            > records.get(SmallArchive.key("cube")).version());
  }

  /** Removes everything but the file. */
  private void removeBeside() {
    TemporaryFolder.removeAllBut(fixture.file());
  }
}
