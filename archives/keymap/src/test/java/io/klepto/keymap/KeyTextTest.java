package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class KeyTextTest {
  private record Point(int x, double y) {}

  private static String text(Object key) {
    return KeyText.of(CanonicalEncoder.standard().encode(key));
  }

  @Test
  void values_readAsJavaWritesThem() {
    assertEquals("1", text(1));
    assertEquals("1L", text(1L));
    assertEquals("1.0", text(1.0));
    assertEquals("1.0f", text(1.0f));
    assertEquals("(byte) 1", text((byte) 1));
    assertEquals("(short) 1", text((short) 1));
    assertEquals("true", text(true));
    assertEquals("'\\''", text('\''));
    assertEquals("\"a \\\" \\\\ \\u000a ä\"", text("a \" \\ \n ä"));
    assertEquals("\"\\ud800\"", text("\ud800"));
    assertEquals("BigDecimal(1.50)", text(new BigDecimal("1.50")));
    assertEquals("LocalDate(2026-11-22)", text(LocalDate.of(2026, 11, 22)));
    assertEquals("int[1, 2]", text(new int[] {1, 2}));
    assertEquals("Object[\"a\", null]", text(new String[] {"a", null}));
    assertEquals("[1, [], null]", text(Arrays.asList(1, List.of(), null)));
    assertEquals("{1, 2}", text(Set.of(2, 1)));
    assertEquals("{\"a\": 1, \"b\": 2}", text(Map.of("b", 2, "a", 1)));
    assertEquals("{:}", text(Map.of()));
    assertEquals("{}", text(Set.of()));
    assertEquals("Optional(1)", text(Optional.of(1)));
    assertEquals("Optional()", text(Optional.empty()));
    assertEquals("class java.lang.String", text(String.class));
    assertEquals("java.time.DayOfWeek.MONDAY", text(DayOfWeek.MONDAY));
    assertEquals(Point.class.getName() + "{\"x\": 1, \"y\": 2.0}", text(new Point(1, 2)));
  }

  @Test
  void keyWithAPartThatHasNoText_isItsBytes() {
    String text = text(List.of(1, Pattern.compile("a|b")));
    assertTrue(text.matches("bytes\\([0-9a-f]+\\)"), text);
  }
}
