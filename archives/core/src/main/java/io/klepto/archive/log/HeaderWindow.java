package io.klepto.archive.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads the headers of records that follow each other, many at a time where records are small.
 *
 * <p>Used by one thread.
 */
final class HeaderWindow {
  private static final int WINDOW_BYTES = 64 << 10;
  private static final int PROBE_BYTES = 64;

  private final DataFile data;
  private final long fileId;
  private byte[] window = new byte[0];
  private long start;
  private int length;
  private long expected = -1;
  private boolean large;
  private long limit;

  HeaderWindow(DataFile data, long fileId) {
    this.data = data;
    this.fileId = fileId;
  }

  /** Forgets what was read, and reads up to an offset from now on. */
  void restart(long newLimit) {
    length = 0;
    large = false;
    limit = newLimit;
  }

  /** Reads up to an offset from now on; what was read stays. */
  void extend(long newLimit) {
    limit = newLimit;
  }

  /** Returns the header at an offset, or null if there is none. */
  RecordHeader headerAt(long offset) throws IOException {
    if (isOutside(offset)) {
      boolean probe = large && offset == expected;
      fill(offset, probe ? PROBE_BYTES : WINDOW_BYTES);
    }
    int at = (int) (offset - start);
    RecordHeader header =
        length - at < RecordFormatV1.HEADER_BYTES
            ? null
            : RecordFormatV1.readHeader(window, at, fileId, offset);
    if (header != null) {
      large = header.totalBytes() > WINDOW_BYTES / 2;
      expected = offset + header.totalBytes();
    }
    return header;
  }

  /**
   * Returns where the next record begins, at or behind an offset and before an end, or the end if
   * there is none.
   */
  long nextHeader(long from, long to) throws IOException {
    long offset = RecordFormatV1.aligned(from);
    while (offset < to) {
      if (isOutside(offset)) {
        fill(offset, WINDOW_BYTES);
        if (length < RecordFormatV1.HEADER_BYTES) {
          return to;
        }
      }
      int at = (int) (offset - start);
      if (ByteBuffer.wrap(window).getInt(at) == RecordFormatV1.MAGIC
          && RecordFormatV1.readHeader(window, at, fileId, offset) != null) {
        return offset;
      }
      offset += RecordFormatV1.ALIGNMENT;
    }
    return to;
  }

  private boolean isOutside(long offset) {
    return offset < start || offset + RecordFormatV1.HEADER_BYTES > start + length;
  }

  private void fill(long offset, int bytes) throws IOException {
    int wanted = (int) Math.max(0, Math.min(bytes, limit - offset));
    if (window.length < wanted) {
      window = new byte[wanted];
    }
    start = offset;
    length = data.read(window, 0, wanted, offset);
  }
}
