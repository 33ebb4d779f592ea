package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.archive.ArchiveException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Decodes damaged bytes, and keeps the first that ends in anything but a refusal or an object. */
final class Attack implements Runnable {
  private static final int MAX_DAMAGES = 4;

  private final Codec codec;
  private final List<byte[]> seeds;
  private final int cases;
  private final long seed;
  private volatile Throwable failure;
  private volatile byte[] current = {};
  private volatile boolean done;

  Attack(Codec codec, List<byte[]> seeds, int cases, long seed) {
    this.codec = codec;
    this.seeds = seeds;
    this.cases = cases;
    this.seed = seed;
    warmUp();
  }

  /**
   * Has the JDK initialise, on a stack with room, what decoding and its failures need: a stack that
   * overflows in the midst of a class initialiser spoils that class for the whole JVM.
   */
  private void warmUp() {
    for (byte[] bytes : seeds) {
      codec.decode(codec.version(), bytes, 0, bytes.length);
    }
    assertThrows(
        InvocationTargetException.class,
        () -> Refusing.class.getDeclaredConstructor(int.class).newInstance(1));
  }

  /** A record that fails by reflection. */
  @SuppressWarnings("UnusedMethod") // called by reflection
  private record Refusing(int number) {
    Refusing {
      throw new IllegalArgumentException("refused: " + number);
    }
  }

  @Override
  public void run() {
    Random random = new Random(seed);
    for (int i = 0; i < cases && failure == null; i++) {
      byte[] bytes = damage(seeds.get(random.nextInt(seeds.size())), random);
      current = bytes;
      try {
        Object decoded = codec.decode(codec.version(), bytes, 0, bytes.length);
        if (decoded == null) {
          failure = new AssertionError("decoded null");
        }
      } catch (ArchiveException e) {
        if (e.getMessage() == null || e.getMessage().isEmpty()) {
          failure = e;
        }
      } catch (Throwable e) {
        failure = e;
      }
    }
    done = true;
  }

  private byte[] damage(byte[] bytes, Random random) {
    byte[] damaged = bytes;
    for (int i = 0, n = 1 + random.nextInt(MAX_DAMAGES); i < n; i++) {
      damaged = damageOnce(damaged, random);
    }
    return damaged;
  }

  private byte[] damageOnce(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    switch (random.nextInt(6)) {
      case 0 -> {
        byte[] flipped = bytes.clone();
        if (at < flipped.length) {
          flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
      }
      case 1 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 2 -> {
        byte[] inserted = new byte[1 + random.nextInt(4)];
        random.nextBytes(inserted);
        return splice(bytes, at, at, inserted);
      }
      case 3 -> {
        // A length that claims more than there is, in the forms that the formats use.
        byte[][] lengths = {
          {-1, -1, -1, -1, 15}, {-1, -1, -1, -1, 7}, {127, -1, -1, -1}, {-1, -1, 3}, {64, 0, 0, 0}
        };
        byte[] length = lengths[random.nextInt(lengths.length)];
        return splice(bytes, at, Math.min(bytes.length, at + random.nextInt(5)), length);
      }
      case 4 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int from = random.nextInt(other.length + 1);
        int to = Math.min(other.length, from + random.nextInt(40));
        return splice(bytes, at, at, Arrays.copyOfRange(other, from, to));
      }
      default -> {
        int to = Math.min(bytes.length, at + random.nextInt(8));
        return splice(bytes, at, to, new byte[0]);
      }
    }
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    byte[] spliced = new byte[from + middle.length + bytes.length - to];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(middle, 0, spliced, from, middle.length);
    System.arraycopy(bytes, to, spliced, from + middle.length, bytes.length - to);
    return spliced;
  }

  Throwable failure() {
    return failure;
  }

  boolean isDone() {
    return done;
  }

  String description() {
    byte[] bytes = current;
    return "seed "
        + seed
        + ", bytes "
        + Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, Math.min(bytes.length, 4000)));
  }
}
