package io.klepto.archive.dir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What lies where in a {@code dir:} archive.
 *
 * <pre>
 * container/
 *   klepto.lock                  zero bytes; its byte ranges are the locks of all namespaces
 *   klepto.keys                  zero bytes; see KeyLocks, made when a key is first locked
 *   trash/                       destroyed namespaces on their way out
 *   orders-3f0c…/                one folder per namespace, see NamespaceNames
 *     header                     see NamespaceHeader
 *     temp/                      files that are being written, named by their writer
 *     unsynced/                  marks of who has changed what may not be on the disk, see Unsynced
 *     stamps                     see DirStamps, made when first asked for
 *     quarantine/                damaged records that were set aside: name, dash, number
 *     00/ … ff/                  made when first needed
 *       00a1…                    one record, named by the SHA-256 of its key and the format's suffix
 * </pre>
 *
 * @param container the folder that the URI names
 * @param folder the folder of the namespace
 * @param namespaceBits 63 bits of the digest of the namespace
 * @param suffix what the names of record files end with, after the digest
 */
record DirLayout(Path container, Path folder, long namespaceBits, String suffix) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern TEMP_NAME = Pattern.compile("[0-9a-f]{16}-[0-9]+");
  private static final Set<String> LEFT_BY_FILE_MANAGERS =
      Set.of(".DS_Store", "desktop.ini", "Thumbs.db");
  private static final HexFormat HEX = HexFormat.of();
  private static final int FAN_OUT = 256;
  private static final int FAN_DIGITS = 2;
  private static final int LONG_DIGITS = 16;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long KEY_LOCKS = Long.MAX_VALUE >> 1;
  private static final long OTHER_LOCKS = KEY_LOCKS + 1;
  private static final long OTHER_BITS = (OTHER_LOCKS - 1) >> 1;

  /** The first of the bytes that lock keys, whatever the namespace. */
  static final long FIRST_KEY_LOCK = 0;

  /** The last of the bytes that lock keys, and nothing else. */
  static final long LAST_KEY_LOCK = KEY_LOCKS;

  /** Returns the layout of a namespace in a container. */
  static DirLayout of(Path container, String namespace, String suffix) {
    long bits = ByteBuffer.wrap(NamespaceNames.digestOf(namespace)).getLong();
    Path folder = container.resolve(NamespaceNames.folderNameOf(namespace));
    return new DirLayout(container, folder, nonNegative(bits), suffix);
  }

  Path lockFile() {
    return container.resolve("klepto.lock");
  }

  Path keyFile() {
    return container.resolve("klepto.keys");
  }

  Path trash() {
    return container.resolve("trash");
  }

  Path header() {
    return folder.resolve("header");
  }

  Path temp() {
    return folder.resolve("temp");
  }

  Path unsynced() {
    return folder.resolve("unsynced");
  }

  Path stamps() {
    return folder.resolve("stamps");
  }

  Path quarantine() {
    return folder.resolve("quarantine");
  }

  /** Returns the file of a record, by the digest of its key in hexadecimal. */
  Path record(String keyHex) {
    return folder.resolve(keyHex.substring(0, FAN_DIGITS)).resolve(keyHex + suffix);
  }

  /** Returns the 256 folders that hold records, whether or not they exist. */
  List<Path> fanOut() {
    return IntStream.range(0, FAN_OUT)
        .mapToObj(i -> folder.resolve(HEX.toHexDigits((byte) i)))
        .toList();
  }

  /** Returns whether a file is where the record of the key with the digest in its name belongs. */
  boolean isRecord(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(suffix)
        && DIGEST.matcher(name.substring(0, name.length() - suffix.length())).matches()
        && name.startsWith(file.getParent().getFileName().toString());
  }

  /** Returns whether a file is what file managers leave in a folder that somebody looks at. */
  static boolean isOfFileManager(Path file) {
    return LEFT_BY_FILE_MANAGERS.contains(file.getFileName().toString());
  }

  /** Returns how records are named, for messages. */
  String recordNames() {
    return "64 hexadecimal digits that begin like their folder"
        + (suffix.isEmpty() ? "" : ", and " + suffix);
  }

  /** Returns the digest in the name of a record. */
  String keyHexOf(Path record) {
    String name = record.getFileName().toString();
    return name.substring(0, name.length() - suffix.length());
  }

  /** Returns the name of a temporary file: its writer in hexadecimal, a dash, and a number. */
  static String tempName(long writer, long write) {
    return HEX.toHexDigits(writer) + "-" + write;
  }

  /** Returns who writes a temporary file, or empty if none of us gave it its name. */
  static OptionalLong writerOf(String tempName) {
    return TEMP_NAME.matcher(tempName).matches()
        ? OptionalLong.of(HexFormat.fromHexDigitsToLong(tempName, 0, LONG_DIGITS))
        : OptionalLong.empty();
  }

  /** Returns the offset of the byte that locks the namespace as a whole: made, destroyed. */
  long namespaceLock() {
    return OTHER_LOCKS | (namespaceBits & OTHER_BITS);
  }

  /** Returns the offset of the byte that locks a stripe of the stamps. */
  long stripeLock(int stripe) {
    return OTHER_LOCKS | ((namespaceBits ^ (stripe + 1) * GOLDEN) & OTHER_BITS);
  }

  /**
   * Returns the offset of the byte that locks a key: 62 bits of its digest, moved by those of the
   * namespace, since all namespaces share one lock file.
   */
  long keyLock(String keyHex) {
    long bits = HexFormat.fromHexDigitsToLong(keyHex, 0, LONG_DIGITS);
    return (bits ^ namespaceBits) & KEY_LOCKS;
  }

  private static long nonNegative(long bits) {
    return bits & Long.MAX_VALUE;
  }
}
