package io.klepto.archive.dir;

import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.store.SettingsReader;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Opens folder stores for the back-ends that keep records in a file format of their own.
 *
 * <p>All file access goes through the file system of the container's path. Any thread may call.
 */
public final class DirStores {
  private DirStores() {}

  /**
   * Opens a namespace of a container, creating both if missing.
   *
   * @param scheme the scheme of the back-end, for the name of the store
   * @param container an absolute path
   * @param options the settings among them are those of the folder alone: {@code permissions}
   * @param format how a record lies in its file
   * @throws io.klepto.archive.ArchiveException as in {@link
   *     io.klepto.archive.store.StoreProvider#open}; a setting that is not known is refused
   */
  public static Store open(
      String scheme, Path container, StoreOptions options, RecordFileFormat format) {
    return open(scheme, container, options, settings -> format);
  }

  /**
   * Opens a namespace of a container whose format has settings of its own.
   *
   * @param format takes its settings out of the reader and returns the format; the folder takes its
   *     own after that, and refuses what is left
   */
  public static Store open(
      String scheme,
      Path container,
      StoreOptions options,
      Function<SettingsReader, RecordFileFormat> format) {
    return open(
        scheme, container, options, (settings, files) -> format.apply(settings), files -> files);
  }

  /**
   * Opens a namespace.
   *
   * @param format makes the format from its settings, over the files of the store
   * @param wrapping puts something between the store and the files on the disk
   */
  static DirStore open(
      String scheme,
      Path container,
      StoreOptions options,
      BiFunction<SettingsReader, RecordFiles, RecordFileFormat> format,
      UnaryOperator<RecordFiles> wrapping) {
    DirErrors errors = new DirErrors(scheme + ":" + container + " [" + options.namespace() + "]");
    SettingsReader settings = options.settings().reader(errors.store());
    RecordFiles files =
        wrapping.apply(new DiskFiles(FilePermissions.of(settings, container.getFileSystem())));
    RecordFileFormat fileFormat = format.apply(settings, files);
    settings.requireNoneLeft();
    DirLayout layout = DirLayout.of(container, options.namespace(), fileFormat.suffix());
    DirOpening opening = new DirOpening(layout, files, errors);
    opening.makeContainer();
    KeyFileLocks locks = opening.openLocks();
    try {
      NamespaceHeader asked =
          new NamespaceHeader(fileFormat.name(), options.namespace(), options.identity());
      locks.whileHolding(
          layout.namespaceLock(),
          () -> {
            opening.openNamespace(asked);
            return null;
          });
      return new DirStore(layout, options, files, fileFormat, errors, locks);
    } catch (RuntimeException e) {
      close(locks, e);
      throw e;
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
