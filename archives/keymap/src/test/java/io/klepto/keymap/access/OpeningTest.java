package io.klepto.keymap.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told to a named module stands in a test of applications on the module path. */
final class OpeningTest {
  @Test
  void advice_forTheJdk_isAnOption_sinceNobodyWritesItsModules() {
    assertEquals(
        "start with --add-opens java.base/java.util.concurrent=one,two",
        Opening.advice(java.util.concurrent.Future.class, List.of("one", "two")));
  }

  @Test
  void advice_onTheClassPath_opensToAllThatIsThere() {
    assertEquals(
        "start with --add-opens java.logging/java.util.logging=ALL-UNNAMED",
        Opening.advice(java.util.logging.Logger.class));
  }
}
