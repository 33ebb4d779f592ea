package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records with every kind of damage, and of classes that are not allowed, read in a heap of 64 MiB:
 * never an {@code Error}, a hang, or a foreign class that is loaded.
 */
final class HostileBytesTest {
  private static final int CASES = 3_000;

  /** Each refusal costs an instance of Fory, and making one costs milliseconds. */
  private static final int FORY_CASES = 600;

  private static final int SOAK_CASES = 100_000;

  @TempDir private Path folder;

  @Test
  void hostileRecords_areReadOrRefused(TestReporter reporter) throws Exception {
    attack(CASES, FORY_CASES, reporter);
  }

  @Test
  @Tag("soak")
  void manyHostileRecords_areReadOrRefused(TestReporter reporter) throws Exception {
    attack(SOAK_CASES, SOAK_CASES, reporter);
  }

  private void attack(int cases, int foryCases, TestReporter reporter) throws Exception {
    long seed = System.nanoTime();
    List<String> arguments = new ArrayList<>();
    arguments.add(ForeignClasses.compile(folder).toString());
    arguments.add(Long.toString(seed));
    for (String codec : Codecs.names()) {
      arguments.add(codec);
      arguments.add(Integer.toString(codec.equals("fory") ? foryCases : cases));
    }
    List<String> output =
        OtherJvm.run(List.of("-Xmx64m", "-XX:+UseSerialGC"), HostileBytes.class, arguments);
    StringBuilder table =
        new StringBuilder(
            "%n%-6s %7s %8s %8s %6s %5s %15s%n"
                .formatted(
                    "codec", "cases", "decoded", "refused", "errors", "hangs", "foreign classes"));
    int codecs = 0;
    boolean clean = true;
    for (String line : output) {
      if (line.startsWith(HostileBytes.RESULT)) {
        String[] parts = line.substring(HostileBytes.RESULT.length()).trim().split(" ");
        table.append("%-6s %7s %8s %8s %6s %5s %15s%n".formatted((Object[]) parts));
        clean &= (parts[4] + parts[5] + parts[6]).equals("000");
        clean &= Integer.parseInt(parts[2]) > 0 && Integer.parseInt(parts[3]) > 0;
        codecs++;
      }
    }
    reporter.publishEntry("seed", Long.toString(seed));
    reporter.publishEntry("hostile bytes", table.toString());
    int found = codecs;
    assertTrue(clean, () -> "seed " + seed + table + String.join("\n", output));
    assertEquals(Codecs.names().size(), found, () -> String.join("\n", output));
  }
}
