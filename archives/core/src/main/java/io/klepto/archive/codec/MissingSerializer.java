package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;

/**
 * Reads past objects whose class can't be used, by the record's description of it; fails with the
 * reason if such an object is needed.
 */
final class MissingSerializer extends GraphSerializer {
  private final StreamClass described;
  private final ArchiveException reason;

  MissingSerializer(StreamClass described, ArchiveException reason) {
    this.described = described;
    this.reason = reason;
  }

  @Override
  void write(KryoGraph graph, Output output, Object value) {
    throw new IllegalStateException("only for reading: " + described);
  }

  @Override
  Object read(KryoGraph graph, Input input) {
    Missing missing = graph.missing(reason);
    graph.reference(missing);
    switch (described.kind()) {
      case StreamClass.FIELDS -> {
        for (StreamClass.StreamField field : described.fields()) {
          FieldsSerializer.discard(graph, input, field.code());
        }
      }
      case StreamClass.ENUM -> graph.readText(input);
      case StreamClass.JAVA -> {
        int length = graph.claim(input, input.readVarInt(true), 1);
        input.setPosition(input.position() + length);
      }
      default -> {
        int count = graph.claim(input, input.readVarInt(true), 1);
        for (int i = 0; i < count; i++) {
          graph.discardValue(input);
        }
      }
    }
    return missing;
  }
}
