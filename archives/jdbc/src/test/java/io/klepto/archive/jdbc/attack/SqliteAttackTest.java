package io.klepto.archive.jdbc.attack;

import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackPromises;
import io.klepto.archive.testkit.attack.AttackTarget;

/** jdbc:sqlite under attack. */
final class SqliteAttackTest extends AttackContract {
  @Override
  protected AttackTarget target() {
    return new EngineTarget(
        "jdbc:sqlite", "jdbc:sqlite:", StoreSettings.none(), AttackPromises.OF_AN_ENGINE);
  }
}
