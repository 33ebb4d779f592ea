package io.klepto.archive.compress;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A raw DEFLATE stream (RFC 1951) at the usual level, by the JDK. */
final class DeflatePacker implements Packer {
  @Override
  public long bound(int length) {
    // Stored blocks of at least 16 KiB with 5 bytes each, and the end.
    return length + 5L * (length / (16 << 10) + 1) + 8;
  }

  @Override
  public int pack(byte[] raw, byte[] into, int offset) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(raw);
      deflater.finish();
      int end = offset;
      while (!deflater.finished()) {
        int count = deflater.deflate(into, end, into.length - end);
        if (count == 0) {
          throw new IllegalStateException(
              "deflate: expected at most " + bound(raw.length) + " bytes, found more");
        }
        end += count;
      }
      return end - offset;
    } finally {
      deflater.end();
    }
  }

  @Override
  public void unpack(byte[] bytes, int offset, int length, byte[] raw) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, offset, length);
      int end = 0;
      while (end < raw.length && !inflater.finished()) {
        int count = inflater.inflate(raw, end, raw.length - end);
        if (count == 0) {
          break; // wants input or a dictionary that there is not
        }
        end += count;
      }
      boolean atEnd = inflater.finished() || inflater.inflate(new byte[1]) == 0;
      if (end < raw.length || !atEnd || !inflater.finished() || inflater.getRemaining() > 0) {
        throw new DataFormatException(
            "expected a stream of %d bytes, found %d, %s, %d bytes left over"
                .formatted(
                    raw.length,
                    inflater.getBytesWritten(),
                    inflater.finished() ? "its end" : "no end",
                    inflater.getRemaining()));
      }
    } finally {
      inflater.end();
    }
  }
}
