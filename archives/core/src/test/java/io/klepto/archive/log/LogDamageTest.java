package io.klepto.archive.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.VerifyReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are not what was written, in archives of one segment and of several. */
final class LogDamageTest {
  private static final int MANY = 2_300;
  private static final int CASES = 60;
  private static final int REPAIR_EVERY = 25;
  private static final int PAGE_BYTES = 4_096;

  @TempDir private Path folder;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Entries entries = new Entries();
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("results.klepto");
  }

  private byte[] small() throws IOException {
    try (Store store = Entries.open(file)) {
      entries.put(store, "cleared", "before the clear");
      entries.clear(store);
      entries.put(store, "once", "first");
      entries.put(store, "replaced", "old");
      entries.put(store, "removed", "old");
      entries.put(store, "replaced", "new");
      entries.remove(store, "removed");
      entries.putAll(store, Map.of("batch a", "a", "batch b", "b"));
    }
    return Files.readAllBytes(file);
  }

  /** Returns an archive of three segments; every tenth key is replaced or removed later. */
  private byte[] large() throws IOException {
    try (Store store = Entries.open(file)) {
      Map<String, String> many = new TreeMap<>();
      for (int i = 0; i < MANY; i++) {
        many.put("key " + i, "value " + i);
      }
      entries.putAll(store, many);
      for (int i = 0; i < MANY; i += 10) {
        if (i % 20 == 0) {
          entries.remove(store, "key " + i);
        } else {
          entries.put(store, "key " + i, "new " + i);
        }
      }
    }
    return Files.readAllBytes(file);
  }

  @Test
  void eachFlippedByteOfTheRecords_costsOneEntryAtMost_andIsRepaired() throws IOException {
    byte[] whole = small();
    for (int at = HeadV1.BYTES; at < whole.length; at++) {
      byte[] bytes = whole.clone();
      bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      Files.write(file, bytes);
      String told = "seed " + seed + ", byte " + at;
      try (Store store = Entries.open(file)) {
        assertTrue(entries.damagedIn(store, told) <= 1, told);
        if (random.nextInt(REPAIR_EVERY) == 0) {
          requireRepaired(store, told);
        }
      }
    }
  }

  private static void requireRepaired(Store store, String told) {
    store.verify(true);
    assertTrue(store.verify(false).isSound(), told);
    store.put(Entries.key("once"), Entries.content("written again"));
    store.compact();
    assertEquals(Entries.content("written again"), store.get(Entries.key("once")).content(), told);
    assertTrue(store.verify(false).isSound(), told);
  }

  @Test
  void eachTruncationOfTheRecords_namesWhatIsLost_andKeepsTheRest() throws IOException {
    byte[] whole = small();
    int definitionEnd = endOfDefinition();
    for (int length = definitionEnd; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      String told = "seed " + seed + ", cut to " + length + " bytes";
      boolean anythingLost = length < whole.length - RecordFormatV1.TERMINATOR_BYTES;
      try (Store store = Entries.open(file)) {
        entries.damagedIn(store, told);
        assertEquals(entries.live(), store.size(), told);
        assertEquals(!anythingLost, store.verify(false).isSound(), told);
        if (random.nextInt(REPAIR_EVERY) == 0) {
          requireRepaired(store, told);
        }
      }
    }
    Files.write(file, Arrays.copyOf(whole, definitionEnd - 1));
    assertThrows(DamagedRecordException.class, () -> Entries.open(file), "no definition is left");
  }

  /** Returns where the first copy of the definition of the namespace ends. */
  private static int endOfDefinition() {
    Namespace.Definition definition = new Namespace.Definition(Entries.NAMESPACE, Map.of());
    return (int) (HeadV1.BYTES + RecordBody.of(definition.encode()).totalBytes());
  }

  @Test
  void truncationsOfTheHead_areRefused() throws IOException {
    byte[] whole = small();
    for (int length = 0; length < HeadV1.BYTES; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      ArchiveException refused = assertThrows(ArchiveException.class, () -> Entries.open(file));
      assertTrue(refused.getMessage().contains("expected"), refused.getMessage());
      assertEquals(length, Files.size(file), "what is refused is left as it is");
    }
  }

  @Test
  void flippedBytesAmongSegments_costOneEntryAtMost() throws IOException {
    byte[] whole = large();
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = whole.clone();
      int at = random.nextInt(whole.length);
      bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      Files.write(file, bytes);
      String told = "seed " + seed + ", byte " + at;
      try (Store store = Entries.open(file)) {
        assertTrue(entries.damagedIn(store, told) <= 1, told);
      }
    }
  }

  @Test
  void lostPages_reviveNothing_andAreNamed() throws IOException {
    byte[] whole = large();
    for (int i = 0; i < CASES / 3; i++) {
      byte[] bytes = whole.clone();
      int page =
          HeadV1.BYTES / PAGE_BYTES + random.nextInt((whole.length - HeadV1.BYTES) / PAGE_BYTES);
      Arrays.fill(bytes, page * PAGE_BYTES, (page + 1) * PAGE_BYTES, (byte) 0);
      Files.write(file, bytes);
      String told = "seed " + seed + ", page " + page;
      try (Store store = Entries.open(file)) {
        int damaged = entries.damagedIn(store, told);
        assertFalse(store.verify(false).isSound(), told);
        boolean inDoubt =
            damaged > PAGE_BYTES / RecordFormatV1.HEADER_BYTES; // a footer is lost too
        assertTrue(inDoubt || store.size() == entries.live(), told);
      }
    }
  }

  @Test
  void lostPageOfTheDefinition_leavesTheArchiveReadable() throws IOException {
    for (boolean compacted : new boolean[] {false, true}) {
      byte[] bytes = large();
      if (compacted) {
        try (Store store = Entries.open(file)) {
          store.compact();
        }
        bytes = Files.readAllBytes(file);
      }
      for (int page = HeadV1.BYTES / PAGE_BYTES; page < HeadV1.BYTES / PAGE_BYTES + 3; page++) {
        byte[] lost = bytes.clone();
        Arrays.fill(lost, page * PAGE_BYTES, (page + 1) * PAGE_BYTES, (byte) 0);
        Files.write(file, lost);
        try (Store store = Entries.open(file)) {
          assertEquals(entries.live(), store.size(), "page " + page);
          assertFalse(store.verify(false).isSound(), "page " + page);
        }
      }
    }
  }

  @Test
  void truncationsAmongSegments_reviveNothing_untilTheLossIsAccepted() throws IOException {
    byte[] whole = large();
    for (int i = 0; i < CASES / 5; i++) {
      int length = HeadV1.BYTES + random.nextInt(whole.length - HeadV1.BYTES - PAGE_BYTES);
      Files.write(file, Arrays.copyOf(whole, length));
      String told = "seed " + seed + ", cut to " + length + " bytes";
      try (Store store = Entries.open(file)) {
        assertTrue(entries.damagedIn(store, told) > 0, told);
        VerifyReport report = store.verify(true);
        assertFalse(report.isSound(), told);
        assertTrue(store.verify(false).isSound(), told);
        store.put(Entries.key("key 1"), Entries.content("written again"));
        store.compact();
        assertEquals(
            Entries.content("written again"), store.get(Entries.key("key 1")).content(), told);
        assertTrue(store.verify(false).isSound(), told);
      }
    }
  }

  @Test
  void damagedBytes_areSetAsideAsTheyWere() throws IOException {
    byte[] bytes = small();
    int at = new String(bytes, ISO_8859_1).indexOf("oncefirst");
    bytes[at + 5] ^= 1;
    Files.write(file, bytes);
    try (Store store = Entries.open(file)) {
      assertThrows(DamagedRecordException.class, () -> store.get(Entries.key("once")));
      VerifyReport report = store.verify(true);
      assertEquals(1, report.setAside().size());
      byte[] kept = Files.readAllBytes(Path.of(report.setAside().get(0)));
      int start = at - RecordFormatV1.HEADER_BYTES - RecordFormatV1.TIMES_BYTES;
      assertEquals(
          ByteBuffer.wrap(bytes, start, 40), ByteBuffer.wrap(kept, 0, 40), "as it was found");
    }
  }

  @Test
  void compaction_keepsADamagedEntryDamaged_andSetsItsBytesAside() throws IOException {
    byte[] bytes = small();
    int at = new String(bytes, ISO_8859_1).indexOf("oncefirst");
    bytes[at + 5] ^= 1;
    Files.write(file, bytes);
    try (Store store = Entries.open(file)) {
      store.compact();
    }
    try (Store store = Entries.open(file)) {
      DamagedRecordException damage =
          assertThrows(DamagedRecordException.class, () -> store.get(Entries.key("once")));
      assertTrue(damage.getMessage().contains("results.klepto.damaged"), damage.getMessage());
      assertEquals(1, entries.damagedIn(store, "compacted"));
      assertEquals(entries.live(), store.size());
      entries.put(store, "once", "written again");
      assertTrue(store.verify(false).isSound());
    }
  }
}
