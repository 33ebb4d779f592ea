package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;

/** The check of the format version that a record names. */
final class Versions {
  private Versions() {}

  static void check(Codec codec, int version) {
    if (version != codec.version()) {
      throw new ArchiveException(
          "the record names version "
              + version
              + " of codec "
              + codec.name()
              + ", expected "
              + codec.version()
              + "; it was written by a newer version, or is damaged");
    }
  }
}
