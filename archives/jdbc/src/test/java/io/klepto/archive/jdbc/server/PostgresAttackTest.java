package io.klepto.archive.jdbc.server;

import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackTarget;
import org.junit.jupiter.api.AfterAll;

/** PostgreSQL under attack; that the server dies is the matter of {@link ServerFailureTest}. */
final class PostgresAttackTest extends AttackContract {
  private final ServerTarget target = new ServerTarget(TestEngine.POSTGRES);

  @Override
  protected AttackTarget target() {
    return target;
  }

  @AfterAll
  void removeDatabases() {
    target.close();
  }
}
