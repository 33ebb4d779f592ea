package io.klepto.archive.dir;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Turns any namespace into the name of a folder that every file system takes, and HDF5 for a group:
 * up to 32 characters of it to recognise, with everything but ASCII letters and digits as {@code _}
 * and letters in lower case, then {@code -} and the first 128 bits of its SHA-256 in hexadecimal.
 *
 * <p>The digest makes the names of different namespaces different; it is of the UTF-16 code units,
 * as UTF-8 would make one of all lone surrogates. The header in the folder holds the namespace
 * itself and is compared, so that even equal digests would be noticed.
 */
public final class NamespaceNames {
  private static final int SHOWN_CHARS = 32;
  private static final int DIGEST_BYTES = 16;

  private NamespaceNames() {}

  /** Returns the name of the folder of a namespace. */
  public static String folderNameOf(String namespace) {
    String shown =
        namespace
            .substring(0, Math.min(namespace.length(), SHOWN_CHARS))
            .replaceAll("[^A-Za-z0-9]", "_")
            .toLowerCase(Locale.ROOT);
    return shown + "-" + HexFormat.of().formatHex(digestOf(namespace), 0, DIGEST_BYTES);
  }

  /** Returns the SHA-256 of the UTF-16 code units, big-endian. */
  public static byte[] digestOf(String namespace) {
    ByteBuffer units = ByteBuffer.allocate(namespace.length() * Character.BYTES);
    for (int i = 0; i < namespace.length(); i++) {
      units.putChar(namespace.charAt(i));
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(units.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }
}
