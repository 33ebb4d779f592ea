package io.klepto.archive.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The archives that this class loader has open, each once however many stores are in it, and
 * whatever path each store came by.
 *
 * <p>Safe for use by many threads.
 */
final class Engines {
  private static final Map<Path, Shared> OPEN = new HashMap<>(); // guarded by itself

  private Engines() {}

  private static final class Shared {
    private LogEngine engine; // guarded by this
    private int leases; // guarded by OPEN
  }

  /**
   * A share in an engine, ended once.
   *
   * @param path the path by which it is shared
   * @param engine the engine
   */
  record Lease(Path path, LogEngine engine) implements AutoCloseable {
    /** Ends the share; the last one closes the engine. Called once. */
    @Override
    public void close() {
      Engines.release(path);
    }
  }

  /** Takes a share in the engine of a file, opening it first if nobody has it. */
  static Lease lease(Path file) throws IOException {
    Path path = canonical(file);
    Shared shared;
    synchronized (OPEN) {
      shared = OPEN.computeIfAbsent(path, absent -> new Shared());
      shared.leases++;
    }
    try {
      synchronized (shared) {
        if (shared.engine == null) {
          shared.engine = LogEngine.open(path, new LogErrors("file:" + path));
        }
        return new Lease(path, shared.engine);
      }
    } catch (RuntimeException e) {
      release(path);
      throw e;
    }
  }

  private static void release(Path path) {
    synchronized (OPEN) {
      Shared shared = OPEN.get(path);
      shared.leases--;
      if (shared.leases > 0) {
        return;
      }
      OPEN.remove(path);
      synchronized (shared) {
        if (shared.engine != null) {
          shared.engine.close();
        }
      }
    }
  }

  /** Returns the same path for all that lead to a file, whether or not it is there. */
  private static Path canonical(Path file) throws IOException {
    try {
      return file.toRealPath();
    } catch (NoSuchFileException e) {
      Path parent = file.toAbsolutePath().normalize().getParent();
      if (parent == null) {
        throw e;
      }
      Files.createDirectories(parent);
      return parent.toRealPath().resolve(file.getFileName());
    }
  }
}
