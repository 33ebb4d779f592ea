package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/**
 * The form of a JDK class that holds no other objects: a writer and a reader.
 *
 * @param <T> the class
 */
final class Scalar<T> extends GraphSerializer {
  /** Writes a value. */
  @FunctionalInterface
  interface Writer<T> {
    /** Writes the value's parts. */
    void write(KryoGraph graph, Output output, T value);
  }

  /** Reads what {@link Writer} wrote. */
  @FunctionalInterface
  interface Reader {
    /** Returns the value. */
    Object read(KryoGraph graph, Input input);
  }

  private final Writer<T> writer;
  private final Reader reader;

  Scalar(Writer<T> writer, Reader reader) {
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  @SuppressWarnings("unchecked") // registered for the class alone
  void write(KryoGraph graph, Output output, Object value) {
    writer.write(graph, output, (T) value);
  }

  @Override
  Object read(KryoGraph graph, Input input) {
    return reader.read(graph, input);
  }
}
