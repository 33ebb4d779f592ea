package io.klepto.archive.jdbc.attack;

import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackTarget;
import org.junit.jupiter.api.Tag;

/** jdbc:sqlite under attack. */
@Tag("soak")
final class SqliteAttackTest extends AttackContract {
  @Override
  protected AttackTarget target() {
    return new EngineTarget("jdbc:sqlite", "jdbc:sqlite:", StoreSettings.none());
  }
}
