package io.klepto.archive.hdf5;

import io.klepto.archive.dir.DirStores;
import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** {@code hdfdir:} under attack. */
final class HdfDirAttackTest extends AttackContract {
  private static final String CONTAINER = "archive";

  @Override
  protected AttackTarget target() {
    return new AttackTarget() {
      @Override
      public String name() {
        return "hdfdir:";
      }

      @Override
      public URI location(Path folder) {
        return URI.create("hdfdir:" + folder.resolve(CONTAINER).toUri().getRawPath());
      }

      @Override
      public Optional<PathOpening> openingByPath() {
        return Optional.of(
            (folder, options) ->
                DirStores.open(
                    "hdfdir",
                    folder.resolve(CONTAINER),
                    options,
                    settings -> new HdfRecordFile(ValueLayout.of(settings))));
      }

      @Override
      public Optional<VersionShift> versionShift() {
        return Optional.of((folder, by) -> VersionsAhead.inFolder(folder.resolve(CONTAINER), by));
      }

      @Override
      public boolean isRebuilt(Path file) {
        return file.endsWith("klepto.lock");
      }

      @Override
      public int casesEach() {
        return 100; // of some 20,000 bytes, most of them 0
      }
    };
  }
}
