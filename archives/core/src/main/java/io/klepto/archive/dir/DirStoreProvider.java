package io.klepto.archive.dir;

import io.klepto.archive.store.PathLocation;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Opens stores that are folders of files, one per record: {@code dir:/absolute/path}, {@code
 * dir:///absolute/path} or {@code dir:relative/path}, percent-encoded; missing folders are made.
 *
 * <p>Made for values that are large or few, for many processes of one host, and for being looked at
 * with a file manager. Values that are small and many lie better in {@code file:}. A local file
 * system is expected; {@code sync} durability needs one that keeps what it was told to force.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>name</th><th>value</th></tr>
 * <tr><td>{@code compression}</td><td>{@code none} (the default), {@code deflate}, {@code zstd}
 *   (needs {@code com.github.luben:zstd-jni}), {@code lz4} (needs {@code at.yawk.lz4:lz4-java});
 *   a record says how it is compressed, so this may differ from one opening to the next</td></tr>
 * <tr><td>{@code permissions}</td><td>of what is made, such as {@code rw-r-----}, on POSIX file
 *   systems; unless set, what the system gives to new files</td></tr>
 * <tr><td>{@code map-from-bytes}</td><td>the size of a file from which {@code get} and {@code entry}
 *   of an archive read it by mapping: a {@code ByteBuffer} is then a read-only view of the file, an
 *   array of primitives is made straight out of it; off unless set</td></tr>
 * </table>
 *
 * <p>Once stamps were asked for, a namespace has a file {@code stamps} of 0.5 MB to 128 MB, 8 bytes
 * a stripe, and each change costs some µs more. It may be removed while nobody has the archive
 * open.
 *
 * <p>A mapped file lives until the last buffer on it is collected as garbage, replaced and removed
 * as it may be; files are never changed in place, so such a buffer never changes. Compressed values
 * are not mapped. On Windows a file that is mapped can't be replaced or removed: a write to its key
 * waits a second, then fails by name.
 *
 * <p>Source: klepto's {@code dir_archive}, its {@code compression}, {@code permissions} and {@code
 * memmode}. Deviations: the name of a file says nothing of its key, the key is inside; there is no
 * {@code protocol} and no {@code fast}; mapped values can't be written to.
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
    return open(PathLocation.containerOf(location), options);
  }

  /** Opens a store at a path of any file system. */
  static DirStore open(Path container, StoreOptions options) {
    return open(container, options, files -> files);
  }

  /**
   * Opens a store at a path.
   *
   * @param wrapping puts something between the store and the files on the disk
   */
  static DirStore open(Path container, StoreOptions options, UnaryOperator<RecordFiles> wrapping) {
    return DirStores.open("dir", container, options, EnvelopeFormat::new, wrapping);
  }
}
