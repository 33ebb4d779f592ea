package io.klepto.bench.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured must do what it is measured for. */
final class EngineKindTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void engine_keepsWhatItWasGiven(EngineKind kind) {
    Map<String, byte[]> batch = Samples.range(0, 700);
    try (Engine engine = kind.open(folder)) {
      engine.putAll(batch);
      engine.put(Samples.key(3), Samples.value(1_003));
      engine.put(Samples.key(700), Samples.value(700));
    }
    try (Engine engine = kind.open(folder)) {
      assertArrayEquals(Samples.value(1_003), engine.get(Samples.key(3)));
      assertArrayEquals(Samples.value(700), engine.get(Samples.key(700)));
      assertNull(engine.get("no such key"));
      Map<String, byte[]> read = engine.getAll(List.copyOf(batch.keySet()));
      assertEquals(batch.keySet(), read.keySet());
      assertArrayEquals(Samples.value(699), read.get(Samples.key(699)));
    }
  }
}
