package io.klepto.archive.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of format version 1, which must never change. */
final class FormatV1Test {
  private static final HexFormat HEX = HexFormat.of();
  private static final long FILE_ID = 0x0123456789ABCDEFL;
  private static final long OFFSET = 45_056;

  @TempDir private Path folder;

  private static byte[] recordBytes(RecordHeader header, RecordBody body) {
    ByteBuffer out = ByteBuffer.allocate((int) body.totalBytes());
    RecordFormatV1.writeHeader(out, header, FILE_ID, OFFSET);
    body.parts().forEach(part -> out.put(part.duplicate()));
    return out.array();
  }

  private static byte[] valueBytes() {
    KeyBytes key = KeyBytes.of("key".getBytes(US_ASCII));
    RecordTimes times = new RecordTimes(1, 2, 3);
    RecordBody body = RecordBody.of(key, times, "value".getBytes(US_ASCII));
    RecordHeader header =
        new RecordHeader(RecordType.PUT, true, 9, 4, 77, KeyHash.of(key), 5, 3, 5, body.crc());
    return recordBytes(header, body);
  }

  @Test
  void value_hasItsGoldenBytes() {
    assertEquals(
        "4b4c523101010904000000000000004d2c70e12b7a0646f92279f427c7b38e73"
            + "0000000500000003000000058ac2e52136178298000000000000000100000000"
            + "0000000200000000000000036b657976616c756500000000",
        HEX.formatHex(valueBytes()));
  }

  @Test
  void footer_hasItsGoldenBytes() {
    List<LogEntry> entries =
        List.of(
            new LogEntry(RecordType.PUT, 5, new KeyHash(1, 2), 77, 45_056, 88),
            new LogEntry(RecordType.REMOVE, 6, new KeyHash(3, 4), 78, 45_144, 56));
    FooterV1 footer = new FooterV1(45_056, 0, entries);
    assertEquals(
        "000000000000b000000000000000000000000000000000010000000000000002"
            + "000000000000004d100000050000000000000000000000030000000000000004"
            + "000000000000004e200000060000000b",
        HEX.formatHex(footer.encode()));
    assertEquals(footer, FooterV1.decode(footer.encode(), 45_200));
  }

  @Test
  void fileHeader_hasItsGoldenBytes() {
    FileHeaderV1 header = new FileHeaderV1(1, FILE_ID, 3, 4, 5);
    assertEquals(
        "4b4c4550544f4c47000000010000b00000000000000000010123456789abcdef"
            + "00000000000000030000000000000004000000053a3ccdc9",
        HEX.formatHex(header.encode()));
    byte[] head = new byte[HeadV1.BYTES];
    System.arraycopy(header.encode(), 0, head, FileHeaderV1.COPY_AT, FileHeaderV1.BYTES);
    assertEquals(header, FileHeaderV1.decode(head, "test"), "the second copy alone");
  }

  @Test
  void definition_roundTripsWhateverCharactersItHas() {
    Namespace.Definition definition =
        new Namespace.Definition("\uD800 a\0", Map.of("codec", "kryo", "", "\uFFFF"));
    for (RecordBody copy : definition.copies()) {
      assertEquals(definition, Namespace.Definition.decode(copy.parts().get(1).array()));
    }
    assertEquals(definition, Namespace.Definition.decode(definition.encode()));
    byte[] cut = Arrays.copyOf(definition.encode(), 7);
    assertNull(Namespace.Definition.decode(cut));
  }

  @Test
  void header_atAnotherOffsetOrInAnotherFile_isNone() {
    byte[] bytes = valueBytes();
    assertNotNull(RecordFormatV1.readHeader(bytes, 0, FILE_ID, OFFSET));
    assertNull(RecordFormatV1.readHeader(bytes, 0, FILE_ID, OFFSET + 8));
    assertNull(RecordFormatV1.readHeader(bytes, 0, FILE_ID + 1, OFFSET));
  }

  @Test
  void eachFlippedByteOfAHeader_makesItNone() {
    for (int at = 0; at < RecordFormatV1.HEADER_BYTES; at++) {
      byte[] bytes = valueBytes();
      bytes[at] ^= (byte) (1 << at % Byte.SIZE);
      assertNull(RecordFormatV1.readHeader(bytes, 0, FILE_ID, OFFSET), "byte " + at);
    }
  }

  /** An archive written by the first release: three segments, each kind of record. */
  @Test
  void goldenFile_isReadWhole() throws IOException {
    Path file = folder.resolve("golden.klepto");
    try (InputStream packed = FormatV1Test.class.getResourceAsStream("log-v1.klepto.gz");
        InputStream golden = new GZIPInputStream(packed)) {
      Files.copy(golden, file);
    }
    try (LogStore store = Entries.open(file)) {
      GoldenArchive.expected().assertIn(store, "golden file");
      StoreRecord touched = store.get(Entries.key("touched"));
      assertEquals(new RecordTimes(5, 6, 7), touched.content().times());
      assertTrue(store.verify(false).isSound());
    }
  }

  @Test
  void unknownFormatVersion_isRefusedByNumber() throws IOException {
    Path file = folder.resolve("future.klepto");
    Entries.open(file).close();
    byte[] bytes = Files.readAllBytes(file);
    for (int at : new int[] {0, FileHeaderV1.COPY_AT}) {
      bytes[at + 11] = 2;
    }
    Files.write(file, bytes);
    ArchiveException refused = assertThrows(ArchiveException.class, () -> Entries.open(file));
    assertTrue(
        refused.getMessage().contains("expected format version 1, found 2"), refused.getMessage());
  }
}
