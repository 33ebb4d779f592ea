package io.klepto.archive.hdf5;

import io.klepto.archive.log.LogOpening;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds to the version of every record of an archive, as if the clock had been ahead. */
final class VersionsAhead {
  private static final String NAME = "ahead";
  private static final HdfErrors ERRORS = new HdfErrors(NAME);

  private VersionsAhead() {}

  /** Shifts what the file of an {@code hdf:} archive holds, and what the logs do. */
  static void inFile(Path file, long by) {
    BaseFile base = new BaseFile(file, NAME, ERRORS);
    BaseFile.View view = base.use((seen, source) -> seen);
    Path fresh = file.resolveSibling(NAME);
    try {
      try (PatientReader old = PatientReader.open(file);
          PatientChannel channel = PatientChannel.create(fresh)) {
        HeapBudget budget = new HeapBudget(Long.MAX_VALUE, NAME);
        BaseWriter writer = new BaseWriter(channel, ValueLayout.DATA, ERRORS, budget);
        ByteBuffer directories = base.tailOf(view, old);
        for (BaseFormatV1.Listed listed : view.namespaces()) {
          writer.begin();
          Directory directory = base.directoryOf(view.footer(), listed, directories);
          for (int row = 0; row < directory.rows(); row++) {
            writer.put(ahead(base.find(directory, row, old).whole(), by));
          }
          writer.end(listed.name(), listed.identity());
        }
        writer.finish(fresh);
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    view.namespaces().forEach(listed -> inLog(file, listed, by));
  }

  private static StoreRecord ahead(StoreRecord record, long by) {
    return new StoreRecord(record.key(), record.version() + by, record.content());
  }

  private static void inLog(Path file, BaseFormatV1.Listed listed, long by) {
    StoreOptions options = new StoreOptions(listed.name(), Optional.empty(), listed.identity());
    try (Store store = LogOpening.open(new HdfLayout(file, listed.name()).log(), options)) {
      Journal journal = new Journal(store);
      for (KeyBytes key : journal.keys(new ArrayList<>())) {
        Journal.Told told = journal.get(key);
        long version = told.version() + by;
        store.put(
            key,
            told.record() == null
                ? Journal.removalOf(version)
                : Journal.contentOf(version, told.record().content()));
      }
    }
  }

  /** Shifts what the files of an {@code hdfdir:} archive hold. */
  static void inFolder(Path container, long by) {
    HdfRecordFile format = new HdfRecordFile(ValueLayout.DATA);
    try (Stream<Path> found = Files.walk(container)) {
      List<Path> files = found.filter(file -> file.toString().endsWith(format.suffix())).toList();
      for (Path file : files) {
        StoreRecord record = format.read(file, null, NAME);
        Files.delete(file);
        format.write(file, ahead(record, by));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
