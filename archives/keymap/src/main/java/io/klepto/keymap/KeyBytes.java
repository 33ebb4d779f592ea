package io.klepto.keymap;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The canonical bytes of one key, compared by content. Two keys are the same entry of an archive
 * exactly if their bytes are equal.
 *
 * <p>Also a key itself: what a {@link Keymap} makes of arguments that may change, or that decide
 * equality by their parts.
 *
 * <p>Ordered by unsigned bytes. Immutable and safe for use by many threads; {@link #bytes()}
 * copies.
 */
public final class KeyBytes implements Comparable<KeyBytes>, Serializable {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN_BYTES = 32;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final transient int hash;

  private KeyBytes(byte[] bytes) {
    this.bytes = bytes;
    this.hash = hashOf(bytes);
  }

  /**
   * Wraps a copy of the given bytes.
   *
   * @param bytes the canonical bytes of a key, not null, of any length
   */
  public static KeyBytes of(byte[] bytes) {
    return new KeyBytes(requireNonNull(bytes, "bytes").clone());
  }

  /**
   * Returns a hash that spreads keys which count up, as those of numbers do: 31 times the hash so
   * far plus the next byte would let thousands of them meet.
   */
  private static int hashOf(byte[] bytes) {
    long hash = bytes.length;
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      hash = mixed(hash ^ (long) LONGS.get(bytes, at));
    }
    for (; at < bytes.length; at++) {
      hash = mixed(hash ^ bytes[at]);
    }
    return (int) (hash ^ hash >>> Integer.SIZE);
  }

  private static long mixed(long hash) {
    long product = hash * 0x9E3779B97F4A7C15L;
    return product ^ product >>> Integer.SIZE;
  }

  /** Wraps without a copy; the caller gives the array away. */
  static KeyBytes owning(byte[] bytes) {
    return new KeyBytes(bytes);
  }

  /** Gives what was read back its hash. */
  private Object readResolve() {
    return new KeyBytes(bytes);
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns a read-only view of the bytes, position 0, limit {@link #length()}. */
  public ByteBuffer asReadOnlyBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** Returns the number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Returns the SHA-256 digest of the bytes: 32 bytes, computed at each call. */
  public byte[] sha256() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }

  /** Returns {@link #sha256()} as 64 lower-case hexadecimal digits. */
  public String sha256Hex() {
    return HexFormat.of().formatHex(sha256());
  }

  @Override
  public int compareTo(KeyBytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof KeyBytes that
            && hash == that.hash
            && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Returns the first bytes in hexadecimal and the length, for messages. */
  @Override
  public String toString() {
    int shown = Math.min(bytes.length, SHOWN_BYTES);
    String hex = HexFormat.of().formatHex(bytes, 0, shown);
    return "key bytes " + hex + (shown < bytes.length ? "…" : "") + " (" + bytes.length + " bytes)";
  }
}
