package io.klepto.archive.testkit.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/**
 * What all paths and channels of one {@link FaultyFileSystem} share: the faults, and the shadow of
 * the disk where a crash is to be simulated.
 *
 * <p>Changes come one after the other, under the monitor of the faults, so that the shadow sees
 * them in the order in which the real file system did. Safe for use by many threads.
 */
final class FaultyDisk {
  private final Faults faults = new Faults();
  private final Optional<DiskShadow> shadow;

  FaultyDisk(Optional<DiskShadow> shadow) {
    this.shadow = shadow;
  }

  /** Makes a change on the real file system. */
  interface Action<T> {
    /** Makes it. */
    T run() throws IOException;
  }

  /** Repeats a change on the shadow. */
  interface Repeat<T> {
    /**
     * Repeats it.
     *
     * @param number the number of the change
     * @param result what the change yielded
     */
    void on(DiskShadow shadow, long number, T result) throws IOException;
  }

  Faults faults() {
    return faults;
  }

  /** Makes a change, unless it is to fail, and repeats it on the shadow. */
  <T> T change(Operation.Kind kind, Path path, long bytes, Action<T> action, Repeat<T> repeat)
      throws IOException {
    synchronized (faults) {
      Operation operation = faults.before(kind, path, bytes);
      T result = action.run();
      if (shadow.isPresent()) {
        repeat.on(shadow.get(), operation.number(), result);
      }
      faults.after(operation);
      return result;
    }
  }

  /** Returns the shadow's node of a path; null if there is none. */
  ShadowNode node(Path path) {
    synchronized (faults) {
      return shadow.map(followed -> followed.node(path)).orElse(null);
    }
  }

  DiskImage crash(Loss loss, Random random) {
    synchronized (faults) {
      DiskShadow followed =
          shadow.orElseThrow(
              () ->
                  new IllegalStateException(
                      "cannot simulate a crash: expected a file system made by crashing(), found"
                          + " one made by failing()"));
      return followed.after(new Survival(loss, faults.newest(), random));
    }
  }
}
