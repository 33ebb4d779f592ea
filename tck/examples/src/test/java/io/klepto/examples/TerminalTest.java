package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void columns_areThoseOfTheVariable() {
    assertEquals(132, Terminal.columns(Map.of("COLUMNS", "132")));
  }

  @Test
  void columns_withoutASensibleVariable_are80() {
    assertEquals(80, Terminal.columns(Map.of()));
    for (String wrong : List.of("", "0", "-5", "wide", "99999999999")) {
      assertEquals(80, Terminal.columns(Map.of("COLUMNS", wrong)), wrong);
    }
  }
}
