package io.klepto.archive.jdbc.attack;

import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackPromises;
import io.klepto.archive.testkit.attack.AttackTarget;
import java.util.Map;

/** jdbc:sqlite native under attack. */
final class SqliteNativeAttackTest extends AttackContract {
  @Override
  protected AttackTarget target() {
    return new EngineTarget(
        "jdbc:sqlite native",
        "jdbc:sqlite:",
        StoreSettings.of(Map.of("serialized", "false")),
        AttackPromises.OF_AN_ENGINE);
  }
}
