package io.klepto.archive.hdf5;

import io.klepto.archive.log.LogOpening;
import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** {@code hdf:} under attack. */
@Tag("soak")
final class HdfAttackTest extends AttackContract {
  private static final String CONTAINER = "archive.hdf5";

  @Override
  protected AttackTarget target() {
    return new AttackTarget() {
      @Override
      public String name() {
        return "hdf:";
      }

      @Override
      public URI location(Path folder) {
        return URI.create("hdf:" + folder.resolve(CONTAINER).toUri().getRawPath());
      }

      @Override
      public Optional<PathOpening> openingByPath() {
        return Optional.of(
            (folder, options) ->
                HdfStores.open(
                    folder.resolve(CONTAINER), options, new LocalDisk(), LogOpening::open));
      }

      @Override
      public int casesEach() {
        return 100; // of some 50,000 bytes, most of them 0
      }
    };
  }
}
