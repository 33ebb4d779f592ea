import io.klepto.archive.store.StoreProvider;

/** Archives: stores of checksummed records, codecs, and a loader and writer for any provider. */
@SuppressWarnings("module") // klepto-archive-hdf5 is built later
module io.klepto.archive {
  requires transitive cache.api;
  requires transitive io.klepto.keymap;
  requires com.esotericsoftware.kryo.kryo5;
  requires static com.fasterxml.jackson.core; // codec json
  requires static com.github.luben.zstd_jni; // compression = zstd
  requires static org.lz4.java; // compression = lz4
  requires jdk.unsupported; // Kryo makes objects without constructors by sun.reflect

  exports io.klepto.archive;
  exports io.klepto.archive.codec;
  exports io.klepto.archive.store;
  exports io.klepto.archive.dir to
      io.klepto.archive.hdf5;
  exports io.klepto.archive.lock to
      io.klepto.archive.hdf5,
      io.klepto.archive.jdbc;
  exports io.klepto.archive.stamp to
      io.klepto.archive.hdf5;

  opens io.klepto.archive to
      io.klepto.jcache, // copies of keys of calls
      io.klepto.keymap; // their canonical bytes

  uses StoreProvider;

  provides StoreProvider with
      io.klepto.archive.log.LogStoreProvider,
      io.klepto.archive.dir.DirStoreProvider,
      io.klepto.archive.memory.DictStoreProvider,
      io.klepto.archive.memory.NullStoreProvider;
}
