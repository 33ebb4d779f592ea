package io.klepto.archive.dir;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NamespaceHeaderTest {
  private static final NamespaceHeader HEADER =
      new NamespaceHeader(
          NamespaceHeader.ENVELOPE, "My orders", Map.of("keymap", "raw", "codec", "kryo=1"));

  /** Written once and kept: what is on users' disks. */
  private static final String GOLDEN =
      """
      klepto-dir 1
      namespace=My\\u0020orders
      identity.codec=kryo\\u003d1
      identity.keymap=raw
      crc32c=58b884b8
      """;

  private static ArchiveException refusal(byte[] bytes) {
    return assertThrows(ArchiveException.class, () -> NamespaceHeader.decode(bytes, "the header"));
  }

  @Test
  void encode_givesTheLinesOfTheFormat() {
    assertEquals(GOLDEN, new String(HEADER.encode(), US_ASCII));
  }

  @Test
  void decode_readsTheLinesOfTheFormat() {
    assertEquals(HEADER, NamespaceHeader.decode(GOLDEN.getBytes(US_ASCII), "the header"));
  }

  @Test
  void decode_ofWhatWasEncoded_givesAnyNamespaceAndIdentity() {
    for (String text : new String[] {"a=b\\u0041\n\r", "\uD800", "\0", "crc32c=", "ä\u0308"}) {
      NamespaceHeader header = new NamespaceHeader(text, text, Map.of(text, text, "", ""));
      assertEquals(header, NamespaceHeader.decode(header.encode(), "the header"));
    }
  }

  @Test
  void decode_ofAnotherVersion_isRefusedWithBoth() {
    String message = refusal(GOLDEN.replace("dir 1", "dir 2").getBytes(US_ASCII)).getMessage();
    assertTrue(message.contains("the header: expected format version 1, found 2"), message);
  }

  @Test
  void decode_withAnyBitFlippedOrCutAnywhere_isRefused() {
    byte[] whole = HEADER.encode();
    for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      refusal(flipped);
    }
    for (int length = 0; length < whole.length; length++) {
      refusal(Arrays.copyOf(whole, length));
    }
    refusal(Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void requireSameAs_another_isRefusedNamingBoth() {
    String identity =
        assertThrows(
                ArchiveException.class,
                () ->
                    HEADER.requireSameAs(
                        new NamespaceHeader(
                            NamespaceHeader.ENVELOPE, "My orders", Map.of("codec", "java")),
                        "the header"))
            .getMessage();
    assertTrue(
        identity.contains("expected the identity {codec=java}, found {codec=kryo=1, keymap=raw}"),
        identity);
    assertThrows(
        ArchiveException.class,
        () ->
            HEADER.requireSameAs(
                new NamespaceHeader(NamespaceHeader.ENVELOPE, "Other", HEADER.identity()),
                "the header"));
    ArchiveException format =
        assertThrows(
            ArchiveException.class,
            () ->
                HEADER.requireSameAs(
                    new NamespaceHeader("hdf5-1", "My orders", HEADER.identity()), "the header"));
    assertTrue(
        format.getMessage().contains("files of the format hdf5-1, found envelope-1"),
        format.getMessage());
    HEADER.requireSameAs(
        new NamespaceHeader(
            NamespaceHeader.ENVELOPE, "My orders", Map.of("codec", "kryo=1", "keymap", "raw")),
        "the header");
  }
}
