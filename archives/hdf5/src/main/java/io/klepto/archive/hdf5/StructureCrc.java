package io.klepto.archive.hdf5;

import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The CRC32C of an HDF5 file without the regions of its records: of what makes other programs find
 * them.
 */
final class StructureCrc {
  private static final int STEP_BYTES = 128 << 10;

  private StructureCrc() {}

  /**
   * Reads all that lies between regions.
   *
   * @param directories where the regions are, in the order of the file
   * @return the checksum, or -1 if the regions are in no order
   */
  static long of(BaseFormatV1.ByteSource source, long hdfBytes, List<Directory> directories)
      throws IOException {
    CRC32C crc = new CRC32C();
    long next = 0;
    for (Directory directory : directories) {
      for (int row = 0; row < directory.rows(); row++) {
        long start = directory.start(row);
        if (start < next || directory.length(row) < 0 || start > hdfBytes) {
          return -1;
        }
        add(crc, source, next, start);
        next = start + directory.length(row);
      }
    }
    if (next > hdfBytes) {
      return -1;
    }
    add(crc, source, next, hdfBytes);
    return crc.getValue();
  }

  private static void add(CRC32C crc, BaseFormatV1.ByteSource source, long start, long end)
      throws IOException {
    long next = start;
    while (next < end) {
      int step = (int) Math.min(STEP_BYTES, end - next);
      crc.update(source.read(next, step));
      next += step;
    }
  }
}
