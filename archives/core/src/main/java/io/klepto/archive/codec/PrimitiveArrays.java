package io.klepto.archive.codec;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The forms of arrays and byte buffers: the number of elements, then each in its fixed width,
 * little-endian. Of a buffer what remains in it is written; read, it is on the heap, to be written
 * to, and big-endian.
 */
final class PrimitiveArrays {
  private PrimitiveArrays() {}

  static void register() {
    WellKnown.shared(
        boolean[].class,
        (g, out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeBooleans(v, 0, v.length);
        },
        (g, in) -> in.readBooleans(g.claim(in, in.readVarInt(true), 1)));
    WellKnown.shared(
        byte[].class,
        (g, out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeBytes(v);
        },
        (g, in) -> in.readBytes(g.claim(in, in.readVarInt(true), 1)));
    WellKnown.shared(
        short[].class,
        (g, out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeShorts(v, 0, v.length);
        },
        (g, in) -> in.readShorts(g.claim(in, in.readVarInt(true), Short.BYTES)));
    WellKnown.shared(
        char[].class,
        (g, out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeChars(v, 0, v.length);
        },
        (g, in) -> in.readChars(g.claim(in, in.readVarInt(true), Character.BYTES)));
    WellKnown.shared(
        int[].class,
        (g, out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeInts(v, 0, v.length);
        },
        (g, in) -> in.readInts(g.claim(in, in.readVarInt(true), Integer.BYTES)));
    WellKnown.shared(
        long[].class,
        (g, out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeLongs(v, 0, v.length);
        },
        (g, in) -> in.readLongs(g.claim(in, in.readVarInt(true), Long.BYTES)));
    WellKnown.shared(
        float[].class,
        (g, out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeFloats(v, 0, v.length);
        },
        (g, in) -> in.readFloats(g.claim(in, in.readVarInt(true), Float.BYTES)));
    WellKnown.shared(
        double[].class,
        (g, out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeDoubles(v, 0, v.length);
        },
        (g, in) -> in.readDoubles(g.claim(in, in.readVarInt(true), Double.BYTES)));
    WellKnown.register(List.of(Object[].class), new ArraySerializer(Object.class));
    WellKnown.register(List.of(String[].class), new ArraySerializer(String.class));
  }

  /** Registers the classes of byte buffers, which came after all others. */
  static void registerBuffers() {
    ByteBuffer direct = ByteBuffer.allocateDirect(0);
    ByteBuffer heap = ByteBuffer.allocate(0);
    WellKnown.register(
        ListForms.distinct(heap, heap.asReadOnlyBuffer(), direct, direct.asReadOnlyBuffer()),
        new Scalar<ByteBuffer>(
            (g, out, v) -> {
              byte[] bytes = new byte[v.remaining()];
              v.duplicate().get(bytes);
              out.writeVarInt(bytes.length, true);
              out.writeBytes(bytes);
            },
            (g, in) -> ByteBuffer.wrap(in.readBytes(g.claim(in, in.readVarInt(true), 1)))));
  }
}
