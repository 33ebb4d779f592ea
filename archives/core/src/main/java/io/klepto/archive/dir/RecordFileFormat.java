package io.klepto.archive.dir;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.MappedRecord;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * How one record lies in one file of a folder store; {@link EnvelopeV1} unless a back-end has its
 * own.
 *
 * <p>The folder store does the rest: it names the file, lets {@link #write} fill a temporary one,
 * forces it where that was asked, and renames it into its place. So a file is never changed once it
 * has its name, and a reader needs no lock.
 *
 * <p><b>Round trip.</b> {@code read} returns what {@code write} was given, byte for byte. Whatever
 * else is in the file is damage and is thrown as such: each flipped bit and each cut length must be
 * noticed.
 *
 * <p><b>Interrupts.</b> A thread that is interrupted does its call to the end and keeps its status
 * ({@link io.klepto.archive.lock.Uninterrupted}).
 *
 * <p>Any number of threads may call at once.
 */
public interface RecordFileFormat {
  /**
   * What tells a record from the others of its key.
   *
   * @param key the key that stands in the file
   * @param version the version of the record
   */
  record RecordId(KeyBytes key, long version) {}

  /**
   * Returns the name and version of the format, such as {@code hdf5-1}: written into the header of
   * each namespace, compared when it is opened, a difference refused. Visible ASCII.
   */
  String name();

  /**
   * Returns what file names end with, such as {@code .h5}; lower-case ASCII letters and digits
   * behind a dot, or empty.
   */
  String suffix();

  /** Returns what the store can do by this format beyond what every folder store can. */
  default Set<Capability> capabilities() {
    return Set.of();
  }

  /**
   * Writes a record into a file that is not there yet, or is there and empty.
   *
   * @throws io.klepto.archive.ArchiveException if the record can't be kept in this format, or not
   *     at this size; the message says which and why
   * @throws IOException if the file system fails; the store removes what was written
   */
  void write(Path newFile, StoreRecord record) throws IOException;

  /**
   * Returns the record in a file, all of it verified.
   *
   * @param expectedKey the key that the record must have, or null for any
   * @param store the name of the store, for messages
   * @throws DamagedRecordException if it is not a whole record of this format with that key
   * @throws java.nio.file.NoSuchFileException if there is no file
   * @throws IOException if the file can't be read
   */
  StoreRecord read(Path file, KeyBytes expectedKey, String store) throws IOException;

  /**
   * Verifies the record in a file as {@link #read} does, payload included, and returns its key and
   * version alone. Overridden where that is cheaper than reading.
   */
  default RecordId check(Path file, KeyBytes expectedKey, String store) throws IOException {
    StoreRecord record = read(file, expectedKey, store);
    return new RecordId(record.key(), record.version());
  }

  /**
   * Returns the record in a file, to be read where it lies, all of it verified. Overridden where
   * the payload lies in the file as it is, and the file can be mapped.
   *
   * @throws DamagedRecordException as {@link #read}
   * @throws IOException as {@link #read}
   */
  default MappedRecord map(Path file, KeyBytes expectedKey, String store) throws IOException {
    return MappedRecord.of(read(file, expectedKey, store));
  }
}
