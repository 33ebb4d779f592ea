package io.klepto.archive.testkit.fault;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files and folders that a crash left, by their names relative to the root. Immutable. */
public final class DiskImage {
  private final SortedSet<String> folders;
  private final SortedMap<String, Content> files;

  /**
   * The content of a file without the zeros at its end, since files are often longer than used.
   *
   * @param start all before the last byte that is not zero
   * @param size the size of the file
   */
  @SuppressWarnings("ArrayRecordComponent") // equals and hashCode below go by content
  private record Content(byte[] start, int size) {
    static Content of(byte[] bytes) {
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] == 0) {
        end--;
      }
      return new Content(Arrays.copyOf(bytes, end), bytes.length);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Content that && size == that.size && Arrays.equals(start, that.start);
    }

    @Override
    public int hashCode() {
      return 31 * size + Arrays.hashCode(start);
    }
  }

  DiskImage(Set<String> folders, Map<String, byte[]> files) {
    this.folders = new TreeSet<>(folders);
    this.files = new TreeMap<>();
    files.forEach((name, bytes) -> this.files.put(name, Content.of(bytes)));
  }

  /** Writes the image into a folder that is there and empty. */
  public void writeTo(Path folder) throws IOException {
    for (String name : folders) { // sorted: each behind its parent
      Files.createDirectory(folder.resolve(name));
    }
    for (Map.Entry<String, Content> file : files.entrySet()) {
      Content content = file.getValue();
      try (FileChannel out = FileChannel.open(folder.resolve(file.getKey()), CREATE_NEW, WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content.start());
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        if (content.size() > content.start().length) {
          out.write(ByteBuffer.allocate(1), content.size() - 1L);
        }
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DiskImage that
        && folders.equals(that.folders)
        && files.equals(that.files);
  }

  @Override
  public int hashCode() {
    return 31 * folders.hashCode() + files.hashCode();
  }

  /** Returns the names and sizes, for messages. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("folders ").append(folders).append(", files");
    files.forEach(
        (name, content) ->
            text.append(' ').append(name).append(" of ").append(content.size()).append(" bytes"));
    return text.toString();
  }
}
