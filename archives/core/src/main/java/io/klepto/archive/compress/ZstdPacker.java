package io.klepto.archive.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.zip.DataFormatException;

/** One Zstandard frame (RFC 8878) at the usual level, by zstd-jni. */
final class ZstdPacker implements Packer {
  private static final int LEVEL = 3;

  @Override
  public long bound(int length) {
    return Zstd.compressBound(length);
  }

  @Override
  public int pack(byte[] raw, byte[] into, int offset) {
    return (int)
        Zstd.compressByteArray(into, offset, into.length - offset, raw, 0, raw.length, LEVEL);
  }

  @Override
  public void unpack(byte[] bytes, int offset, int length, byte[] raw) throws DataFormatException {
    long size;
    try {
      size = Zstd.decompressByteArray(raw, 0, raw.length, bytes, offset, length);
    } catch (ZstdException e) {
      DataFormatException malformed =
          new DataFormatException(
              "expected a frame of %d bytes, found none: %s".formatted(raw.length, e.getMessage()));
      malformed.initCause(e);
      throw malformed;
    }
    if (size != raw.length) {
      throw new DataFormatException(
          "expected a frame of %d bytes, found %d".formatted(raw.length, size));
    }
  }
}
