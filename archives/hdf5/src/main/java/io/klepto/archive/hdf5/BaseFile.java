package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The {@code .hdf5} file of an archive as one namespace reads it: what was there at the last
 * compaction, by whichever process.
 *
 * <p>A call opens the file, looks at its footer, reads the directory anew if the file is another
 * than the last time, and closes it: so that it sees the file that is there now, an interrupt
 * strikes nobody else, and on Windows the file can be replaced. The directory is kept in the heap,
 * 24 bytes a record.
 *
 * <p>Safe for use by many threads.
 */
final class BaseFile {
  /** Few enough that the file is soon closed, and can be replaced where that hinders it. */
  private static final int KEYS_AT_ONCE = 64;

  private final Path file;
  private final String namespace;
  private final HdfErrors errors;
  private volatile View cached = View.NONE;

  BaseFile(Path file, String namespace, HdfErrors errors) {
    this.file = file;
    this.namespace = namespace;
    this.errors = errors;
  }

  /**
   * What a file says of itself.
   *
   * @param footer the end of the file; null if there is no file
   * @param namespaces what the catalog lists
   * @param directory the records of our namespace; no rows if it is not listed
   */
  record View(
      BaseFormatV1.Footer footer, List<BaseFormatV1.Listed> namespaces, Directory directory) {
    static final View NONE = new View(null, List.of(), Directory.empty());

    /** Returns what the catalog says of a namespace. */
    Optional<BaseFormatV1.Listed> listed(String name) {
      return namespaces.stream().filter(listed -> listed.name().equals(name)).findFirst();
    }
  }

  /** What is done with a file that is open. */
  interface Use<T> {
    /** Reads; may be called again from its start. The source is null if there is no file. */
    T with(View view, BaseFormatV1.ByteSource source) throws IOException;
  }

  /**
   * Opens the file for a while.
   *
   * @throws DamagedRecordException if it has no whole closing part
   */
  <T> T use(Use<T> use) {
    try {
      return FileBytes.with(
          file,
          in -> {
            BaseFormatV1.ByteSource source = (start, length) -> FileBytes.read(in, start, length);
            return use.with(view(source, in.size()), source);
          });
    } catch (NoSuchFileException e) {
      return withoutFile(use);
    } catch (IOException e) {
      throw errors.refused("read", file, e);
    }
  }

  private <T> T withoutFile(Use<T> use) {
    try {
      return use.with(View.NONE, null);
    } catch (IOException e) {
      throw errors.refused("read", file, e);
    }
  }

  private View view(BaseFormatV1.ByteSource source, long fileBytes) throws IOException {
    int length = (int) Math.min(BaseFormatV1.FOOTER_BYTES, fileBytes);
    byte[] last = source.read(fileBytes - length, length);
    BaseFormatV1.Footer footer = BaseFormatV1.footer(last, fileBytes, errors.store(), file);
    View known = cached;
    if (footer.equals(known.footer())) {
      return known;
    }
    View view = viewOf(footer, source);
    cached = view;
    return view;
  }

  private View viewOf(BaseFormatV1.Footer footer, BaseFormatV1.ByteSource source)
      throws IOException {
    ByteBuffer tail = BaseFormatV1.tail(footer, source, errors.store(), file);
    List<BaseFormatV1.Listed> namespaces =
        BaseFormatV1.catalog(
            tail.position((int) (footer.catalogAt() - footer.hdfBytes())).slice(),
            errors.store(),
            file);
    View view = new View(footer, namespaces, Directory.empty());
    Optional<BaseFormatV1.Listed> ours = view.listed(namespace);
    return ours.isEmpty()
        ? view
        : new View(footer, namespaces, directoryOf(footer, ours.get(), tail));
  }

  /** Returns the directory of any listed namespace out of all that lies before the footer. */
  Directory directoryOf(BaseFormatV1.Footer footer, BaseFormatV1.Listed listed, ByteBuffer tail) {
    long start = listed.directoryAt() - footer.hdfBytes();
    long length = (long) listed.rows() * BaseFormatV1.ROW_BYTES;
    if (start < 0 || length < 0 || start + length > footer.catalogAt() - footer.hdfBytes()) {
      throw BaseFormatV1.damaged(
          errors.store(), file, "a directory within the closing part", listed.toString());
    }
    return Directory.of(tail.slice((int) start, (int) length));
  }

  /** Returns all that lies before the footer, verified: the directories of all namespaces. */
  ByteBuffer tailOf(View view, BaseFormatV1.ByteSource source) throws IOException {
    return BaseFormatV1.tail(view.footer(), source, errors.store(), file);
  }

