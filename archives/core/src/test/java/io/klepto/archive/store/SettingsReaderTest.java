package io.klepto.archive.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SettingsReaderTest {
  private static SettingsReader reader(Map<String, String> values) {
    return StoreSettings.of(values).reader("dir:/x [orders]");
  }

  private static String messageOf(Runnable call) {
    return assertThrows(ArchiveException.class, call::run).getMessage();
  }

  @Test
  void settingsThatAreTaken_areReturnedByType() {
    SettingsReader reader = reader(Map.of("a", "text", "b", "deflate", "c", "true", "d", "7"));
    assertEquals(Optional.of("text"), reader.text("a"));
    assertEquals("deflate", reader.choice("b", List.of("none", "deflate"), "none"));
    assertTrue(reader.flag("c", false));
    assertEquals(7, reader.wholeNumber("d", 1, 0, 9));
    reader.requireNoneLeft();
  }

  @Test
  void settingsThatAreNotSet_areTheirDefaults() {
    SettingsReader reader = reader(Map.of());
    assertEquals(Optional.empty(), reader.text("a"));
    assertEquals("none", reader.choice("b", List.of("none", "deflate"), "none"));
    assertTrue(reader.flag("c", true));
    assertEquals(1, reader.wholeNumber("d", 1, 0, 9));
    reader.requireNoneLeft();
  }

  @Test
  void unknownSetting_isRefusedWithTheNearest_withoutItsValue() {
    SettingsReader reader = reader(Map.of("compresion", "hunter2"));
    reader.text("table");
    reader.text("compression");
    String message = messageOf(reader::requireNoneLeft);
    assertTrue(message.contains("dir:/x [orders]"), message);
    assertTrue(message.contains("found compresion; did you mean compression?"), message);
    assertFalse(message.contains("hunter2"), message);
  }

  @Test
  void unknownSetting_whereThereAreNone_isRefused() {
    String message = messageOf(reader(Map.of("x", "1"))::requireNoneLeft);
    assertTrue(message.contains("expected no settings, found x"), message);
  }

  @Test
  void wrongValues_areRefusedNamingWhatWasExpected() {
    SettingsReader reader = reader(Map.of("b", "zip", "c", "yes", "d", "10", "e", "many"));
    String word = messageOf(() -> reader.choice("b", List.of("none", "deflate"), "none"));
    assertTrue(word.contains("setting b: expected one of [none, deflate], found \"zip\""), word);
    String flag = messageOf(() -> reader.flag("c", true));
    assertTrue(flag.contains("setting c: expected one of [true, false], found \"yes\""), flag);
    String number = messageOf(() -> reader.wholeNumber("d", 1, 0, 9));
    assertTrue(number.contains("expected a whole number from 0 to 9, found 10"), number);
    String text = messageOf(() -> reader.wholeNumber("e", 1, 0, 9));
    assertTrue(text.contains("found \"many\""), text);
  }

  @Test
  void settings_showTheirNamesAlone() {
    String shown = StoreSettings.of(Map.of("password", "hunter2")).toString();
    assertEquals("settings [password]", shown);
  }
}
