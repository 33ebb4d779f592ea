package io.klepto.archive.store;

import io.klepto.archive.DamagedRecordException;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The verification of one envelope that comes in pieces, so that a large one need not be in memory
 * as a whole. It finds what {@link EnvelopeV1#verify} finds.
 *
 * <p>Used by one thread, once.
 */
public final class EnvelopeCheck {
  private final long totalBytes;
  private final KeyBytes expectedKey;
  private final EnvelopeV1.Damage damage;
  private final CRC32C crc = new CRC32C();
  private byte[] head = new byte[EnvelopeV1.FIXED_BYTES];
  private int headBytes;
  private EnvelopeV1.Header header;
  private long seen;
  private int storedChecksum;

  /**
   * Starts a check.
   *
   * @param totalBytes the size of the whole envelope as it lies in the store
   * @param expectedKey the key that the record must have, or null for any
   * @param store the name of the store, for messages
   * @param location where in the store the envelope lies, for messages
   */
  public EnvelopeCheck(long totalBytes, KeyBytes expectedKey, String store, Object location) {
    this.totalBytes = totalBytes;
    this.expectedKey = expectedKey;
    this.damage = new EnvelopeV1.Damage(store, location);
  }

  /**
   * Takes the next bytes, all that remain in the buffer.
   *
   * @throws DamagedRecordException as soon as what came is not what it must be
   */
  public void next(ByteBuffer piece) {
    ByteBuffer rest = piece.duplicate();
    while (header == null && rest.hasRemaining()) {
      int count = Math.min(head.length - headBytes, rest.remaining());
      rest.get(head, headBytes, count);
      headBytes += count;
      if (headBytes == head.length) {
        readHead();
      }
    }
    long checksumAt = totalBytes - Integer.BYTES;
    int covered = (int) Math.max(0, Math.min(piece.remaining(), checksumAt - seen));
    crc.update(piece.slice(piece.position(), covered));
    for (int i = piece.position() + covered; i < piece.limit(); i++) {
      storedChecksum = storedChecksum << Byte.SIZE | Byte.toUnsignedInt(piece.get(i));
    }
    seen += piece.remaining();
    piece.position(piece.limit());
  }

  private void readHead() {
    int needed = EnvelopeV1.headerBytes(head, totalBytes, damage.store(), damage.location());
    if (headBytes < needed) {
      head = Arrays.copyOf(head, needed);
    } else {
      header =
          EnvelopeV1.readHeader(head, totalBytes, expectedKey, damage.store(), damage.location());
    }
  }

  /**
   * Returns what stands before the payload, once all has come.
   *
   * @throws DamagedRecordException if that was not all, or if a checksum does not fit
   */
  public EnvelopeV1.Header end() {
    if (header == null || seen != totalBytes) {
      throw damage.found(
          "length", Math.max(totalBytes, EnvelopeV1.OVERHEAD_BYTES) + " bytes", seen + " bytes");
    }
    damage.requireChecksum("record", storedChecksum, (int) crc.getValue());
    return header;
  }
}
