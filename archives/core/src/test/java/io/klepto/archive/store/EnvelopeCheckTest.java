package io.klepto.archive.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.archive.DamagedRecordException;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EnvelopeCheckTest {
  private static final KeyBytes KEY = KeyBytes.of(new byte[] {1, 2, 3});
  private static final StoreRecord RECORD =
      new StoreRecord(
          KEY, 42, new RecordContent(9, 10, RecordTimes.eternal(7), new byte[] {4, 5, 6, 7}));

  /** Checks the bytes, given in pieces of up to so many. */
  private static EnvelopeV1.Header check(byte[] bytes, int pieceBytes, KeyBytes key) {
    EnvelopeCheck check = new EnvelopeCheck(bytes.length, key, "the store", "the place");
    for (int from = 0; from < bytes.length; from += pieceBytes) {
      ByteBuffer piece = ByteBuffer.wrap(bytes, from, Math.min(pieceBytes, bytes.length - from));
      check.next(piece);
      assertEquals(0, piece.remaining());
    }
    return check.end();
  }

  private static void assertDamaged(byte[] bytes) {
    for (int pieceBytes : new int[] {1, 5, bytes.length + 1}) {
      assertThrows(DamagedRecordException.class, () -> check(bytes, pieceBytes, KEY));
    }
  }

  @Test
  void end_givesWhatVerifyGives_howeverTheBytesCome() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      byte[] key = new byte[random.nextInt(200)];
      byte[] payload = new byte[random.nextInt(500)];
      random.nextBytes(key);
      random.nextBytes(payload);
      StoreRecord record =
          new StoreRecord(
              KeyBytes.of(key), 3, new RecordContent(1, 2, RecordTimes.eternal(5), payload));
      byte[] bytes = EnvelopeV1.encode(record, random.nextInt(256));
      EnvelopeV1.Header expected = EnvelopeV1.verify(ByteBuffer.wrap(bytes), null, "s", "p");
      assertEquals(expected, check(bytes, 1 + random.nextInt(700), null), "seed " + seed);
    }
  }

  @Test
  void anyBitFlippedOrCutAnywhere_isDamage() {
    byte[] whole = EnvelopeV1.encode(RECORD);
    for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertDamaged(flipped);
    }
    for (int length = 0; length < whole.length; length++) {
      assertDamaged(Arrays.copyOf(whole, length));
    }
    assertDamaged(Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void anotherKey_isDamage() {
    KeyBytes other = KeyBytes.of(new byte[] {1, 2, 4});
    assertThrows(DamagedRecordException.class, () -> check(EnvelopeV1.encode(RECORD), 10, other));
  }

  @Test
  void end_beforeAllHasCome_isDamage() {
    byte[] whole = EnvelopeV1.encode(RECORD);
    EnvelopeCheck check = new EnvelopeCheck(whole.length, KEY, "the store", "the place");
    check.next(ByteBuffer.wrap(whole, 0, whole.length - 1));
    assertThrows(DamagedRecordException.class, check::end);
  }

  @Test
  void next_beyondTheSize_isDamage() {
    byte[] whole = EnvelopeV1.encode(RECORD);
    EnvelopeCheck check = new EnvelopeCheck(whole.length, KEY, "the store", "the place");
    check.next(ByteBuffer.wrap(whole));
    check.next(ByteBuffer.wrap(new byte[1]));
    assertThrows(DamagedRecordException.class, check::end);
  }
}
