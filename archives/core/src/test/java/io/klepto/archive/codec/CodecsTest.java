package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CodecsTest {
  private static final CodecOptions OPTIONS = CodecContract.options(Object.class);

  @Test
  void names_areTheKnownOnes_theDefaultFirst() {
    assertEquals(List.of("kryo", "java", "raw", "json", "fory"), Codecs.names());
  }

  @Test
  void ids_neverChange() {
    assertEquals(1, Codecs.named("kryo", OPTIONS).id());
    assertEquals(2, Codecs.named("java", OPTIONS).id());
    assertEquals(3, Codecs.named("raw", OPTIONS).id());
    assertEquals(4, Codecs.named("json", OPTIONS).id());
  }

  @Test
  void named_unknown_listsTheKnown() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Codecs.named("xml", OPTIONS));
    assertEquals(
        "codec: expected one of [kryo, java, raw, json, fory], found \"xml\"", e.getMessage());
  }

  @Test
  void ofRecord_unknown_listsTheKnown() {
    ArchiveException e = assertThrows(ArchiveException.class, () -> Codecs.ofRecord(200, OPTIONS));
    assertTrue(
        e.getMessage()
            .contains("codec 200, expected one of [1 kryo, 2 java, 3 raw, 4 json, 5 fory]"));
  }
}
