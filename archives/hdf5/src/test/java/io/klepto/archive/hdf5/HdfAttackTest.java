package io.klepto.archive.hdf5;

import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackTarget;

/** {@code hdf:} under attack. */
final class HdfAttackTest extends AttackContract {
  @Override
  protected AttackTarget target() {
    return new HdfTarget();
  }
}
