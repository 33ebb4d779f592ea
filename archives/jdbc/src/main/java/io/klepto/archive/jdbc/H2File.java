package io.klepto.archive.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.klepto.archive.lock.Uninterrupted;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The file of a database of H2, looked at before H2 opens it.
 *
 * <p>H2 opens a file whose end is cut off, or whose last chunk is damaged, without a word, in the
 * state of an earlier chunk: all that was committed since is gone. But it notes in the header of a
 * file that it closes in order which chunk is the last ({@code clean:1,block:…,chunk:…}, in
 * hexadecimal, in each of the first two blocks), so that such a loss can be told. The file of a
 * process that was killed has no such note, and is H2's to recover. A file cut to nothing can't be
 * told from one that was never written.
 *
 * @param path the file
 */
record H2File(Path path) {
  private static final String FILE_SCHEME = "file:";
  private static final String SUFFIX = ".mv.db";
  private static final int BLOCK_BYTES = 4_096;
  private static final int HEADERS = 2;
  private static final int FOOTER_BYTES = 128;
  private static final int HEX = 16;
  private static final int ROUNDS = 3;
  private static final int MOST_COLLECTIONS = 20;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Returns the file that a URL names; empty if it is none that lies in the file system as is. */
  static Optional<H2File> of(JdbcUrl url) {
    String path = url.path();
    if (path.startsWith(FILE_SCHEME)) {
      path = path.substring(FILE_SCHEME.length());
    }
    if (path.startsWith("~")) {
      path = System.getProperty("user.home") + path.substring(1);
    }
    boolean hasOtherScheme = path.indexOf(':') > 1; // one letter before it is a drive
    return hasOtherScheme || path.isEmpty()
        ? Optional.empty()
        : Optional.of(new H2File(Path.of(path + SUFFIX)));
  }

  /**
   * Returns whether H2 surely has the file not open in this process.
   *
   * @param h2 the class loader of H2
   */
  boolean isClosed(ClassLoader h2) {
    try {
      Field open = Class.forName("org.h2.engine.Engine", true, h2).getDeclaredField("DATABASES");
      open.setAccessible(true);
      Map<?, ?> databases = (Map<?, ?>) open.get(null);
      synchronized (databases) {
        return databases.keySet().stream().noneMatch(name -> isFileOf(name.toString()));
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false; // another version of H2
    }
  }

  private boolean isFileOf(String database) {
    try {
      Path other = Path.of(database + SUFFIX);
      return Files.exists(path) && Files.exists(other) && Files.isSameFile(path, other);
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Waits until nobody holds the file's lock, or a second. H2 leaves the channel of a file that it
   * failed to open to the garbage collector, which closes it.
   */
  void awaitRelease() {
    for (int round = 0; round < MOST_COLLECTIONS && isLocked(); round++) {
      System.gc();
      Uninterrupted.pause(PAUSE_NANOS);
    }
  }

  private boolean isLocked() {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false; // gone, or not ours to write
    }
  }

  /** Returns what is wrong with the file; empty if nothing, or if its header does not tell. */
  Optional<String> damage() throws IOException {
    Optional<String> found = Optional.empty();
    for (int round = 0; round < ROUNDS; round++) { // another user may be about to write the header
      found = Files.isRegularFile(path) ? damageNow() : Optional.empty();
      if (found.isEmpty()) {
        break;
      }
    }
    return found;
  }

  private Optional<String> damageNow() throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      Optional<String> damage = Optional.empty();
      for (int i = 0; i < HEADERS; i++) {
        Map<String, String> header = fields(file, (long) i * BLOCK_BYTES, BLOCK_BYTES);
        if (header.containsKey("clean")) {
          damage = damageBehind(header, file);
          if (damage.isEmpty()) {
            break;
          }
        }
      }
      return damage;
    }
  }

  /** Returns whether the last chunk is not there as the header says. */
  private static Optional<String> damageBehind(Map<String, String> header, FileChannel file)
      throws IOException {
    String chunk = header.getOrDefault("chunk", "");
    try {
      long start = Long.parseLong(header.getOrDefault("block", ""), HEX) * BLOCK_BYTES;
      Map<String, String> found = fields(file, start, BLOCK_BYTES);
      long length = Long.parseLong(found.getOrDefault("len", "0"), HEX) * BLOCK_BYTES;
      Map<String, String> footer = fields(file, start + length - FOOTER_BYTES, FOOTER_BYTES);
      boolean whole =
          length > 0
              && start + length <= file.size()
              && chunk.equals(found.get("chunk"))
              && chunk.equals(footer.get("chunk"));
      return whole
          ? Optional.empty()
          : Optional.of(
              "no whole chunk %s at byte %d of %d, which its header calls the last"
                  .formatted(chunk, start, file.size()));
    } catch (NumberFormatException e) {
      return Optional.of("a header that names no block: " + header);
    }
  }

  /** Returns the fields of a line of {@code name:value} that begins at a place. */
  private static Map<String, String> fields(FileChannel file, long from, int most)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(most);
    long at = Math.max(0, from);
    while (bytes.hasRemaining()) {
      int read = file.read(bytes, at + bytes.position());
      if (read < 0) {
        break;
      }
    }
    String text = new String(bytes.array(), 0, bytes.position(), ISO_8859_1);
    int end = text.indexOf('\n');
    Map<String, String> fields = new HashMap<>();
    for (String field : text.substring(0, Math.max(0, end)).strip().split(",", -1)) {
      int colon = field.indexOf(':');
      if (colon > 0) {
        fields.put(field.substring(0, colon), field.substring(colon + 1));
      }
    }
    return fields;
  }
}
