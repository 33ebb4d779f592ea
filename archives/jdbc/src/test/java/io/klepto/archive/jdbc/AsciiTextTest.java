package io.klepto.archive.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AsciiTextTest {
  @Test
  void escape_leavesLettersDigitsAndALittleMore() {
    assertEquals("Orders-1_a.b", AsciiText.escape("Orders-1_a.b"));
    assertEquals("a%0020b%0025%00e4%d800", AsciiText.escape("a b%ä\uD800"));
  }

  @Test
  void unescape_givesAnyTextBack() {
    for (String text : List.of("", "a", "%", "%0020", "\0", "\uD83D\uDE00", "\uDC00", "'\"`\\")) {
      assertEquals(text, AsciiText.unescape(AsciiText.escape(text)));
    }
    assertNotEquals(AsciiText.escape("a b"), AsciiText.escape("a%0020b"));
  }

  @Test
  void unescape_ofWhatWasNotEscaped_isRefused() {
    for (String text : List.of(" ", "%", "%00", "%00g0", "ä")) {
      assertThrows(IllegalArgumentException.class, () -> AsciiText.unescape(text), text);
    }
  }
}
