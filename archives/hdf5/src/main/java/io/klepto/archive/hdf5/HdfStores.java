package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import io.klepto.archive.store.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Opens {@code hdf:} stores. */
final class HdfStores {
  /** The scheme of the log beside the file. */
  private static final String JOURNAL = "file";

  private HdfStores() {}

  /**
   * Opens a namespace.
   *
   * @param disk how the file is replaced
   * @param journals how the journal is opened
   */
  static Store open(Path file, StoreOptions options, Disk disk, Journals journals) {
    HdfLayout layout = new HdfLayout(file, options.namespace());
    HdfErrors errors = new HdfErrors("hdf:" + file + " [" + options.namespace() + "]");
    HdfSettings settings = HdfSettings.of(options.settings(), errors.store());
    NamespaceGroup.requireRoom(errors.store(), options.namespace(), options.identity());
    KeyFileLocks locks = locksOf(layout, errors);
    try {
      BaseFile base = new BaseFile(file, options.namespace(), errors);
      return locks.whileHolding(
          HdfLayout.LIFECYCLE_LOCK,
          () -> {
            requireOurs(base, options, errors);
            Store journal = journals.open(layout.log(), options.with(StoreSettings.none()));
            return new HdfStore(
                new HdfContext(
                    layout,
                    options.identity(),
                    settings,
                    errors,
                    locks,
                    new Journal(journal),
                    base,
                    disk));
          });
    } catch (RuntimeException e) {
      close(locks, e);
      throw e;
    }
  }

  private static KeyFileLocks locksOf(HdfLayout layout, HdfErrors errors) {
    try {
      if (Files.isDirectory(layout.file())) {
        throw new ArchiveException(
            "cannot open archive %s: expected a file or none, found a folder; choose another name, or hdfdir:"
                .formatted(errors.store()));
      }
      Files.createDirectories(layout.file().getParent());
      return KeyFileLocks.open(layout.lockFile());
    } catch (IOException e) {
      throw errors.refused("open the lock file", layout.lockFile(), e);
    }
  }

  /** Refuses a file that is not of ours, or has the namespace with another identity. */
  private static void requireOurs(BaseFile base, StoreOptions options, HdfErrors errors) {
    Optional<BaseFormatV1.Listed> listed;
    try {
      listed = base.use((view, source) -> view).listed(options.namespace());
    } catch (DamagedRecordException e) {
      Rescue.requireOurs(base.file(), e);
      return; // each call tells of the damage, verify repairs it
    }
    if (listed.isPresent() && !listed.get().identity().equals(options.identity())) {
      throw new ArchiveException(
          "cannot open archive %s, %s: expected the identity %s, found %s; open it as it was created, or choose another namespace"
              .formatted(
                  errors.store(),
                  base.file(),
                  new TreeMap<>(options.identity()),
                  new TreeMap<>(listed.get().identity())));
    }
  }

  /** Opens the store that a journal is kept in. */
  interface Journals {
    /** Opens it in a place that it may take for itself, and in places that begin with its name. */
    Store open(Path place, StoreOptions options);
  }

  /** Opens the store of the scheme {@code file} that the JVM knows. */
  static Store openJournal(Path place, StoreOptions options) {
    URI location = URI.create(JOURNAL + ":" + place.toUri().getRawPath());
    ServiceLoader<StoreProvider> providers =
        ServiceLoader.load(StoreProvider.class, StoreProvider.class.getClassLoader());
    for (StoreProvider provider : providers) {
      if (provider.schemes().contains(JOURNAL)) {
        return provider.open(location, options);
      }
    }
    throw new ArchiveException(
        "cannot open the log %s: expected a back-end for %s:, found none; add klepto-archive to the class path or module path"
            .formatted(location, JOURNAL));
  }

  private static void close(KeyFileLocks locks, RuntimeException reason) {
    try {
      locks.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
