package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;

/**
 * Objects that only Java serialization can write: those of classes with a protocol of their own,
 * and of JDK classes without a form of ours. Their length, then what {@link JavaStreams} writes.
 *
 * <p>All that such an object holds is serialized with it; what it shares with the rest of the graph
 * is there twice when it is read.
 */
final class JavaRoute extends GraphSerializer {
  static final JavaRoute INSTANCE = new JavaRoute();

  private JavaRoute() {}

  @Override
  void write(KryoGraph graph, Output output, Object value) {
    byte[] bytes = graph.streams().write(value, graph.maxLevels());
    output.writeVarInt(bytes.length, true);
    output.writeBytes(bytes);
  }

  @Override
  Object read(KryoGraph graph, Input input) {
    int length = graph.claim(input, input.readVarInt(true), 1);
    int start = input.position();
    input.setPosition(start + length);
    try {
      return graph.streams().read(input.getBuffer(), start, length, graph.maxLevels());
    } catch (ArchiveException e) {
      return graph.missing(e);
    }
  }
}
