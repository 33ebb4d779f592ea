package io.klepto.archive.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.DamagedRecordException;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class EnvelopeV1Test {
  private static final KeyBytes KEY = KeyBytes.of(new byte[] {1, 2, 3});
  private static final StoreRecord RECORD =
      new StoreRecord(
          KEY,
          0x0102030405060708L,
          new RecordContent(9, 10, new RecordTimes(-1, 2, 3), new byte[] {4, 5}));

  /** Written once and kept: what is on users' disks. */
  private static final String GOLDEN =
      "4b4c5052" // magic
          + "01" // format version
          + "00" // packing
          + "090a" // codec
          + "0102030405060708" // version
          + "ffffffffffffffff" // created
          + "0000000000000002" // duration
          + "0000000000000003" // deadline
          + "00000003" // key length
          + "00000002" // payload length
          + "010203" // key
          + "5b8039cf" // CRC32C of the header
          + "0405" // payload
          + "6745d734"; // CRC32C of all

  private static StoreRecord decode(byte[] bytes, KeyBytes key) {
    return EnvelopeV1.decode(bytes, key, "the store", "the place");
  }

  private static DamagedRecordException damageOf(byte[] bytes) {
    return assertThrows(DamagedRecordException.class, () -> decode(bytes, KEY));
  }

  @Test
  void encode_givesTheBytesOfTheFormat() {
    assertEquals(GOLDEN, HexFormat.of().formatHex(EnvelopeV1.encode(RECORD)));
  }

  @Test
  void decode_readsTheBytesOfTheFormat() {
    assertEquals(RECORD, decode(HexFormat.of().parseHex(GOLDEN), KEY));
  }

  @Test
  void decode_ofWhatWasEncoded_givesTheRecord() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] key = new byte[random.nextInt(300)];
      byte[] payload = new byte[random.nextInt(3) * random.nextInt(20_000)];
      random.nextBytes(key);
      random.nextBytes(payload);
      RecordTimes times =
          random.nextBoolean()
              ? RecordTimes.eternal(random.nextLong())
              : new RecordTimes(random.nextLong(), random.nextInt(9), random.nextInt(9));
      StoreRecord record =
          new StoreRecord(
              KeyBytes.of(key),
              1 + random.nextInt(Integer.MAX_VALUE),
              new RecordContent(random.nextInt(256), random.nextInt(256), times, payload));
      byte[] bytes = EnvelopeV1.encode(record);
      assertEquals(EnvelopeV1.OVERHEAD_BYTES + key.length + payload.length, bytes.length);
      assertEquals(record, decode(bytes, null), "seed " + seed);
      assertSame(record.key(), decode(bytes, record.key()).key());
    }
  }

  @Test
  void decode_withAnyBitFlipped_isDamage() {
    byte[] whole = EnvelopeV1.encode(RECORD);
    for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      damageOf(flipped);
    }
  }

  @Test
  void decode_cutAtAnyLength_isDamage() {
    byte[] whole = EnvelopeV1.encode(RECORD);
    for (int length = 0; length < whole.length; length++) {
      damageOf(Arrays.copyOf(whole, length));
    }
    damageOf(Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void decode_ofAnotherKey_namesBoth() {
    KeyBytes other = KeyBytes.of(new byte[] {1, 2, 4});
    String message =
        assertThrows(DamagedRecordException.class, () -> decode(EnvelopeV1.encode(RECORD), other))
            .getMessage();
    for (String part : List.of("the store", "the place", KEY.toString(), other.toString())) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void decode_ofAnotherFormatVersionOrAPacking_isRefusedThoughItsChecksumsFit() {
    byte[] newer = EnvelopeV1.encode(RECORD);
    newer[4] = 2;
    assertTrue(damageOf(sealed(newer)).getMessage().contains("expected format version 1, found 2"));
    byte[] packed = EnvelopeV1.encode(RECORD, 128);
    assertTrue(damageOf(packed).getMessage().contains("expected packing 0, found 128"));
  }

  @Test
  void decode_ofNumbersThatNoRecordHas_isDamageThoughItsChecksumsFit() {
    for (int offset : new int[] {8, 24, 32}) {
      byte[] negative = EnvelopeV1.encode(RECORD);
      ByteBuffer.wrap(negative).putLong(offset, -7);
      damageOf(sealed(negative));
    }
  }

  @Test
  void decode_ofLengthsBeyondTheBytes_allocatesNothingByThem() {
    for (int[] lengths :
        new int[][] {{Integer.MAX_VALUE, 0}, {3, Integer.MAX_VALUE}, {-1, 6}, {6, -1}}) {
      byte[] claiming = EnvelopeV1.encode(RECORD);
      ByteBuffer.wrap(claiming).putInt(40, lengths[0]).putInt(44, lengths[1]);
      assertTrue(damageOf(claiming).getMessage().contains("length"));
    }
  }

  @Test
  void verify_ofAPackedRecord_tellsThePackingAndWhereThePayloadLies() {
    byte[] packed = EnvelopeV1.encode(RECORD, 200);
    ByteBuffer mapped = ByteBuffer.allocateDirect(packed.length).put(packed).flip();
    for (ByteBuffer envelope : List.of(ByteBuffer.wrap(packed), mapped.asReadOnlyBuffer())) {
      EnvelopeV1.Header header = EnvelopeV1.verify(envelope, KEY, "store", "place");
      assertEquals(200, header.packing());
      assertEquals(4, envelope.get(header.payloadOffset()));
      assertEquals(0, envelope.position());
    }
  }

  @Test
  void readHeader_needsTheHeaderAlone() {
    byte[] whole = EnvelopeV1.encode(RECORD);
    int headerBytes =
        EnvelopeV1.headerBytes(
            Arrays.copyOf(whole, EnvelopeV1.FIXED_BYTES), whole.length, "store", "place");
    assertEquals(EnvelopeV1.FIXED_BYTES + KEY.length() + Integer.BYTES, headerBytes);
    EnvelopeV1.Header header =
        EnvelopeV1.readHeader(
            Arrays.copyOf(whole, headerBytes), whole.length, KEY, "store", "place");
    assertEquals(
        new EnvelopeV1.Header(KEY, RECORD.version(), 9, 10, new RecordTimes(-1, 2, 3), 0, 2),
        header);
  }

  @Test
  void readHeader_withAnyOfItsBitsFlippedOrCut_isDamage() {
    byte[] whole = EnvelopeV1.encode(RECORD);
    int headerBytes = EnvelopeV1.headerBytes(whole, whole.length, "store", "place");
    for (int bit = 0; bit < headerBytes * Byte.SIZE; bit++) {
      byte[] flipped = Arrays.copyOf(whole, headerBytes);
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertHeaderDamaged(flipped, whole.length);
    }
    for (int length = 0; length < headerBytes; length++) {
      assertHeaderDamaged(Arrays.copyOf(whole, length), whole.length);
    }
    assertHeaderDamaged(whole, whole.length - 1);
  }

  private static void assertHeaderDamaged(byte[] first, long totalBytes) {
    assertThrows(
        DamagedRecordException.class,
        () -> EnvelopeV1.readHeader(first, totalBytes, KEY, "store", "place"));
  }

  /** Returns the bytes with checksums that fit them, as somebody hostile would write them. */
  private static byte[] sealed(byte[] bytes) {
    int headerEnd = EnvelopeV1.FIXED_BYTES + KEY.length();
    ByteBuffer.wrap(bytes).putInt(headerEnd, checksumOf(bytes, headerEnd));
    int payloadEnd = bytes.length - Integer.BYTES;
    ByteBuffer.wrap(bytes).putInt(payloadEnd, checksumOf(bytes, payloadEnd));
    return bytes;
  }

  private static int checksumOf(byte[] bytes, int end) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, end);
    return (int) crc.getValue();
  }
}
