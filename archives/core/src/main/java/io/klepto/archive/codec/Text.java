package io.klepto.archive.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/**
 * Strings, char by char: one byte each if all are Latin-1, else two.
 *
 * <p>A number of twice the length, plus one if wide, then the chars. Half a surrogate pair
 * survives, which it would not in UTF-8.
 */
final class Text {
  private Text() {}

  static void write(Output output, String string) {
    int length = string.length();
    if (isLatin1(string)) {
      output.writeVarInt(length << 1, true);
      output.writeBytes(string.getBytes(ISO_8859_1));
    } else {
      output.writeVarInt((length << 1) | 1, true);
      output.writeChars(string.toCharArray(), 0, length);
    }
  }

  private static boolean isLatin1(String string) {
    for (int i = 0; i < string.length(); i++) {
      if (string.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  static String read(Input input, Claims claims) {
    int head = input.readVarInt(true);
    boolean wide = (head & 1) == 1;
    int length = claims.claim(input, head >>> 1, wide ? Character.BYTES : 1);
    if (wide) {
      return new String(input.readChars(length));
    }
    int start = input.position();
    input.setPosition(start + length);
    return new String(input.getBuffer(), start, length, ISO_8859_1);
  }
}
