package io.klepto.archive.dir;

import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code dir:} under attack. */
final class DirAttackTest extends AttackContract {
  private static final String CONTAINER = "archive";
  private static final int SHA256_BYTES = 32;

  @Override
  protected AttackTarget target() {
    return new AttackTarget() {
      @Override
      public String name() {
        return "dir:";
      }

      @Override
      public URI location(Path folder) {
        return URI.create("dir:" + folder.resolve(CONTAINER).toUri().getRawPath());
      }

      @Override
      public Optional<PathOpening> openingByPath() {
        return Optional.of(
            (folder, options) -> DirStoreProvider.open(folder.resolve(CONTAINER), options));
      }

      @Override
      public Optional<VersionShift> versionShift() {
        return Optional.of(DirAttackTest::shiftVersions);
      }

      @Override
      public boolean isRebuilt(Path file) {
        return file.endsWith("klepto.lock");
      }
    };
  }

  private static boolean isRecord(Path file) {
    return file.getFileName().toString().length() == 2 * SHA256_BYTES;
  }

  private static void shiftVersions(Path folder, long by) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(DirAttackTest::isRecord).toList()) {
        StoreRecord record = EnvelopeV1.decode(Files.readAllBytes(file), null, "dir:", file);
        StoreRecord ahead = new StoreRecord(record.key(), record.version() + by, record.content());
        Files.write(file, EnvelopeV1.encode(ahead));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
