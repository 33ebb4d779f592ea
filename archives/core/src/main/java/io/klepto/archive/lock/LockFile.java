package io.klepto.archive.lock;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one channel that this JVM has on a lock file, shared by all who hold a lease on it.
 *
 * <p>When a process closes any channel on a file, the system drops all locks that the process has
 * on it. So there must be one channel only, closed when nobody uses it any more; and since each
 * class loader has statics of its own, the channels are registered where all class loaders look: in
 * the system properties, under {@link #PROPERTY}, as objects of JDK classes alone (a map from the
 * file's identity to a map of its parts). While an archive is open, {@code System.getProperties()}
 * thus has one value that is not a string, which its {@code store} and {@code list} don't like; it
 * goes when the last lease ends. Nothing else in this JVM may open a lock file, not even to copy
 * it.
 *
 * <p>Safe for use by many threads: leases begin and end under the monitor of an interned string,
 * the same object for all class loaders.
 */
final class LockFile implements AutoCloseable {
  static final String PROPERTY = "io.klepto.archive.locks.v1";

  private static final String CHANNEL = "channel";
  private static final String LEASES = "leases";
  private static final String MUTEXES = "mutexes";
  private static final String LIFE = "life";
  private static final String WRITER = "writer";
  private static final String WRITES = "writes";
  private static final String MONITOR = PROPERTY.intern();

  private final String identity;
  private final Map<String, Object> parts;
  private boolean ended; // guarded by MONITOR

  private LockFile(String identity, Map<String, Object> parts) {
    this.identity = identity;
    this.parts = parts;
  }

  /** Takes a lease, making the file if it is missing. */
  static LockFile lease(Path file, KeyFileLocks.Maker maker) throws IOException {
    synchronized (MONITOR) {
      makeIfMissing(file, maker);
      String identity = identityOf(file);
      Map<String, Map<String, Object>> registry = registry();
      Map<String, Object> parts = registry.get(identity);
      if (parts == null) {
        parts = open(file);
        registry.put(identity, parts);
        System.getProperties().put(PROPERTY, registry);
      }
      parts.put(LEASES, (Integer) parts.get(LEASES) + 1);
      return new LockFile(identity, parts);
    }
  }

  private static Map<String, Object> open(Path file) throws IOException {
    long random = new SecureRandom().nextLong() & Long.MAX_VALUE;
    long writer = KeyFileLocks.positionOf(random | KeyFileLocks.LIVES);
    FileChannel channel = FileChannel.open(file, WRITE);
    FileLock life;
    try {
      // Held as long as the channel is open: others see by it that this JVM is alive.
      life = channel.tryLock(writer, 1, false);
      if (life == null) {
        throw new IOException("another process has the same random number, " + writer);
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    Map<String, Object> parts = new ConcurrentHashMap<>();
    parts.put(CHANNEL, channel);
    parts.put(LIFE, life);
    parts.put(MUTEXES, new ConcurrentHashMap<Long, Semaphore>());
    parts.put(WRITER, writer);
    parts.put(WRITES, new AtomicLong());
    parts.put(LEASES, 0);
    return parts;
  }

  /** Returns the channel; nobody but this class closes it. */
  FileChannel channel() {
    return (FileChannel) parts.get(CHANNEL);
  }

  /** Returns the mutexes of this JVM for bytes of the file, by offset. */
  @SuppressWarnings("unchecked") // put there by lease, whichever class loader it ran in
  ConcurrentHashMap<Long, Semaphore> mutexes() {
    return (ConcurrentHashMap<Long, Semaphore>) parts.get(MUTEXES);
  }

  /** Returns what tells this JVM from all other writers: 63 random bits. */
  long writer() {
    return (Long) parts.get(WRITER);
  }

  /** Returns a number that this JVM, whichever class loader asks, did not get before. */
  long nextWrite() {
    return ((AtomicLong) parts.get(WRITES)).incrementAndGet();
  }

  /** Ends the lease; the last one closes the channel. A second call does nothing. */
  @Override
  public void close() throws IOException {
    synchronized (MONITOR) {
      if (ended) {
        return;
      }
      ended = true;
      int left = (Integer) parts.get(LEASES) - 1;
      parts.put(LEASES, left);
      if (left == 0) {
        Map<String, Map<String, Object>> registry = registry();
        registry.remove(identity, parts);
        if (registry.isEmpty()) {
          System.getProperties().remove(PROPERTY);
        }
        channel().close();
      }
    }
  }

  @SuppressWarnings("unchecked") // put there by lease, whichever class loader it ran in
  private static Map<String, Map<String, Object>> registry() {
    Object registered = System.getProperties().get(PROPERTY);
    return registered == null ? new HashMap<>() : (Map<String, Map<String, Object>>) registered;
  }

  private static void makeIfMissing(Path file, KeyFileLocks.Maker maker) throws IOException {
    if (Files.notExists(file)) {
      try {
        maker.make(file);
      } catch (FileAlreadyExistsException e) {
        return; // another process was faster
      }
    }
  }

  /** Returns the same for all paths to a file, mounted twice or not, without opening it. */
  private static String identityOf(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key != null ? key.toString() : file.toRealPath().toString();
  }
}
