package io.klepto.archive.jdbc.attack;

import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackPromises;
import io.klepto.archive.testkit.attack.AttackTarget;

/** jdbc:h2 under attack. */
final class H2AttackTest extends AttackContract {
  @Override
  protected AttackTarget target() {
    return new EngineTarget(
        "jdbc:h2",
        "jdbc:h2:file:",
        StoreSettings.none(),
        AttackPromises.OF_AN_ENGINE_THAT_MISSES_DAMAGE);
  }
}
