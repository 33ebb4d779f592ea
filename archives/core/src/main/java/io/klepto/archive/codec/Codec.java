package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.nio.ByteBuffer;

/**
 * Turns objects into bytes and back.
 *
 * <p><b>Round trip.</b> {@code decode(encode(x))} equals {@code x}, for every {@code x} that {@code
 * encode} accepts; what could not be decoded is refused when it is encoded, so that nothing is
 * written that can't be read back.
 *
 * <p><b>Hostile bytes.</b> {@code decode} of any bytes returns an object of an allowed class or
 * throws {@link ArchiveException}: no {@code Error}, no allocation beyond what the bytes can hold,
 * no class loaded that the configuration does not allow.
 *
 * <p><b>Threads.</b> Any number may call at once.
 */
public interface Codec {
  /** Returns the number that stands for this codec in each record, 0 to 255, never reassigned. */
  int id();

  /** Returns the version of the format that {@link #encode} writes, 0 to 255. */
  int version();

  /** Returns the name by which configurations choose this codec: {@code kryo}, {@code java}, … */
  String name();

  /**
   * Encodes an object.
   *
   * @param value the object, not null
   * @throws ArchiveException if it, or a part of it, can't be encoded or its class is not allowed;
   *     the message names the class and the setting that would allow it
   */
  byte[] encode(Object value);

  /**
   * Decodes an object.
   *
   * @param version the format version that the record names; an unknown one is refused
   * @param bytes where the encoded object lies
   * @param offset its first byte
   * @param length its length in bytes
   * @return the object, never null
   * @throws ArchiveException if the bytes are not such an object, or name a class that is not
   *     allowed
   */
  Object decode(int version, byte[] bytes, int offset, int length);

  /**
   * Decodes an object out of a buffer, such as a part of a mapped file.
   *
   * @param version the format version that the record names; an unknown one is refused
   * @param bytes the encoded object, from the buffer's position to its limit, which stay as they
   *     are; the object may be a view of them, so they must not change any more
   * @return the object, never null
   * @throws ArchiveException as {@link #decode(int, byte[], int, int)}
   */
  default Object decode(int version, ByteBuffer bytes) {
    if (bytes.hasArray()) {
      return decode(
          version, bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return decode(version, copy, 0, copy.length);
  }
}
