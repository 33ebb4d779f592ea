package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyBytesTest {
  private static KeyBytes of(int... bytes) {
    byte[] array = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      array[i] = (byte) bytes[i];
    }
    return KeyBytes.of(array);
  }

  @Test
  void bytes_changedByTheCaller_doNotReachTheKey() {
    byte[] given = {1, 2};
    KeyBytes key = KeyBytes.of(given);
    given[0] = 9;
    key.bytes()[1] = 9;
    assertArrayEquals(new byte[] {1, 2}, key.bytes());
    assertThrows(ReadOnlyBufferException.class, () -> key.asReadOnlyBuffer().put((byte) 9));
  }

  @Test
  void equals_comparesContent() {
    assertEquals(of(1, 2), of(1, 2));
    assertEquals(of(1, 2).hashCode(), of(1, 2).hashCode());
    assertNotEquals(of(1, 2), of(2, 1));
    assertNotEquals(of(), of(0));
  }

  @Test
  void compareTo_ordersByUnsignedBytes() {
    List<KeyBytes> ascending = List.of(of(), of(0), of(0, 0), of(1), of(0x7f), of(0x80), of(0xff));
    assertEquals(ascending, Stream.of(6, 3, 0, 5, 2, 4, 1).map(ascending::get).sorted().toList());
  }

  @Test
  void asReadOnlyBuffer_holdsAllBytes() {
    assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), of(1, 2).asReadOnlyBuffer());
    assertEquals(2, of(1, 2).length());
  }

  @Test
  void sha256_isTheDigestOfTheBytes() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        of('a', 'b', 'c').sha256Hex());
    assertEquals(32, of().sha256().length);
  }

  @Test
  void toString_longKey_isCutAndGivesTheLength() {
    assertEquals("key bytes 0102 (2 bytes)", of(1, 2).toString());
    String text = KeyBytes.of(new byte[33]).toString();
    assertTrue(text.endsWith("00… (33 bytes)"), text);
  }
}
