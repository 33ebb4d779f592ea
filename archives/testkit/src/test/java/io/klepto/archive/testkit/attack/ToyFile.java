package io.klepto.archive.testkit.attack;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.klepto.archive.lock.Uninterrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file of a {@link ToyStore}. Used under its monitor. */
final class ToyFile {
  private final Path path;
  private final Flaw flaw;
  private final boolean forced;
  private long end;

  ToyFile(Path path, Flaw flaw, boolean forced) {
    this.path = path;
    this.flaw = flaw;
    this.forced = forced && flaw != Flaw.FORCES_NOTHING;
  }

  /** Returns the content; none if there is no file. */
  byte[] read() throws IOException {
    try {
      byte[] all = Files.readAllBytes(path);
      end = all.length;
      return all;
    } catch (NoSuchFileException e) {
      return new byte[0];
    } catch (AccessDeniedException e) {
      if (flaw == Flaw.READS_DENIED_AS_EMPTY) {
        return new byte[0];
      }
      throw e;
    }
  }

  /** Cuts off what a writer that was killed began. */
  void cutTo(long newEnd) throws IOException {
    if (newEnd < end) {
      resize(newEnd);
      end = newEnd;
    }
  }

  private void resize(long size) throws IOException {
    Uninterrupted.call(
        () -> {
          try (FileChannel out = FileChannel.open(path, WRITE)) {
            return out.truncate(size);
          }
        });
  }

  void append(byte[] bytes) throws IOException {
    boolean fresh = end == 0;
    try {
      writeAt(path, end, bytes);
      if (fresh) {
        forceFolder();
      }
      end += bytes.length;
    } catch (IOException e) {
      if (flaw == Flaw.LEAVES_HALF_RECORDS) {
        end = Files.size(path);
      } else if (Files.exists(path)) {
        resize(end);
      }
      throw e;
    }
  }

  /** Writes at a position, so that doing it again after an interrupt changes nothing. */
  private void writeAt(Path file, long position, byte[] bytes) throws IOException {
    Uninterrupted.call(
        () -> {
          try (FileChannel out = FileChannel.open(file, CREATE, WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
              out.write(left, position + left.position());
            }
            if (forced) {
              out.force(true);
            }
          }
          return null;
        });
  }

  /** Puts a new content in the place of the old. */
  void replace(byte[] bytes) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.newByteChannel(fresh, CREATE, TRUNCATE_EXISTING, WRITE).close();
    writeAt(fresh, 0, bytes);
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    forceFolder();
    end = bytes.length;
  }

  private void forceFolder() throws IOException {
    if (forced) {
      Uninterrupted.call(
          () -> {
            try (FileChannel folder = FileChannel.open(path.getParent(), READ)) {
              folder.force(true);
            }
            return null;
          });
    }
  }
}
