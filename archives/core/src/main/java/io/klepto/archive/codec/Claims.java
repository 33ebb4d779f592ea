package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import io.klepto.archive.ArchiveException;

/**
 * What the lengths in a record may claim: never more than the bytes that are left, and in total
 * never more than the record has.
 *
 * <p>Each element of an array, collection or string takes at least one byte that it shares with no
 * other, so honest claims add up to less than the record's length, and memory is never allocated
 * beyond a small multiple of it.
 *
 * <p>Not thread-safe; one for each record.
 */
final class Claims {
  private final long total;
  private long claimed;

  Claims(int total) {
    this.total = total;
  }

  /**
   * Returns the count, once it is known to be possible.
   *
   * @param count how many elements the record claims
   * @param bytesEach how many bytes each takes at least
   */
  int claim(Input input, int count, int bytesEach) {
    long bytes = (long) count * bytesEach;
    int left = input.limit() - input.position();
    if (count < 0 || bytes > left || claimed + bytes > total) {
      throw new ArchiveException(
          "the record is damaged: at byte "
              + input.position()
              + " it claims "
              + Integer.toUnsignedString(count)
              + " elements of at least "
              + bytesEach
              + " bytes, and "
              + left
              + " bytes are left");
    }
    claimed += bytes;
    return count;
  }
}
