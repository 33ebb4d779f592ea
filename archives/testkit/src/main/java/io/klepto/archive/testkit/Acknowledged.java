package io.klepto.archive.testkit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * What the writers of several processes say of their keys in memory that all have mapped: for each
 * key the last step that was acknowledged, the last that was to remove it, and the last that a
 * reader has found in the store. Each key has one writer.
 *
 * @param words three for each key
 */
record Acknowledged(ByteBuffer words) {
  private static final VarHandle WORDS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int WORDS_PER_KEY = 3;

  /** Maps a file, made if there is none. */
  static Acknowledged open(Path file, int keys) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
      long bytes = (long) WORDS_PER_KEY * Long.BYTES * keys;
      return new Acknowledged(channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes));
    }
  }

  /** Returns the last step that was acknowledged, negative if it removed the key. */
  long step(int key) {
    return (long) WORDS.getVolatile(words, at(key));
  }

  /** Says that a step was acknowledged. */
  void acknowledge(int key, long step, boolean removed) {
    WORDS.setVolatile(words, at(key), removed ? -step : step);
  }

  /** Returns the last step that was begun to remove the key. */
  long removal(int key) {
    return (long) WORDS.getVolatile(words, at(key) + Long.BYTES);
  }

  /** Says that a step is about to remove the key. */
  void beginRemoval(int key, long step) {
    WORDS.setVolatile(words, at(key) + Long.BYTES, step);
  }

  /** Returns the last step that anybody has found in the store. */
  long seen(int key) {
    return (long) WORDS.getVolatile(words, at(key) + 2 * Long.BYTES);
  }

  /** Says that a step was found in the store. */
  void see(int key, long step) {
    long before = seen(key);
    while (before < step && !WORDS.compareAndSet(words, at(key) + 2 * Long.BYTES, before, step)) {
      before = seen(key);
    }
  }

  private static int at(int key) {
    return key * WORDS_PER_KEY * Long.BYTES;
  }
}
