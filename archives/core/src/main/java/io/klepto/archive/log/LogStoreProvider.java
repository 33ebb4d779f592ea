package io.klepto.archive.log;

import io.klepto.archive.store.PathLocation;
import io.klepto.archive.store.SettingsReader;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/**
 * Opens stores that share one file: {@code file:/absolute/path}, {@code file:///absolute/path} or
 * {@code file:relative/path}, percent-encoded; file and folders are made if they are missing. The
 * file is a container: each namespace in it is a store of its own.
 *
 * <p>Made for many values of any size, written and read at once by many threads and processes of
 * one host. A local file system is expected; {@code sync} durability needs one that keeps what it
 * was told to force.
 *
 * <p>Beside the file lies {@code <name>.lock}, of zero bytes, through which processes exclude each
 * other; {@code <name>.keys}, of zero bytes, once a key was locked; {@code <name>.stamps}, of 0.5
 * MB to 128 MB, 8 bytes a stripe, once stamps were asked for, which slow each change down by some
 * 0.1 µs; during a compaction {@code <name>.new-…}; and, where damage was set aside, the folder
 * {@code <name>.damaged}. None of them need be kept or copied. The stamps may be removed while
 * nobody has the archive open; if they are removed in use, that is noticed and they are made anew.
 *
 * <p>Setting {@code compact-at}: how many percent of the file may be dead before writers begin to
 * compact it, 10 to 99, or 100 for never; 50 if not set.
 *
 * <p>Source: klepto's {@code file_archive}. Deviation: that writes all entries anew for each
 * change.
 */
public final class LogStoreProvider implements StoreProvider {
  private static final String COMPACT_AT = "compact-at";
  private static final int HALF = 50;
  private static final int LEAST = 10;
  private static final int NEVER = 100;

  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public LogStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("file");
  }

  @Override
  public Store open(URI location, StoreOptions options) {
    return open(PathLocation.containerOf(location), options);
  }

  static LogStore open(Path file, StoreOptions options) {
    String name = "file:" + file + " [" + options.namespace() + "]";
    LogErrors errors = new LogErrors(name);
    SettingsReader settings = options.settings().reader(name);
    int compactAt = (int) settings.wholeNumber(COMPACT_AT, HALF, LEAST, NEVER);
    settings.requireNoneLeft();
    Engines.Lease lease;
    try {
      lease = Engines.lease(file);
    } catch (IOException e) {
      throw errors.refused("open", file, e);
    }
    try {
      return LogStore.open(lease, options, errors, compactAt);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }
}
