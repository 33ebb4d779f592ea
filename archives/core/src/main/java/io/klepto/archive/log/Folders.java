package io.klepto.archive.log;

import static java.nio.file.StandardOpenOption.READ;

import io.klepto.archive.lock.Uninterrupted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** What is done with the folder around an archive, by the file system of its path. */
final class Folders {
  private Folders() {}

  /** Returns whether the file system is that of Windows. */
  static boolean isWindows(Path path) {
    return path.getFileSystem().getSeparator().equals("\\");
  }

  /** Returns the path of a file beside another, its name with more behind. */
  static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Gives a file the name of another, which it replaces at one moment, and brings that to disk. */
  static void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    force(to.getParent());
  }

  /** Brings the names in a folder to the disk, where the system can do that. */
  static void force(Path folder) throws IOException {
    if (isWindows(folder)) {
      return; // it can't open a folder, and keeps names in its journal
    }
    Uninterrupted.call(
        () -> {
          try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
          }
          return null;
        });
  }

  /** Returns the files in a folder whose names begin so; none if there is no folder. */
  static List<Path> list(Path folder, String prefix) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          if (file.getFileName().toString().startsWith(prefix)) {
            found.add(file);
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    return found;
  }
}
