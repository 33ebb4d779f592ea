package io.klepto.archive.hdf5;

import io.klepto.archive.dir.DirStores;
import io.klepto.archive.store.PathLocation;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Opens stores in HDF5, which h5py, MATLAB, Julia and the tools of HDF5 read: {@code
 * hdf:/absolute/path.hdf5} is one file, with a log beside it, {@code hdfdir:/absolute/path} a
 * folder with one file for each entry. Both take {@code ///}, relative and percent-encoded paths;
 * missing folders are made.
 *
 * <p>Numbers, booleans, strings, and rectangular arrays of them are datasets of their own type;
 * everything else is bytes. The key is an attribute, as are times and version: names in the file
 * are digests.
 *
 * <p>A file of {@code hdf:} is as of the last compaction, which happens on {@code compact}, on
 * {@code close} and on repair, writes all of it anew, and does not keep what other programs added.
 * A file of {@code hdfdir:} never changes.
 *
 * <p>Source: klepto's {@code hdf_archive} and {@code hdfdir_archive}. Deviations: names are digests
 * instead of pickled keys, native values are native without being asked for, several processes may
 * write, and {@code meta} keeps the value in an attribute of its own dataset.
 */
public final class HdfStoreProvider implements StoreProvider {
  private static final String FILE = "hdf";
  private static final String FOLDER = "hdfdir";

  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public HdfStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of(FILE, FOLDER);
  }

  @Override
  public Store open(URI location, StoreOptions options) {
    Path container = PathLocation.containerOf(location);
    if (location.getScheme().toLowerCase(Locale.ROOT).equals(FOLDER)) {
      return DirStores.open(
          FOLDER, container, options, settings -> new HdfRecordFile(ValueLayout.of(settings)));
    }
    return HdfStores.open(container, options, new LocalDisk(), HdfStores::openJournal);
  }
}
