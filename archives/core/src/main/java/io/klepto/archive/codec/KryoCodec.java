package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.util.Util;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;

/**
 * Object graphs by Kryo, with its class table, references and serializers replaced by ones that
 * keep the promises of {@link Codec}; the default.
 *
 * <p>Classes are written by name and fields by name, each once per record, so a changed class reads
 * old records or fails by name; what it is made of stands with {@link KryoGraph}, {@link
 * ClassTable}, {@link StreamClass} and {@link WellKnown}. Which classes take which form: {@link
 * Shapes}.
 *
 * <p>Any number of threads may call at once: each call borrows an instance of Kryo, and returns it
 * only if the call succeeded, since a failed one may leave anything behind.
 */
final class KryoCodec extends GraphCodec {
  private static final int VERSION = 1;
  private static final int MAX_IDLE = 32;

  /** The first Java that warns of what Kryo tries out in {@code sun.misc.Unsafe}. */
  private static final int WARNS_OF_UNSAFE = 24;

  static {
    keepKryoFromUnsafe();
  }

  private final ClassNames names;
  private final JavaStreams streams;
  private final Shapes shapes;
  private final ArrayBlockingQueue<KryoGraph> idle = new ArrayBlockingQueue<>(MAX_IDLE);

  KryoCodec(CodecOptions options) {
    super(Codecs.KRYO, VERSION, "kryo");
    this.names = new ClassNames(options);
    this.streams = new JavaStreams(names);
    this.shapes = new Shapes(names);
  }

  /**
   * Loads Kryo with its switch set, so that it does not touch what we don't use and newer JDKs warn
   * of; the switch, a system property of the application's, is put back at once.
   */
  private static void keepKryoFromUnsafe() {
    String property = "kryo.unsafe";
    if (Runtime.version().feature() < WARNS_OF_UNSAFE || System.getProperty(property) != null) {
      return;
    }
    System.setProperty(property, "false");
    try {
      Util.isClassAvailable(Util.class.getName());
    } finally {
      System.clearProperty(property);
    }
  }

  @Override
  byte[] write(Object value, int maxLevels) {
    return borrow(graph -> graph.encode(value, maxLevels));
  }

  @Override
  Object read(byte[] bytes, int offset, int length, int maxLevels) {
    return borrow(graph -> graph.decode(bytes, offset, length, maxLevels));
  }

  private <T> T borrow(Function<KryoGraph, T> work) {
    KryoGraph graph = idle.poll();
    if (graph == null) {
      graph = new KryoGraph(shapes, names, streams);
    }
    T result = work.apply(graph);
    boolean unused = idle.offer(graph); // if enough are idle it is dropped
    return result;
  }
}
