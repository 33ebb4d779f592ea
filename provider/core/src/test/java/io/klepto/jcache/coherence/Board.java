package io.klepto.jcache.coherence;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Numbers in a mapped file, through which the processes of a test tell each other what they did.
 */
final class Board {
  /** Set by the test when everybody may end. */
  static final int STOP = 0;

  /** The first number that a test may use as it likes. */
  static final int FIRST = 8;

  private static final int NUMBERS = 1 << 14;
  private static final VarHandle AT =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer memory;

  private Board(ByteBuffer memory) {
    this.memory = memory;
  }

  static Board open(Path folder) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("board"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return new Board(channel.map(FileChannel.MapMode.READ_WRITE, 0, NUMBERS * (long) Long.BYTES));
    }
  }

  long get(int place) {
    return (long) AT.getVolatile(memory, place * Long.BYTES);
  }

  void set(int place, long number) {
    AT.setVolatile(memory, place * Long.BYTES, number);
  }

  long add(int place, long number) {
    return (long) AT.getAndAdd(memory, place * Long.BYTES, number);
  }
}
