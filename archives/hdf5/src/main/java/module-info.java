import io.klepto.archive.hdf5.HdfStoreProvider;
import io.klepto.archive.store.StoreProvider;

/** Archives in HDF5: one file, or a folder of files. */
@SuppressWarnings("module") // the format is called so
module io.klepto.archive.hdf5 {
  requires io.jhdf;
  requires transitive io.klepto.archive;

  exports io.klepto.archive.hdf5;

  uses StoreProvider;

  provides StoreProvider with
      HdfStoreProvider;
}
