package io.klepto.archive.testkit.fault;

import java.nio.MappedByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The content of a file: what was forced, and in order what was not.
 *
 * <p>What is written through a mapping is not seen; it counts as unforced, in pages, from the
 * mapping to the next {@code force} of a channel.
 *
 * <p>Guarded by the monitor of the file system's {@link Faults}.
 */
final class ShadowFile implements ShadowNode {
  private static final int PAGE_BYTES = 4096;

  private byte[] forced;
  private final List<Change> unforced = new ArrayList<>();
  private final List<Mapping> mappings = new ArrayList<>();

  ShadowFile(byte[] forced) {
    this.forced = forced;
  }

  /**
   * Bytes at a position; or, if the bytes are null, a new size.
   *
   * @param size the new size, with null bytes alone
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Change(long number, long position, byte[] bytes, long size) {}

  private record Mapping(long position, MappedByteBuffer buffer) {}

  void write(long number, long position, byte[] bytes) {
    unforced.add(new Change(number, position, bytes, 0));
  }

  void resize(long number, long size) {
    unforced.add(new Change(number, 0, null, size));
  }

  /** Notes that a part is mapped for writing, which makes the file long enough for it. */
  void map(long number, long position, MappedByteBuffer buffer) {
    long end = position + buffer.capacity();
    if (end > current().length) {
      resize(number, end);
    }
    mappings.add(new Mapping(position, buffer));
  }

  void force() {
    forced = current();
    unforced.clear();
  }

  /** Returns what the operating system holds. */
  byte[] current() {
    return after(new Survival(Loss.NOTHING, 0, new Random(0)));
  }

  /** Returns what is left after a crash. */
  byte[] after(Survival survival) {
    if (unforced.isEmpty() && mappings.isEmpty()) {
      return forced;
    }
    byte[][] content = {forced.clone()};
    for (Change change : unforced) {
      if (change.bytes() != null) {
        survival.keptParts(
            change.number(),
            change.position(),
            change.bytes().length,
            (from, length) -> {
              int at = Math.toIntExact(change.position()) + from;
              content[0] = atLeast(content[0], at + length);
              System.arraycopy(change.bytes(), from, content[0], at, length);
            });
      } else if (survival.keeps(change.number())) {
        content[0] = Arrays.copyOf(content[0], Math.toIntExact(change.size()));
      }
    }
    for (Mapping mapping : mappings) {
      overlay(content[0], mapping, survival);
    }
    return content[0];
  }

  private static void overlay(byte[] content, Mapping mapping, Survival survival) {
    int mapped = mapping.buffer().capacity();
    for (int from = 0; from < mapped; from += PAGE_BYTES) {
      int at = Math.toIntExact(mapping.position()) + from;
      int length = Math.min(Math.min(PAGE_BYTES, mapped - from), content.length - at);
      if (length > 0 && survival.keepsMappedPage()) {
        mapping.buffer().get(from, content, at, length);
      }
    }
  }

  private static byte[] atLeast(byte[] bytes, int length) {
    return bytes.length >= length ? bytes : Arrays.copyOf(bytes, length);
  }
}
