package io.klepto.archive.stamp;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.lock.Uninterrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;

/**
 * Where the file of stamps of a store lies, and how it is made there.
 *
 * <p>It is made whole under another name and renamed. What lies there and is damaged, or is not the
 * one that the store speaks of, is replaced, as nothing in it outlives the processes that use it;
 * what is of another version, or no file of stamps, is refused and left alone.
 *
 * <p>No state; called by one at a time, who has the lock of the store.
 *
 * @param file the place
 * @param store the name of the store, for messages
 */
public record StampPlace(Path file, String store) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int STEP_BYTES = 128 << 10;
  private static final Set<String> NETWORK_TYPES =
      Set.of(
          "9p",
          "afs",
          "beegfs",
          "ceph",
          "cifs",
          "davfs",
          "glusterfs",
          "gpfs",
          "lustre",
          "ncpfs",
          "nfs",
          "nfs3",
          "nfs4",
          "prl_fs",
          "smb",
          "smb2",
          "smb3",
          "smbfs",
          "sshfs",
          "vboxsf",
          "vmhgfs",
          "webdav");
  private static final String FUSE = "fuse.";

  /**
   * Returns the number of bits for at least that many stripes: 16 to 24, so 0.5 MB to 128 MB.
   *
   * @param entries how many stripes are wanted at least
   */
  public static int bitsFor(long entries) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, entries) - 1);
    return Math.max(StampFile.FEWEST_BITS, Math.min(StampFile.MOST_BITS, bits));
  }

  /**
   * Refuses a file system of the network, whose hosts don't see each other's mapped memory.
   *
   * @throws ArchiveException if it is known to be one
   */
  public void requireLocal() throws IOException {
    requireLocal(Files.getFileStore(file.getParent()).type());
  }

  void requireLocal(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    String bare = lower.startsWith(FUSE) ? lower.substring(FUSE.length()) : lower;
    if (NETWORK_TYPES.contains(bare)) {
      throw new ArchiveException(
          "cannot make stamps for %s: expected a file system of this host, found %s, whose hosts don't see each other's memory; put the archive on a local disk or do without coherence"
              .formatted(store, type));
    }
  }

  /**
   * Returns the file that is there, or null if there is none of this version, or it is damaged.
   *
   * @throws UnsupportedOperationException if the file system can't map
   */
  public StampFile find() throws IOException {
    try {
      return Uninterrupted.call(
          () -> {
            try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
              long size = channel.size();
              boolean possible = size <= StampFile.bytesOf(StampFile.MOST_BITS);
              return possible ? StampFile.of(map(channel, size)) : null;
            }
          });
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static MappedByteBuffer map(FileChannel channel, long size) throws IOException {
    return channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
  }

  /**
   * Makes a file and puts it there.
   *
   * @param bits how many bits number a stripe
   * @param temporary a file that is not there, in the same folder or one of the same file system
   * @param maker makes that file, empty, with the permissions that it is to have
   * @throws ArchiveException if a file is there that must not be replaced
   */
  public StampFile make(int bits, Path temporary, KeyFileLocks.Maker maker) throws IOException {
    requireReplaceable();
    ByteBuffer header = StampFile.header(StampFile.idOf(RANDOM.nextLong(), bits));
    try {
      Uninterrupted.call(
          () -> {
            Files.deleteIfExists(temporary); // if an interrupt has struck the first try
            maker.make(temporary);
            try (FileChannel channel = FileChannel.open(temporary, READ, WRITE)) {
              fill(channel, header, StampFile.bytesOf(bits));
            }
            return null;
          });
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    StampFile made = find();
    if (made == null) {
      throw new ArchiveException(
          "cannot make stamps for %s: expected the file %s that was just made, found another"
              .formatted(store, file));
    }
    return made;
  }

  private static void fill(FileChannel channel, ByteBuffer header, int bytes) throws IOException {
    ByteBuffer step = header.duplicate();
    while (step.hasRemaining()) {
      channel.write(step);
    }
    ByteBuffer zeros = ByteBuffer.allocateDirect(STEP_BYTES);
    for (long at = channel.position(); at < bytes; at = channel.position()) {
      channel.write(zeros.clear().limit((int) Math.min(STEP_BYTES, bytes - at)));
    }
    channel.force(true); // or else a loss of power could leave a name without its header
  }

  /** Refuses what is there and not ours to replace. */
  private void requireReplaceable() throws IOException {
    byte[] head;
    try {
      head =
          Uninterrupted.call(
              () -> {
                try (FileChannel channel = FileChannel.open(file, READ)) {
                  byte[] bytes = new byte[Long.BYTES + Integer.BYTES];
                  int count = channel.read(ByteBuffer.wrap(bytes), 0);
                  return count == bytes.length ? bytes : new byte[Math.max(0, count)];
                }
              });
    } catch (NoSuchFileException e) {
      return;
    }
    if (head.length == 0) {
      return;
    }
    boolean ours = head.length > Long.BYTES && ByteBuffer.wrap(head).getLong() == StampFile.MAGIC;
    int version = ours ? ByteBuffer.wrap(head).getInt(Long.BYTES) : StampFile.VERSION;
    if (!ours || version != StampFile.VERSION) {
      throw new ArchiveException(
          "cannot make stamps for %s, %s: expected no file or one of stamps of version %d, found %s; it was left as it is: move it away while nobody uses the archive"
              .formatted(
                  store, file, StampFile.VERSION, ours ? "version " + version : "another file"));
    }
  }
}
