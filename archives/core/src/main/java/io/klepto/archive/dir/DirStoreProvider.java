package io.klepto.archive.dir;

import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.store.PathLocation;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/**
 * Opens stores that are folders of files, one per record: {@code dir:/absolute/path}, {@code
 * dir:///absolute/path} or {@code dir:relative/path}, percent-encoded; missing folders are made.
 *
 * <p>Made for values that are large or few, for many processes of one host, and for being looked at
 * with a file manager. Values that are small and many lie better in {@code file:}. A local file
 * system is expected; {@code sync} durability needs one that keeps what it was told to force.
 *
 * <p>Source: klepto's {@code dir_archive}. Deviation: the name of a file says nothing of its key;
 * the key is inside.
 */
public final class DirStoreProvider implements StoreProvider {
  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public DirStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("dir");
  }

  @Override
  public Store open(URI location, StoreOptions options) {
    return open(PathLocation.containerOf(location), options, new DiskFiles());
  }

  static DirStore open(Path container, StoreOptions options, RecordFiles files) {
    DirLayout layout = DirLayout.of(container, options.namespace());
    String name = "dir:" + container + " [" + options.namespace() + "]";
    DirErrors errors = new DirErrors(name);
    DirOpening opening = new DirOpening(layout, files, errors);
    opening.makeContainer();
    KeyFileLocks locks = locksOf(layout, errors);
    try {
      NamespaceHeader asked = new NamespaceHeader(options.namespace(), options.identity());
      locks.whileHolding(
          layout.namespaceLock(),
          () -> {
            opening.openNamespace(asked);
            return null;
          });
      return new DirStore(layout, options, files, errors, locks);
    } catch (RuntimeException e) {
      close(locks, e);
      throw e;
    }
  }

  private static KeyFileLocks locksOf(DirLayout layout, DirErrors errors) {
    try {
      return KeyFileLocks.open(layout.lockFile());
    } catch (IOException e) {
      throw errors.refused("open the lock file", layout.lockFile(), e);
    }
  }

  private static void close(KeyFileLocks locks, RuntimeException reason) {
    try {
      locks.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
