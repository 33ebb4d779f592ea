package io.klepto.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.keymap.KeyEncodingException;
import io.klepto.keymap.KeyTransform;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Rounding;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives whose keys are transformed, and writes of all or nothing. */
final class KeyTransformArchiveTest {
  private static final KeyTransform TWO_DIGITS =
      new KeyTransform(Keymaps.raw(), Rounding.simple(2));

  @TempDir Path folder;

  private Archive<Double, Object> open(KeyTransform transformOrNull) {
    ArchiveConfiguration.Builder<Double, Object> builder =
        ArchiveConfiguration.builder(Double.class, Object.class);
    if (transformOrNull != null) {
      builder.keyTransform(transformOrNull);
    }
    URI location = URI.create("file:" + folder.resolve("a.klepto").toUri().getRawPath());
    return Archives.open(location, builder.build());
  }

  @Test
  void keysMadeEqual_shareAnEntry_thatKeepsTheKeyItWasWrittenWith() {
    try (Archive<Double, Object> archive = open(TWO_DIGITS)) {
      archive.put(1.001, "one");
      archive.put(2.0, "two");
    }
    try (Archive<Double, Object> archive = open(TWO_DIGITS)) {
      assertEquals("one", archive.get(1.002));
      assertEquals(1.001, archive.entry(1.002).key());
      assertEquals(Set.of(1.001, 2.0), archive.keys());
      assertEquals(Map.of(1.002, "one", 1.003, "one"), archive.getAll(Set.of(1.002, 1.003)));
      assertTrue(archive.remove(1.004));
      assertFalse(archive.contains(1.001));
      assertEquals(Optional.of(TWO_DIGITS), archive.keyTransform());
    }
  }

  @Test
  void otherTransform_isRefused() {
    open(TWO_DIGITS).close();
    String message = assertThrows(ArchiveException.class, () -> open(null)).getMessage();
    assertTrue(message.contains("rounding=simple(2)"), message);
    KeyTransform other = new KeyTransform(Keymaps.hash(), Rounding.simple(2));
    message = assertThrows(ArchiveException.class, () -> open(other)).getMessage();
    assertTrue(message.contains("hashmap(SHA-256)"), message);
  }

  @Test
  void transformThatFails_isThatKeysFailure() {
    KeyTransform failing =
        new KeyTransform(
            arguments -> {
              throw new IllegalStateException("none today");
            },
            Rounding.none());
    try (Archive<Double, Object> archive = open(failing)) {
      assertThrows(KeyEncodingException.class, () -> archive.get(1.0));
    }
  }

  @Test
  void putTogether_oneValueThatCannotBeEncoded_writesNothing() {
    try (Archive<Double, Object> archive = open(null)) {
      archive.put(1.0, "old");
      Map<Double, Object> entries = new LinkedHashMap<>();
      entries.put(1.0, "new");
      entries.put(2.0, new Thread());
      entries.put(3.0, "three");
      String message =
          assertThrows(ArchiveException.class, () -> archive.putTogether(entries)).getMessage();
      assertTrue(message.contains("key 2.0"), message);
      assertEquals(Set.of(1.0), archive.keys());
      assertEquals("old", archive.get(1.0));
      entries.remove(2.0);
      archive.putTogether(entries);
      assertEquals(Map.of(1.0, "new", 3.0, "three"), archive.getAll(Set.of(1.0, 2.0, 3.0)));
    }
  }
}
