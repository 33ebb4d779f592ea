package io.klepto.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class PayloadV1Test {
  private static final byte[] KEY = {0x0a, 0x0b};
  private static final byte[] VALUE = {0x01, 0x02, 0x03};

  @Test
  void join_writesTheLayoutOfVersion1() {
    assertEquals("01" + "00000002" + "0a0b" + "010203", hex(PayloadV1.join(KEY, VALUE)));
    assertEquals("01" + "00000000" + "010203", hex(PayloadV1.join(new byte[0], VALUE)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void of_aJoinedPayload_findsKeyAndValue() {
    byte[] bytes = PayloadV1.join(KEY, VALUE);
    PayloadV1 payload = PayloadV1.of(bytes);
    assertTrue(payload.hasKey());
    assertArrayEquals(KEY, part(bytes, payload.keyOffset(), payload.keyLength()));
    assertArrayEquals(VALUE, part(bytes, payload.valueOffset(), payload.valueLength()));
  }

  @Test
  void of_aPayloadWithoutKey_findsTheValue() {
    byte[] bytes = PayloadV1.join(new byte[0], VALUE);
    PayloadV1 payload = PayloadV1.of(bytes);
    assertFalse(payload.hasKey());
    assertArrayEquals(VALUE, part(bytes, payload.valueOffset(), payload.valueLength()));
  }

  private static byte[] part(byte[] bytes, int offset, int length) {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  @Test
  void of_aHeaderThatIsCutOff_isDamage() {
    byte[] bytes = PayloadV1.join(KEY, VALUE);
    for (int length = 0; length < 7; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(DamagedRecordException.class, () -> PayloadV1.of(cut), "length " + length);
    }
  }

  @Test
  void of_lengthsThatAreNotThere_isDamageThatNamesThem() {
    for (String length : new String[] {"00000006", "7fffffff", "80000000", "ffffffff"}) {
      byte[] bytes = HexFormat.of().parseHex("01" + length + "0102030405");
      DamagedRecordException damage =
          assertThrows(DamagedRecordException.class, () -> PayloadV1.of(bytes));
      String found = Integer.toString(Integer.parseUnsignedInt(length, 16));
      assertTrue(damage.getMessage().contains(found), damage.getMessage());
      assertTrue(damage.getMessage().contains("0 to 5 bytes"), damage.getMessage());
    }
  }

  @Test
  void of_anotherVersion_isRefusedByItsNumber() {
    byte[] bytes = HexFormat.of().parseHex("fe00000000");
    DamagedRecordException damage =
        assertThrows(DamagedRecordException.class, () -> PayloadV1.of(bytes));
    assertTrue(damage.getMessage().contains("version 1, found 254"), damage.getMessage());
  }
}
