package io.klepto.archive.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bytes at random: flips, cuts, splices, claims of length. Not thread-safe. */
final class ByteDamage {
  private static final int MAX_DAMAGES = 4;
  private static final int MAX_SPLICED = 40;

  /** Lengths that claim more than there is, in the forms that the formats use. */
  private static final byte[][] CLAIMS = {
    {-1, -1, -1, -1, 15},
    {-1, -1, -1, -1, 7},
    {127, -1, -1, -1},
    {-1, -1, -1, 127},
    {-1, -1, 3},
    {64, 0, 0, 0},
    {0, 0, 0, 64},
    {-128, -128, -128, 1}
  };

  private final List<byte[]> others;
  private final Random random;

  /** Starts with what may be spliced in. */
  ByteDamage(List<byte[]> others, Random random) {
    this.others = others;
    this.random = random;
  }

  /** Returns a damaged copy; now and then the damage changes nothing. */
  byte[] apply(byte[] bytes) {
    byte[] damaged = bytes;
    int damages = random.nextBoolean() ? 1 : 2 + random.nextInt(MAX_DAMAGES - 1);
    for (int i = 0; i < damages; i++) {
      damaged = once(damaged);
    }
    return damaged;
  }

  private byte[] once(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    return switch (random.nextInt(7)) {
      case 0, 1 -> flipped(bytes, at);
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> {
        byte[] inserted = new byte[1 + random.nextInt(4)];
        random.nextBytes(inserted);
        yield spliced(bytes, at, at, inserted);
      }
      case 4 -> {
        byte[] claim = CLAIMS[random.nextInt(CLAIMS.length)];
        yield spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(5)), claim);
      }
      case 5 -> {
        byte[] other = others.get(random.nextInt(others.size()));
        int from = random.nextInt(other.length + 1);
        int to = Math.min(other.length, from + random.nextInt(MAX_SPLICED));
        yield spliced(bytes, at, at, Arrays.copyOfRange(other, from, to));
      }
      default -> spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(8)), new byte[0]);
    };
  }

  private byte[] flipped(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    if (at < flipped.length) {
      flipped[at] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
    byte[] spliced = new byte[from + middle.length + bytes.length - to];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(middle, 0, spliced, from, middle.length);
    System.arraycopy(bytes, to, spliced, from + middle.length, bytes.length - to);
    return spliced;
  }
}
