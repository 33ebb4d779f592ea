package io.klepto.archive.testkit.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;

/** Something that befalls one file of a container while nobody has it open. Immutable. */
sealed interface Mutation {
  /**
   * Does it.
   *
   * @param folder holds the container as it was
   * @param files the contents of its files
   */
  void applyTo(Path folder, SortedMap<String, byte[]> files) throws IOException;

  /** Bits of one byte are turned over. */
  record Flip(String file, int offset, int mask) implements Mutation {
    @Override
    public void applyTo(Path folder, SortedMap<String, byte[]> files) throws IOException {
      byte[] bytes = files.get(file).clone();
      bytes[offset] ^= (byte) mask;
      Files.write(folder.resolve(file), bytes);
    }
  }

  /** The file ends early. */
  record Truncation(String file, int length) implements Mutation {
    @Override
    public void applyTo(Path folder, SortedMap<String, byte[]> files) throws IOException {
      Files.write(folder.resolve(file), Arrays.copyOf(files.get(file), length));
    }
  }

  /** A folder of the same name is there instead of the file. */
  record FolderInstead(String file) implements Mutation {
    @Override
    public void applyTo(Path folder, SortedMap<String, byte[]> files) throws IOException {
      Files.delete(folder.resolve(file));
      Files.createDirectory(folder.resolve(file));
    }
  }

  /** A file is there instead of a folder, and with it of all that was in it. */
  record FileInstead(String subfolder) implements Mutation {
    @Override
    public void applyTo(Path folder, SortedMap<String, byte[]> files) throws IOException {
      WorkFolder.remove(folder.resolve(subfolder));
      Files.write(folder.resolve(subfolder), new byte[] {1, 2, 3});
    }
  }

  /** The file is gone. */
  record Missing(String file) implements Mutation {
    @Override
    public void applyTo(Path folder, SortedMap<String, byte[]> files) throws IOException {
      Files.delete(folder.resolve(file));
    }
  }
}