  /**
   * What is there under a key.
   *
   * @param record the record, or null
   * @param damage what is wrong with it, or null
   * @param region the damaged bytes, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Found(StoreRecord record, DamagedRecordException damage, byte[] region) {
    static final Found NOTHING = new Found(null, null, null);

    /** Returns whether a record is there, whole or not. */
    boolean isThere() {
      return record != null || damage != null;
    }

    /**
     * Returns the record, or null if there is none.
     *
     * @throws DamagedRecordException if it is not what was written
     */
    StoreRecord whole() {
      if (damage != null) {
        throw damage;
      }
      return record;
    }
  }

  /** Returns what is there under a key; the damage of the file as a whole is thrown. */
  Found find(KeyBytes key) {
    return use((view, source) -> find(key, view.directory(), source));
  }

  /**
   * Finds each of some keys as {@link #find} does, by fewer openings of the file.
   *
   * @param take what is kept of what is there, null for nothing; may refuse it
   */
  <T> BulkOutcome<T> findAll(List<KeyBytes> keys, Function<Found, T> take) {
    Map<KeyBytes, T> done = new HashMap<>();
    Map<KeyBytes, ArchiveException> failed = new HashMap<>();
    for (int start = 0; start < keys.size(); start += KEYS_AT_ONCE) {
      List<KeyBytes> some = keys.subList(start, Math.min(keys.size(), start + KEYS_AT_ONCE));
      BulkOutcome<T> outcome = findSome(some, take);
      done.putAll(outcome.done());
      failed.putAll(outcome.failed());
    }
    return new BulkOutcome<>(done, failed);
  }

  private <T> BulkOutcome<T> findSome(List<KeyBytes> keys, Function<Found, T> take) {
    try {
      return use(
          (view, source) -> {
            try {
              return BulkOutcome.ofEach(
                  keys, key -> take.apply(findUnchecked(key, view.directory(), source)));
            } catch (UncheckedIOException e) {
              throw e.getCause();
            }
          });
    } catch (ArchiveException e) {
      // One of them can't be read: each gets its own outcome.
      return BulkOutcome.ofEach(keys, key -> take.apply(find(key)));
    }
  }

  private Found findUnchecked(KeyBytes key, Directory directory, BaseFormatV1.ByteSource source) {
    try {
      return find(key, directory, source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Found find(KeyBytes key, Directory directory, BaseFormatV1.ByteSource source)
      throws IOException {
    long prefix = Directory.prefixOf(key);
    int row = directory.firstFrom(prefix);
    while (row < directory.rows() && directory.prefix(row) == prefix) {
      Found found = find(directory, row, source);
      if (found.damage() != null || found.record().key().equals(key)) {
        return found;
      }
      row++;
    }
    return Found.NOTHING;
  }

  /** Returns what is there in a row. */
  Found find(Directory directory, int row, BaseFormatV1.ByteSource source) throws IOException {
    byte[] region = null;
    try {
      region = region(directory, row, source);
      return new Found(decode(directory, row, region), null, null);
    } catch (DamagedRecordException e) {
      return new Found(null, e, region == null ? new byte[0] : region);
    }
  }

  /**
   * Returns the record of a key, or null if there is none.
   *
   * @throws DamagedRecordException if it is not what was written
   */
  StoreRecord read(KeyBytes key) {
    return find(key).whole();
  }

  private StoreRecord decode(Directory directory, int row, byte[] region) {
    String location = location(directory, row);
    StoreRecord record = RecordRegion.decode(region, null, errors.store(), location);
    if (Directory.prefixOf(record.key()) != directory.prefix(row)) {
      throw HdfErrors.damaged(
          errors.store(), location, "the record of another key here", "that of " + record.key());
    }
    return record;
  }

  /** Returns the bytes of a row's region. */
  byte[] region(Directory directory, int row, BaseFormatV1.ByteSource source) throws IOException {
    long length = directory.length(row);
    if (length < 0 || length > Integer.MAX_VALUE - 8 || directory.start(row) < 0) {
      throw HdfErrors.damaged(
          errors.store(), location(directory, row), "a region within the file", length + " bytes");
    }
    try {
      return source.read(directory.start(row), (int) length);
    } catch (EOFException e) {
      throw HdfErrors.damaged(
          errors.store(), location(directory, row), "a region within the file", e.getMessage());
    }
  }

  private String location(Directory directory, int row) {
    return "%s, bytes %d to %d"
        .formatted(file, directory.start(row), directory.start(row) + directory.length(row));
  }

  Path file() {
    return file;
  }
}
