package io.klepto.bench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.bench.scale.Results.Key;
import io.klepto.bench.scale.Results.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsTest {
  @TempDir Path folder;

  @Test
  void write_thenRead_keepsNumbersAndReplacesThoseMeasuredAnew() throws IOException {
    Path file = folder.resolve("scale.txt");
    Results first = Results.read(file);
    first.put(new Key(Measure.RATE, "KLEPTO", "GET", 10_000, 1), 2.5);
    first.put(new Key(Measure.RATE, "KLEPTO", "GET", 1_000, 1), 1.5);
    first.put(new Key(Measure.RATE, "KLEPTO", "GET", 1_000, 2), 3);
    first.write(file, "a machine");

    Results second = Results.read(file);
    second.put(new Key(Measure.RATE, "KLEPTO", "GET", 10_000, 1), 4);

    assertEquals(
        List.of(new Plot.Point(1_000, 1.5), new Plot.Point(10_000, 4)),
        second.byEntries(Measure.RATE, "KLEPTO", "GET", 1));
    assertEquals(
        List.of(new Plot.Point(1, 1.5), new Plot.Point(2, 3)),
        second.byThreads(Measure.RATE, "KLEPTO", "GET", 1_000));
    assertEquals(List.of(), second.byEntries(Measure.BYTES, "KLEPTO", "GET", 1));
  }

  @Test
  void read_otherText_isRefusedByLine() throws IOException {
    Path file = Files.writeString(folder.resolve("scale.txt"), "RATE KLEPTO GET\n");

    assertThrows(IOException.class, () -> Results.read(file));
  }
}
