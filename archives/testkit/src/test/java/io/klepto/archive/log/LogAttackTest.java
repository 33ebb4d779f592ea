package io.klepto.archive.log;

import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code file:} under attack. */
final class LogAttackTest extends AttackContract {
  @Override
  protected AttackTarget target() {
    return new FileTarget();
  }

  /** Writes the header of each record anew; a small archive has but one segment. */
  private static void shiftVersions(Path folder, long by) {
    Path file = folder.resolve("results.klepto");
    try {
      LogFile log = LogFile.recover(file, new LogErrors("file:" + file), false);
      List<LogEntry> shifted = new ArrayList<>();
      for (LogEntry entry : log.state().segment()) {
        WholeRecord record = log.reader().whole(entry.offset(), entry.bytes(), log.errors());
        RecordHeader header = record.header();
        ByteBuffer bytes = ByteBuffer.allocate(RecordFormatV1.HEADER_BYTES);
        RecordFormatV1.writeHeader(
            bytes,
            header.withStamp(header.stamp() + by, header.more()),
            log.header().fileId(),
            entry.offset());
        log.data().write(bytes.flip(), entry.offset());
        shifted.add(
            new LogEntry(
                entry.type(),
                entry.namespace(),
                entry.hash(),
                entry.stamp() + by,
                entry.offset(),
                entry.bytes()));
      }
      log.head().writeJournal(0, shifted);
      log.data().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class FileTarget implements AttackTarget {
    private static final String FILE = "results.klepto";

    @Override
    public String name() {
      return "file";
    }

    @Override
    public URI location(Path folder) {
      return URI.create("file:" + folder.resolve(FILE).toUri().getRawPath());
    }

    @Override
    public Optional<PathOpening> openingByPath() {
      return Optional.of((folder, options) -> LogStoreProvider.open(folder.resolve(FILE), options));
    }

    @Override
    public Optional<VersionShift> versionShift() {
      return Optional.of(LogAttackTest::shiftVersions);
    }

    @Override
    public boolean isRebuilt(Path file) {
      return !file.equals(Path.of(FILE));
    }
  }
}
