package io.klepto.archive.jdbc.server;

import io.klepto.archive.testkit.attack.AttackContract;
import io.klepto.archive.testkit.attack.AttackTarget;
import org.junit.jupiter.api.AfterAll;

/** MariaDB under attack; that the server dies is the matter of {@link ServerFailureTest}. */
final class MariaDbAttackTest extends AttackContract {
  private final ServerTarget target = new ServerTarget(TestEngine.MARIADB);

  @Override
  protected AttackTarget target() {
    return target;
  }

  @AfterAll
  void removeDatabases() {
    target.close();
  }
}
