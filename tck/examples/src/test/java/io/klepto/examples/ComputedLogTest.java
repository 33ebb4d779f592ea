package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.klepto.examples.bytecode.ClassKey;
import io.klepto.examples.bytecode.ClassName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComputedLogTest {
  private static final ClassKey KEY = new ClassKey(new ClassName("m", "p.C"), "00ff");

  @Test
  void lines_areAppendedAtOnceAndAcrossRuns(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("log");
    try (ComputedLog log = ComputedLog.open(Optional.of(file))) {
      log.computed(KEY);
      assertEquals(List.of("computed m/p.C 00ff"), Files.readAllLines(file));
    }
    try (ComputedLog log = ComputedLog.open(Optional.of(file))) {
      log.computed(KEY);
    }
    assertEquals(2, Files.readAllLines(file).size());
  }

  @Test
  void withoutAFile_nothingIsKept() throws IOException {
    try (ComputedLog log = ComputedLog.open(Optional.empty())) {
      log.computed(KEY);
    }
  }
}
