package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The letters of an access. */
final class AccessTest {
  @Test
  void of_lettersInAnyOrder_areTheSameAccess() {
    assertEquals(Access.ALL, Access.of("wer"));
    assertEquals(new Access(true, false, true), Access.of("wr"));
    assertEquals(new Access(false, false, false), Access.of(""));
    assertEquals("rw", Access.of("wr").toString());
  }

  @Test
  void of_otherLetters_areRefused() {
    for (String wrong : new String[] {"x", "R", "re w", "rwx"}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Access.of(wrong)).getMessage();
      assertTrue(message.contains("\"" + wrong + "\""), message);
    }
  }
}
