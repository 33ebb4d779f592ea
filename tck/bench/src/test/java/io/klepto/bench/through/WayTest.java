package io.klepto.bench.through;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WayTest {
  private static final Entries ENTRIES = Entries.of(20);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Way.class)
  void open_again_findsWhatWasPut(Way way) {
    try (Way.Opened opened = way.open(folder, ENTRIES)) {
      for (int i = 1; i < ENTRIES.count(); i++) {
        opened.put(i);
      }
    }

    try (Way.Opened opened = way.open(folder, ENTRIES)) {
      assertNull(opened.get(0));
      for (int i = 1; i < ENTRIES.count(); i++) {
        assertNotNull(opened.get(i));
      }
    }
  }
}
