package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.fory.Fory;

/**
 * Objects by Apache Fory in its compatible mode, for who wants its speed; needs {@code fory-core}.
 *
 * <p>Classes are written by name, and each passes the allow-list by its name before it is looked
 * up. What is encoded is decoded once to be sure of it, since Fory writes some values that it can't
 * read. Those that it reads as others ({@code Locale}, {@code ZonedDateTime}) are written as texts.
 * Refused by name: lambdas, proxies, what Fory can't read back, and graphs of more than {@value
 * #MAX_LEVELS} levels, objects that hold themselves among them.
 *
 * <p>References are not tracked, so an object that stands in several places is written in each, and
 * comes back as several: with them, a few hundred bytes could name sets whose hash takes longer
 * than anyone waits, and Fory asks nobody before it hashes. Nor does Fory make code at run time
 * here, so that records of many versions of a class leave nothing behind.
 *
 * <p>A changed class reads old records by the names of its fields.
 *
 * <p>Any number of threads may call at once: each call borrows an instance of Fory, and returns it
 * only if the call succeeded, since a failed one may leave anything behind. Fory logs by means of
 * its own, some warnings on standard output.
 */
final class ForyCodec extends GraphCodec {
  private static final int VERSION = 1;
  private static final int MAX_IDLE = 32;

  /** Levels of nesting: what hashing may cost is this times the length of a record. */
  private static final int MAX_LEVELS = 500;

  /**
   * What a decoded graph may take on the heap, as a multiple of its record, which is rounded up to
   * a power of two.
   */
  private static final int HEAP_PER_BYTE_BITS = 7;

  private static final int LEAST_BITS = 16;

  private final ClassNames names;

  /** Instances by what they may be used for: levels of nesting and bits of the record's length. */
  private final Map<Limits, ArrayBlockingQueue<Fory>> idle = new ConcurrentHashMap<>();

  private record Limits(int levels, int bits) {
    static Limits of(int attempted, int length) {
      int levels = Math.min(attempted, MAX_LEVELS);
      return new Limits(
          levels, Math.max(LEAST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(length)));
    }

    long heapBytes() {
      return 1L << (bits + HEAP_PER_BYTE_BITS);
    }
  }

  ForyCodec(CodecOptions options) {
    super(Codecs.FORY, VERSION, "fory");
    this.names = new ClassNames(options);
  }

  @Override
  byte[] write(Object value, int levels) {
    byte[] bytes = borrow(Limits.of(levels, 0), fory -> fory.serialize(value));
    Object back;
    try {
      back = read(bytes, levels);
    } catch (ArchiveException e) {
      throw new ArchiveException(
          "codec fory can't encode class "
              + value.getClass().getTypeName()
              + ", since it could not read it back: "
              + e.getMessage()
              + "; choose ArchiveConfiguration.builder(...).codec(\"kryo\")",
          e);
    }
    if (back.getClass() != value.getClass() && !isHidden(value.getClass())) {
      throw new ArchiveException(
          "codec fory can't encode class "
              + value.getClass().getTypeName()
              + ", since it would read it back as "
              + back.getClass().getTypeName()
              + "; choose ArchiveConfiguration.builder(...).codec(\"kryo\")");
    }
    return bytes;
  }

  /** Returns whether a class is one behind a view or a buffer, which need not come back. */
  private static boolean isHidden(Class<?> type) {
    return ClassNames.isOfJdk(type) && !Modifier.isPublic(type.getModifiers());
  }

  @Override
  Object read(byte[] bytes, int offset, int length, int levels) {
    return read(Arrays.copyOfRange(bytes, offset, offset + length), levels);
  }

  private Object read(byte[] bytes, int levels) {
    Object value = borrow(Limits.of(levels, bytes.length), fory -> ForyGraphs.read(fory, bytes));
    if (value == null) {
      throw new ArchiveException("the record is damaged: expected an object, found null");
    }
    return value;
  }

  private <T> T borrow(Limits limits, Function<Fory, T> work) {
    ArrayBlockingQueue<Fory> queue =
        idle.computeIfAbsent(limits, key -> new ArrayBlockingQueue<>(MAX_IDLE));
    Fory fory = queue.poll();
    if (fory == null) {
      fory = ForyGraphs.newFory(names, limits.levels(), limits.heapBytes());
    }
    T result;
    try {
      result = work.apply(fory);
    } catch (RuntimeException | StackOverflowError e) {
      throw ForyGraphs.failure(e, limits.levels());
    }
    boolean unused = queue.offer(fory); // if enough are idle it is dropped
    return result;
  }
}
