package io.klepto.archive.hdf5;

import static java.nio.file.StandardOpenOption.WRITE;

import io.klepto.archive.lock.Uninterrupted;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder where damaged bytes go: nothing in it is ever replaced.
 *
 * <p>Safe for use by many threads and processes.
 */
final class SetAside {
  private static final int STEP_BYTES = 128 << 10;

  private final HdfLayout layout;
  private final HdfErrors errors;
  private final Disk disk;

  SetAside(HdfLayout layout, HdfErrors errors, Disk disk) {
    this.layout = layout;
    this.errors = errors;
    this.disk = disk;
  }

  /** Sets aside the old record of a key that is about to change, if it is damaged. */
  void old(KeyBytes key, OldRecords.Old old) {
    if (old.region() != null) {
      record(key.sha256Hex(), old.region());
    }
  }

  /** Writes the bytes of a record, on disk when the call returns, and returns where they are. */
  Path record(String name, byte[] bytes) {
    Path folder = layout.damagedHere();
    try {
      Files.createDirectories(folder);
      Path place = claim(folder, name);
      Uninterrupted.call(
          () -> {
            try (FileChannel out = FileChannel.open(place, WRITE)) {
              int next = 0;
              while (next < bytes.length) {
                int step = Math.min(STEP_BYTES, bytes.length - next);
                next += out.write(ByteBuffer.wrap(bytes, next, step), next);
              }
              out.force(true);
            }
            return null;
          });
      forceNames(folder);
      return place;
    } catch (IOException e) {
      throw errors.refused("set aside a record in", folder, e);
    }
  }

  /** Copies the whole file of the archive and returns where the copy is. */
  Path file() {
    Path folder = layout.damaged();
    try {
      Files.createDirectories(folder);
      Path place = claim(folder, layout.file().getFileName().toString());
      Uninterrupted.call(
          () -> {
            try (FileChannel in = FileChannel.open(layout.file());
                FileChannel out = FileChannel.open(place, WRITE)) {
              long end = in.size();
              long next = 0;
              while (next < end) {
                next += in.transferTo(next, end - next, out.position(next));
              }
              out.force(true);
            }
            return null;
          });
      forceNames(folder);
      return place;
    } catch (IOException e) {
      throw errors.refused("set aside a copy of", layout.file(), e);
    }
  }

  /** Brings to the disk that a folder has a file, and that there is the folder. */
  private void forceNames(Path folder) throws IOException {
    for (Path each = folder.toAbsolutePath();
        !each.equals(layout.folder());
        each = each.getParent()) {
      disk.forceFolder(each);
    }
    disk.forceFolder(layout.folder());
  }

  /** Makes an empty file under the first name with a number that nobody has. */
  private static Path claim(Path folder, String name) throws IOException {
    int number = 1;
    while (true) {
      Path place = folder.resolve(name + "-" + number);
      try {
        Files.createFile(place);
        return place;
      } catch (FileAlreadyExistsException e) {
        number++; // set aside before
      }
    }
  }
}
