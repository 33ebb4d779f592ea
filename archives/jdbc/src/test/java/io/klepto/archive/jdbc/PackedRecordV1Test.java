package io.klepto.archive.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PackedRecordV1Test {
  private static final long VERSION = 0x0102030405060708L;

  static Stream<StoreRecord> records() {
    List<RecordTimes> times =
        List.of(RecordTimes.eternal(-5), RecordTimes.expiringAfter(1_700_000_000_000L, 60_000));
    List<KeyBytes> keys =
        Stream.of(0, 1, 31, 32, 100).map(length -> KeyBytes.of(new byte[length])).toList();
    return times.stream()
        .flatMap(
            one ->
                keys.stream()
                    .map(
                        key ->
                            new StoreRecord(
                                key,
                                VERSION,
                                new RecordContent(
                                    255, 3, one, new byte[key.length() % 2 == 0 ? 0 : 9]))));
  }

  private static StoreRecord decode(byte[] bytes, byte[] id, long version, KeyBytes expectedKey) {
    return PackedRecordV1.decode(
        bytes,
        id,
        version,
        expectedKey,
        (expected, found) -> new DamagedRecordException(expected + ", found " + found));
  }

  /** What stands in databases must be read for ever. */
  @Test
  void bytes_areThoseOfVersionOne() {
    KeyBytes key = KeyBytes.of(new byte[] {1, 2});
    RecordContent eternal = new RecordContent(7, 3, RecordTimes.eternal(1), new byte[] {9});
    assertEquals(
        "1007030000000000000001" + "09" + "d565f7c3", hex(new StoreRecord(key, VERSION, eternal)));
    KeyBytes digested = KeyBytes.of(new byte[33]);
    RecordContent ending =
        new RecordContent(7, 3, RecordTimes.expiringAfter(1, 2), new byte[] {9, 8});
    assertEquals(
        "1307030000000000000001"
            + "0000000000000002"
            + "0000000000000003"
            + "00000021"
            + "00".repeat(33)
            + "0908"
            + "55540b88",
        hex(new StoreRecord(digested, VERSION, ending)));
  }

  private static String hex(StoreRecord record) {
    return HexFormat.of().formatHex(PackedRecordV1.encode(record, RowFormat.idOf(record.key())));
  }

  @ParameterizedTest
  @MethodSource("records")
  void record_comesBack(StoreRecord record) {
    byte[] id = RowFormat.idOf(record.key());
    byte[] bytes = PackedRecordV1.encode(record, id);
    assertEquals(record, decode(bytes, id, VERSION, null));
    assertEquals(record, decode(bytes, id, VERSION, record.key()));
    assertArrayEquals(bytes, PackedRecordV1.encode(decode(bytes, id, VERSION, null), id));
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyChangedBit_andEveryLength_isDamage(StoreRecord record) {
    byte[] id = RowFormat.idOf(record.key());
    byte[] bytes = PackedRecordV1.encode(record, id);
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      requireDamage(flipped(bytes, bit), id, VERSION, record.key());
    }
    for (int bit = 0; bit < id.length * Byte.SIZE; bit++) {
      requireDamage(bytes, flipped(id, bit), VERSION, null);
    }
    for (int bit = 0; bit < Long.SIZE - 1; bit++) {
      requireDamage(bytes, id, VERSION ^ 1L << bit, record.key());
    }
    for (int length = 0; length < bytes.length; length++) {
      requireDamage(Arrays.copyOf(bytes, length), id, VERSION, record.key());
    }
    requireDamage(Arrays.copyOf(bytes, bytes.length + 1), id, VERSION, record.key());
    requireDamage(bytes, new byte[0], VERSION, record.key());
  }

  private static void requireDamage(byte[] bytes, byte[] id, long version, KeyBytes expectedKey) {
    assertThrows(DamagedRecordException.class, () -> decode(bytes, id, version, expectedKey));
  }

  @ParameterizedTest
  @MethodSource("records")
  void recordOfAnotherKey_isDamage(StoreRecord record) {
    byte[] id = RowFormat.idOf(record.key());
    byte[] bytes = PackedRecordV1.encode(record, id);
    requireDamage(bytes, id, VERSION, KeyBytes.of(new byte[] {1}));
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return changed;
  }
}
