package io.klepto.archive.compress;

import java.util.zip.DataFormatException;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** One LZ4 block, by lz4-java; the decompressor is the one that checks every bound. */
final class Lz4Packer implements Packer {
  private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
  private final LZ4SafeDecompressor decompressor = LZ4Factory.fastestInstance().safeDecompressor();

  @Override
  public long bound(int length) {
    return length + length / 255L + 16; // overflows in LZ4Compressor for the largest arrays
  }

  @Override
  public int pack(byte[] raw, byte[] into, int offset) {
    return compressor.compress(raw, 0, raw.length, into, offset);
  }

  @Override
  public void unpack(byte[] bytes, int offset, int length, byte[] raw) throws DataFormatException {
    int size;
    try {
      size = decompressor.decompress(bytes, offset, length, raw, 0);
    } catch (LZ4Exception e) {
      DataFormatException malformed =
          new DataFormatException(
              "expected a block of %d bytes, found none: %s".formatted(raw.length, e.getMessage()));
      malformed.initCause(e);
      throw malformed;
    }
    if (size != raw.length) {
      throw new DataFormatException(
          "expected a block of %d bytes, found %d".formatted(raw.length, size));
    }
  }
}
