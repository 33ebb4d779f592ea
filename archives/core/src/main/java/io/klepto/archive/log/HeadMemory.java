package io.klepto.archive.log;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The head of a file as words and bytes that all its users share.
 *
 * <p>Words are aligned. What a user wrote before a word is seen by whoever reads the word after.
 */
interface HeadMemory {
  /** Returns a word. */
  long get(int offset) throws IOException;

  /** Sets a word. */
  void set(int offset, long value) throws IOException;

  /** Reads bytes. */
  void read(int offset, byte[] bytes) throws IOException;

  /** Writes bytes. */
  void write(int offset, byte[] bytes) throws IOException;

  /**
   * Returns the head of a file: mapped where the system can, so that a look at it costs no call of
   * the system; otherwise read and written like the rest.
   *
   * <p>Windows refuses to replace a file as long as anybody has it mapped, which compaction does,
   * so there the head is not mapped.
   */
  static HeadMemory of(DataFile file, boolean mayMap) throws IOException {
    if (mayMap) {
      try {
        return new Mapped(file.map(HeadV1.BYTES));
      } catch (UnsupportedOperationException e) {
        return new Positional(file);
      }
    }
    return new Positional(file);
  }

  /**
   * Words and bytes in mapped memory.
   *
   * @param map the memory
   */
  record Mapped(ByteBuffer map) implements HeadMemory {
    private static final VarHandle WORDS =
        MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    @Override
    public long get(int offset) {
      return (long) WORDS.getVolatile(map, offset);
    }

    @Override
    public void set(int offset, long value) {
      WORDS.setVolatile(map, offset, value);
    }

    @Override
    public void read(int offset, byte[] bytes) {
      map.get(offset, bytes);
    }

    @Override
    public void write(int offset, byte[] bytes) {
      map.put(offset, bytes);
    }
  }

  /**
   * Words and bytes in a file, each a call of the system.
   *
   * @param file the file
   */
  record Positional(DataFile file) implements HeadMemory {
    @Override
    public long get(int offset) throws IOException {
      byte[] word = new byte[Long.BYTES];
      read(offset, word);
      return ByteBuffer.wrap(word).getLong();
    }

    @Override
    public void set(int offset, long value) throws IOException {
      write(offset, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    @Override
    public void read(int offset, byte[] bytes) throws IOException {
      int count = file.read(bytes, 0, bytes.length, offset);
      if (count < bytes.length) {
        throw new IOException(
            "expected a head of %d bytes, found the end of the file after %d bytes"
                .formatted(HeadV1.BYTES, offset + count));
      }
    }

    @Override
    public void write(int offset, byte[] bytes) throws IOException {
      file.write(ByteBuffer.wrap(bytes), offset);
    }
  }
}
