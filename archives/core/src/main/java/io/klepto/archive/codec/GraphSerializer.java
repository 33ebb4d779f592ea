package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/**
 * A Kryo serializer that works in a {@link KryoGraph}. Stateless as to graphs, so any number of
 * them share it.
 */
abstract class GraphSerializer extends Serializer<Object> {
  GraphSerializer() {
    super(false);
  }

  abstract void write(KryoGraph graph, Output output, Object value);

  /** Returns the object, or a {@link Missing} by {@link KryoGraph#missing}. */
  abstract Object read(KryoGraph graph, Input input);

  @Override
  public final void write(Kryo kryo, Output output, Object value) {
    write((KryoGraph) kryo, output, value);
  }

  @Override
  public final Object read(Kryo kryo, Input input, Class<? extends Object> type) {
    return read((KryoGraph) kryo, input);
  }
}
