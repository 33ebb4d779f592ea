package io.klepto.archive.compress;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.SettingsReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DataFormatException;

/**
 * How payloads are packed: the setting {@code compression}, and the packing that each {@link
 * EnvelopeV1} names, so that records packed in different ways lie side by side.
 *
 * <p>A packed payload:
 *
 * <pre>
 * offset  bytes
 *      0      4  n: length of the payload before it was packed, big-endian
 *      4   rest  DEFLATE: a raw stream of RFC 1951; ZSTD: a frame of RFC 8878; LZ4: a block
 * </pre>
 *
 * <p>The length is compared with what so many packed bytes can hold at most, and with the heap,
 * before anything is allocated by it.
 *
 * <p>{@code ZSTD} and {@code LZ4} need a library that nobody gets who did not ask for it. Any
 * thread may call.
 */
public enum Compression {
  /** As it is. */
  NONE(EnvelopeV1.PLAIN, 1, "", ""),
  /** By the JDK: small, and slower by far than the others. */
  DEFLATE(1, 1_032, "", ""),
  /** By zstd-jni: about as small as deflate, several times as fast. */
  ZSTD(2, 32_768, "com.github.luben:zstd-jni", "com.github.luben.zstd_jni"),
  /** By lz4-java: less small, the fastest. */
  LZ4(3, 255, "at.yawk.lz4:lz4-java", "org.lz4.java");

  /** Payloads below this length are not worth a try. */
  static final int LEAST_BYTES = 64;

  private static final String SETTING = "compression";

  private final int id;
  private final long greatestRatio;
  private final String library;
  private final String module;

  /**
   * Creates the constant.
   *
   * @param id stands in each record; never given to another
   * @param greatestRatio how many bytes one packed byte can hold at most
   * @param library Maven coordinates, empty if it is the JDK's
   * @param module the module of the library
   */
  Compression(int id, int greatestRatio, String library, String module) {
    this.id = id;
    this.greatestRatio = greatestRatio;
    this.library = library;
    this.module = module;
  }

  /**
   * Takes the setting, {@code none} unless set.
   *
   * @throws ArchiveException if it is not one of the names, or its library is missing
   */
  public static Compression of(SettingsReader settings) {
    List<String> names = Arrays.stream(values()).map(Compression::settingName).toList();
    String name = settings.choice(SETTING, names, NONE.settingName());
    Compression chosen = values()[names.indexOf(name)];
    if (chosen != NONE) {
      chosen.packer();
    }
    return chosen;
  }

  /** Returns the one whose id a record names; empty if there is none. */
  public static Optional<Compression> ofId(int id) {
    return Arrays.stream(values()).filter(one -> one.id == id).findFirst();
  }

  /** Returns what stands for it in a record. */
  public int id() {
    return id;
  }

  private String settingName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the packed payload, or empty if it is not worth it: then it is kept as it is. */
  public Optional<byte[]> pack(byte[] payload) {
    if (this == NONE || payload.length < LEAST_BYTES) {
      return Optional.empty();
    }
    Packer packer = packer();
    long bound = Integer.BYTES + packer.bound(payload.length);
    if (bound > EnvelopeV1.MAX_BYTES) {
      return Optional.empty();
    }
    byte[] into = new byte[(int) bound];
    ByteBuffer.wrap(into).putInt(payload.length);
    int length = Integer.BYTES + packer.pack(payload, into, Integer.BYTES);
    boolean worthIt = length < payload.length && payload.length <= mostIn(length);
    return worthIt ? Optional.of(Arrays.copyOf(into, length)) : Optional.empty();
  }

  /**
   * Returns the payload as it was before {@link #pack}.
   *
   * @throws DataFormatException if the bytes are not what that made
   * @throws ArchiveException if its library is missing, or the payload exceeds half the heap
   */
  public byte[] unpack(byte[] bytes, int offset, int length) throws DataFormatException {
    if (this == NONE) {
      return Arrays.copyOfRange(bytes, offset, offset + length);
    }
    if (length < Integer.BYTES) {
      throw new DataFormatException("expected at least 4 packed bytes, found " + length);
    }
    int claimed = ByteBuffer.wrap(bytes, offset, length).getInt();
    long most = mostIn(length);
    if (claimed < 0 || claimed > most) {
      throw new DataFormatException(
          "expected a length of 0 to %d in %d packed bytes, found %d"
              .formatted(most, length, claimed));
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (claimed > heap / 2) {
      throw new ArchiveException(
          "cannot unpack a value: expected at most %d bytes, half of this JVM's heap, found %d; give it more heap"
              .formatted(heap / 2, claimed));
    }
    byte[] payload = new byte[claimed];
    packer().unpack(bytes, offset + Integer.BYTES, length - Integer.BYTES, payload);
    return payload;
  }

  private long mostIn(int packedLength) {
    return Math.min(EnvelopeV1.MAX_BYTES, packedLength * greatestRatio);
  }

  /** Returns a packer, having seen that its library is there. */
  private Packer packer() {
    try {
      Packer packer =
          switch (this) {
            case NONE -> throw new IllegalStateException("nothing to be packed");
            case DEFLATE -> new DeflatePacker();
            case ZSTD -> new ZstdPacker();
            case LZ4 -> new Lz4Packer();
          };
      packer.bound(1); // links the library
      return packer;
    } catch (LinkageError e) {
      throw new ArchiveException(
          "compression %s needs %s, which is not there or can't be linked (%s): add it to the dependencies of the application, on the module path also with --add-modules %s"
              .formatted(settingName(), library, e, module),
          e);
    }
  }
}
