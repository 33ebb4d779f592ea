package io.klepto.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Durability;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.VersionClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash leaves, and heads that tell too little or too much. */
final class LogRecoveryTest {
  private static final int WORDS_AT = 1_024;
  private static final int JOURNAL_AT = 4_096;

  @TempDir private Path folder;
  private final Entries entries = new Entries();
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("results.klepto");
    try (Store store = Entries.open(file)) {
      entries.put(store, "a", "one");
      entries.put(store, "b", "two");
      entries.put(store, "a", "three");
      entries.remove(store, "b");
    }
  }

  private void assertWholeAndWritable(String told) {
    try (Store store = Entries.open(file)) {
      entries.assertIn(store, told);
      assertTrue(store.verify(false).isSound(), told);
      entries.put(store, "c", told);
      entries.assertIn(store, told);
    }
    try (Store store = Entries.open(file)) {
      entries.assertIn(store, told + ", opened again");
    }
  }

  /** Puts the head of one state of the file before the records of another. */
  private void mix(byte[] head, byte[] records, int length) throws IOException {
    byte[] mixed = Arrays.copyOf(records, length);
    System.arraycopy(head, 0, mixed, 0, HeadV1.BYTES);
    Files.write(file, mixed);
  }

  @Test
  void recordThatNobodyWasToldOf_isThereOrNot_butWhole() throws IOException {
    byte[] before = Files.readAllBytes(file);
    try (Store store = Entries.open(file)) {
      store.put(Entries.key("a"), Entries.content("four"));
    }
    byte[] after = Files.readAllBytes(file);
    int end = before.length - RecordFormatV1.TERMINATOR_BYTES;
    for (int length = end; length <= after.length; length++) {
      mix(before, after, length);
      boolean complete = length >= after.length - RecordFormatV1.TERMINATOR_BYTES;
      entries.expect("a", complete ? "four" : "three");
      assertWholeAndWritable("written up to byte " + length);
      entries.forget("c");
    }
  }

  @Test
  void batchThatNobodyWasToldOf_isThereAsAWholeOrNotAtAll() throws IOException {
    byte[] before = Files.readAllBytes(file);
    try (Store store = Entries.open(file)) {
      Map<String, String> batch = new TreeMap<>();
      for (int i = 0; i < 5; i++) {
        batch.put("batch " + i, "value");
      }
      new Entries().putAll(store, batch);
    }
    byte[] after = Files.readAllBytes(file);
    for (int length = before.length; length <= after.length; length += 3) {
      mix(before, after, length);
      try (Store store = Entries.open(file)) {
        boolean complete = length >= after.length - RecordFormatV1.TERMINATOR_BYTES;
        assertEquals(complete ? 6 : 1, store.size(), "written up to byte " + length);
      }
    }
  }

  @Test
  void leftoversOfAKilledBatch_areNotTakenForWhatFollowsTheNextWrite() throws IOException {
    byte[] before = Files.readAllBytes(file);
    try (Store store = Entries.open(file)) {
      for (String key : new String[] {"x", "y", "z"}) {
        store.put(Entries.key(key), Entries.content("same"));
      }
    }
    // A writer that wrote all three and told nobody was killed; the next writes one as long.
    Files.write(file, withHead(before, Files.readAllBytes(file)));
    byte[] killed = Files.readAllBytes(file);
    HeadV1 head = headOf(killed);
    assertEquals(before.length - RecordFormatV1.TERMINATOR_BYTES, head.appended());
    LogFile log = LogFile.join(file, new LogErrors("test"), true);
    RecordBody body =
        RecordBody.of(
            Entries.key("w"), Entries.content("same").times(), Entries.content("same").payload());
    Append append = log.append(new VersionClock(), false);
    append.add(
        RecordHeader.ofPut(1, KeyHash.of(Entries.key("w")), Entries.content("same"), body),
        body,
        false);
    append.commit();
    log.data().close();
    entries.expect("w", "same");
    assertWholeAndWritable("after the next write");
    try (Store store = Entries.open(file)) {
      assertNull(store.get(Entries.key("y")));
      assertNull(store.get(Entries.key("z")));
    }
  }

  private static byte[] withHead(byte[] head, byte[] records) {
    byte[] mixed = records.clone();
    System.arraycopy(head, 0, mixed, 0, HeadV1.BYTES);
    return mixed;
  }

  private HeadV1 headOf(byte[] bytes) throws IOException {
    Path copy = Files.write(folder.resolve("copy"), bytes);
    DataFile data = DataFile.open(copy, "copy");
    return new HeadV1(HeadMemory.of(data, false), data.header().fileId());
  }

  @Test
  void lostWordsOfTheHead_costNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, WORDS_AT, FileHeaderV1.COPY_AT, (byte) 0);
    Files.write(file, bytes);
    assertWholeAndWritable("words set to 0");
    bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, WORDS_AT, FileHeaderV1.COPY_AT, (byte) 0xFF);
    Files.write(file, bytes);
    assertWholeAndWritable("words set to -1");
  }

  @Test
  void lostJournal_costsNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, JOURNAL_AT, HeadV1.BYTES, (byte) 0);
    Files.write(file, bytes);
    assertWholeAndWritable("journal set to 0");
  }

  @Test
  void lostCopyOfTheHeader_isNamed_andMadeGoodByRepair() throws IOException {
    for (int at : new int[] {0, FileHeaderV1.COPY_AT}) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[at + 20] ^= 1;
      Files.write(file, bytes);
      try (Store store = Entries.open(file)) {
        entries.assertIn(store, "copy at " + at);
        assertFalse(store.verify(true).isSound());
        assertTrue(store.verify(false).isSound());
        entries.assertIn(store, "copy at " + at + ", repaired");
      }
    }
  }

  @Test
  void lockFileThatIsRemoved_isMadeAnew() throws IOException {
    Files.delete(folder.resolve("results.klepto.lock"));
    assertWholeAndWritable("before it is opened");
    try (Store store = Entries.open(file)) {
      Files.delete(folder.resolve("results.klepto.lock"));
      entries.put(store, "d", "while open");
      assertTrue(Files.exists(folder.resolve("results.klepto.lock")));
      entries.assertIn(store, "while open");
    }
  }

  @Test
  void archiveWithoutMappedHead_isTheSame() throws IOException {
    LogFile positional = LogFile.recover(file, new LogErrors("test"), false);
    LogFile mapped = LogFile.join(file, new LogErrors("test"), true);
    assertFalse(positional.isMapped());
    assertEquals(mapped.head().appended(), positional.head().appended());
    assertEquals(mapped.head().committed(), positional.head().committed());
    assertEquals(mapped.head().readJournal(), positional.head().readJournal());
    positional.data().close();
    mapped.data().close();
  }

  @Test
  void stampsOfAFileFromTheFuture_stillGrow() throws IOException {
    Path future = folder.resolve("future.klepto");
    long floor = Long.MAX_VALUE - 1_000_000;
    LogFile.create(future, new FileHeaderV1(1, 2, 1, floor, 7), new LogErrors("test"), true)
        .data()
        .close();
    try (Store store = Entries.open(future)) {
      long first = store.put(Entries.key("a"), Entries.content("one"));
      assertTrue(first > floor);
      store.remove(Entries.key("a"));
      store.compact();
      assertTrue(store.put(Entries.key("a"), Entries.content("two")) > first);
    }
  }

  @Test
  void syncedWrites_areBelowTheCommittedEnd() throws IOException {
    try (Store store = Entries.open(file, Optional.of(Durability.SYNC), Map.of())) {
      entries.put(store, "synced", "value");
      HeadV1 head = headOf(Files.readAllBytes(file));
      assertEquals(head.appended(), head.committed().orElseThrow());
    }
  }
}
