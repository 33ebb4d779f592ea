package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.memoize.CacheDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void noArguments_giveTheDefaults() {
    Options options = Options.parse(List.of());
    assertFalse(options.help());
    assertFalse(options.fresh());
    assertEquals(CacheDirectory.standard().resolve("jdk-metrics"), options.archive());
    assertEquals(Optional.empty(), options.module());
    assertEquals(Integer.MAX_VALUE, options.limit());
    assertEquals(Runtime.getRuntime().availableProcessors(), options.threads());
    assertEquals(Optional.empty(), options.log());
  }

  @Test
  void everyOption_isRead() {
    assertEquals(
        new Options(
            true, true, Path.of("a b"), Optional.of("m"), 5, 3, Optional.of(Path.of("file"))),
        Options.parse(
            List.of(
                "--log",
                "file",
                "--help",
                "--fresh",
                "--archive",
                "a b",
                "--module",
                "m",
                "--limit",
                "5",
                "--threads",
                "3")));
  }

  @Test
  void usage_namesEveryOption() {
    List.of("--archive", "--fresh", "--module", "--limit", "--threads", "--log", "--help")
        .forEach(option -> assertTrue(Options.USAGE.contains("  " + option + " "), option));
  }

  @Test
  void unknownArgument_isRefusedByName() {
    assertRefused("unknown argument \"--limt\"; --help lists the options", "--limt", "5");
    assertRefused("unknown argument \"folder\"; --help lists the options", "folder");
  }

  @Test
  void missingValue_isRefusedByName() {
    assertRefused(
        "--limit: expected a value after it, found the end of the command line", "--limit");
  }

  @Test
  void wrongNumber_isRefusedByName() {
    for (String wrong : List.of("0", "-1", "many", "", "2147483648", "1.5")) {
      assertRefused(
          "--threads: expected a whole number from 1 to 2147483647, found \"" + wrong + "\"",
          "--threads",
          wrong);
    }
  }

  @Test
  void wrongPath_isRefusedByName() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of("--log", "a\0b")))
            .getMessage();
    assertTrue(message.startsWith("--log: expected a path"), message);
  }

  private static void assertRefused(String message, String... arguments) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of(arguments)))
            .getMessage());
  }
}
