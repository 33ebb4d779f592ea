package io.klepto.archive.hdf5;

import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The bytes of an {@code hdf:} file, for damaging them behind the back of the store. */
final class BaseBytes {
  private static final Path NAMELESS = Path.of("file");

  private final byte[] bytes;
  private final BaseFormatV1.Footer footer;
  private final List<BaseFormatV1.Listed> listed;

  private BaseBytes(byte[] bytes) {
    this.bytes = bytes;
    int end = bytes.length;
    byte[] last = Arrays.copyOfRange(bytes, end - BaseFormatV1.FOOTER_BYTES, end);
    this.footer = BaseFormatV1.footer(last, end, "test", NAMELESS);
    ByteBuffer catalog = ByteBuffer.wrap(bytes).position((int) footer.catalogAt()).slice();
    this.listed = BaseFormatV1.catalog(catalog, "test", NAMELESS);
  }

  static BaseBytes of(Path file) {
    try {
      return new BaseBytes(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writeTo(Path file) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] region(String namespace, KeyBytes key) {
    int row = rowAt(namespace, key);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int start = (int) in.getLong(row + Long.BYTES);
    return Arrays.copyOfRange(bytes, start, start + (int) in.getLong(row + 2 * Long.BYTES));
  }

  /** Replaces a region in place, or puts one of another length behind the HDF5 file. */
  BaseBytes withRegion(String namespace, KeyBytes key, byte[] region) {
    int row = rowAt(namespace, key);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int start = (int) in.getLong(row + Long.BYTES);
    if (in.getLong(row + 2 * Long.BYTES) == region.length) {
      byte[] changed = bytes.clone();
      System.arraycopy(region, 0, changed, start, region.length);
      return new BaseBytes(changed);
    }
    int hdfBytes = (int) footer.hdfBytes();
    byte[] tail = Arrays.copyOfRange(bytes, hdfBytes, bytes.length - BaseFormatV1.FOOTER_BYTES);
    ByteBuffer.wrap(tail)
        .putLong(row - hdfBytes + Long.BYTES, hdfBytes)
        .putLong(row - hdfBytes + 2 * Long.BYTES, region.length);
    int catalogAt = (int) footer.catalogAt() - hdfBytes;
    byte[] catalog =
        BaseFormatV1.catalog(
            listed.stream()
                .map(
                    one ->
                        new BaseFormatV1.Listed(
                            one.name(),
                            one.identity(),
                            one.directoryAt() + region.length,
                            one.rows()))
                .toList());
    System.arraycopy(catalog, 0, tail, catalogAt, catalog.length);
    ByteBuffer changed = ByteBuffer.allocate(bytes.length + region.length);
    changed.put(bytes, 0, hdfBytes).put(region).put(tail);
    changed.put(
        new BaseFormatV1.Footer(
                footer.generation() + 1,
                footer.hdfBytes() + region.length,
                footer.catalogAt() + region.length,
                footer.totalBytes() + region.length,
                footer.structureCrc(),
                BaseFormatV1.crcOf(tail, 0, tail.length))
            .encode());
    return new BaseBytes(changed.array());
  }

  private int rowAt(String namespace, KeyBytes key) {
    BaseFormatV1.Listed one =
        listed.stream().filter(any -> any.name().equals(namespace)).findFirst().orElseThrow();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (int row = 0; row < one.rows(); row++) {
      int at = (int) one.directoryAt() + row * BaseFormatV1.ROW_BYTES;
      if (in.getLong(at) == Directory.prefixOf(key)) {
        return at;
      }
    }
    throw new AssertionError("expected a row for " + key + ", found none");
  }
}
