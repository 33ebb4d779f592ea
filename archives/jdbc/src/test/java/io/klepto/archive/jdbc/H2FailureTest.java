package io.klepto.archive.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What H2's failures mean, where its own words mislead. */
final class H2FailureTest {
  private final H2Dialect dialect =
      new H2Dialect(JdbcUrl.of(URI.create("jdbc:h2:mem:failures"), Optional.empty()));

  private static SQLException timeout(Throwable cause) {
    return new SQLTimeoutException("Timeout trying to lock table", "HYT00", 50200, cause);
  }

  @Test
  void timeoutOfALock_isALock() {
    assertEquals(FailureKind.LOCKED, dialect.kindOf(timeout(null)));
    SQLException deadlock = new SQLException("Deadlock", "40001", 40001);
    assertEquals(FailureKind.LOCKED, dialect.kindOf(timeout(deadlock)));
  }

  @Test
  void timeoutBehindAnIndexThatLeadsNowhere_isDamage() {
    SQLException missing = new SQLException("Row \"4\" not found", "90143", 90143);
    assertEquals(FailureKind.CORRUPT, dialect.kindOf(timeout(new IllegalStateException(missing))));
  }

  @Test
  void timeoutInABatch_isWhatItIsAlone() {
    SQLException missing = new SQLException("Row \"4\" not found", "90143", 90143);
    assertEquals(FailureKind.LOCKED, dialect.kindOf(batch(timeout(null))));
    assertEquals(FailureKind.CORRUPT, dialect.kindOf(batch(timeout(missing))));
  }

  /** As H2 does it: with the number of what it failed by, and no cause. */
  private static SQLException batch(SQLException next) {
    BatchUpdateException batch =
        new BatchUpdateException(next.getMessage(), "HYT00", next.getErrorCode(), new int[0]);
    batch.setNextException(next);
    return batch;
  }
}
