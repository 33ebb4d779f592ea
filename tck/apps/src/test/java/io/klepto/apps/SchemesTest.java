package io.klepto.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is left out: every archive is on the class path of these tests. */
final class SchemesTest {
  @Test
  void backends_arePresent() {
    assertEquals(List.of(Backend.values()), Backend.present().toList());
  }
}
