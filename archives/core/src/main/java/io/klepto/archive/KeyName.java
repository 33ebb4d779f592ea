package io.klepto.archive;

import io.klepto.keymap.KeyBytes;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Keys as they stand in messages: short, on one line, and without a call to code of the
 * application.
 */
final class KeyName {
  private static final int SHOWN_CHARACTERS = 80;

  private KeyName() {}

  /** Returns the class of a key and, for the JDK's simple values, its text. */
  static String of(Object key) {
    String type = key.getClass().getName();
    if (key instanceof String text) {
      return "key \"" + shortened(text) + "\"";
    }
    boolean hasText =
        key instanceof Boolean
            || key instanceof Character
            || (key instanceof Number && type.startsWith("java."))
            || key instanceof UUID;
    if (hasText) {
      return "key " + shortened(key.toString()) + " (" + type + ")";
    }
    if (key instanceof Enum<?> constant) {
      return "key " + constant.name() + " (" + constant.getDeclaringClass().getName() + ")";
    }
    return "key of " + type;
  }

  /** Returns the same with its canonical bytes where there is no text. */
  static String of(Object key, KeyBytes bytes) {
    String name = of(key);
    return name.startsWith("key of ") ? name + ", " + bytes : name;
  }

  private static String shortened(String text) {
    StringBuilder shown = new StringBuilder();
    int end = Math.min(text.length(), SHOWN_CHARACTERS);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        shown.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        shown.append(c);
      }
    }
    if (end < text.length()) {
      shown.append("… (").append(text.length()).append(" characters)");
    }
    return shown.toString();
  }
}
