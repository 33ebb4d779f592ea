package io.klepto.archive.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.ArchiveException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** Strings as UTF-8, strict both ways. Stateless. */
final class RawText {
  private RawText() {}

  /**
   * Returns the UTF-8 of a string.
   *
   * @throws ArchiveException if it is null, or holds half a surrogate pair
   */
  static byte[] encode(String string) {
    utf8Bytes(string);
    return string.getBytes(UTF_8);
  }

  /** Returns how many bytes {@link #encode} gives. */
  static long utf8Bytes(String string) {
    if (string == null) {
      throw new ArchiveException(
          "codec raw can't encode an array of strings that holds null; choose"
              + " ArchiveConfiguration.builder(...).codec(\"kryo\") for such arrays");
    }
    long bytes = string.length();
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c >= 0x80) {
        bytes += c >= 0x800 ? 2 : 1;
        if (Character.isSurrogate(c)) {
          if (Character.isLowSurrogate(c)
              || i + 1 == string.length()
              || !Character.isLowSurrogate(string.charAt(i + 1))) {
            throw halfAPair(string);
          }
          i++; // the low one, counted as 1 byte: 4 for the pair
        }
      }
    }
    return bytes;
  }

  private static ArchiveException halfAPair(String string) {
    return new ArchiveException(
        "codec raw can't encode a string of "
            + string.length()
            + " chars as UTF-8: it holds half a surrogate pair; choose"
            + " ArchiveConfiguration.builder(...).codec(\"kryo\") for such strings");
  }

  /** Returns the string of all bytes that a buffer has left, for the codec that a message names. */
  static String decode(ByteBuffer utf8, String codec) {
    try {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(utf8)
          .toString();
    } catch (CharacterCodingException e) {
      throw new ArchiveException(
          "codec " + codec + ": a string is not UTF-8: " + e.getMessage(), e);
    }
  }
}
