package io.klepto.archive.hdf5;

import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackTarget;
import org.junit.jupiter.api.Tag;

/** {@code hdf:} under attack while its log holds what its file does not; see LogDamageTest too. */
@Tag("soak")
final class HdfLogAttackTest extends AttackContract {
  @Override
  protected AttackTarget target() {
    return new HdfTarget.WithLog();
  }
}
