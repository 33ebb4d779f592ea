package io.klepto.archive.compress;

import java.util.zip.DataFormatException;

/** One way to make bytes fewer. No state of its own; any thread may call. */
interface Packer {
  /** Returns the greatest length that packing so many bytes can give. */
  long bound(int length);

  /**
   * Packs all of an array.
   *
   * @param into where to, from an offset on; at least {@link #bound} bytes are there
   * @return how many bytes that took
   */
  int pack(byte[] raw, byte[] into, int offset);

  /**
   * Unpacks bytes that may be anything.
   *
   * @param raw is filled exactly
   * @throws DataFormatException if they are not what {@link #pack} made of so many bytes
   */
  void unpack(byte[] bytes, int offset, int length, byte[] raw) throws DataFormatException;
}
