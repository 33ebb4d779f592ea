package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.lock.Uninterrupted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A database as one store uses it: each call is made with a connection of the pool, made again
 * where that is safe, and its failure told by name and without secrets.
 *
 * <p>Made again is what was rolled back in favour of another, and, once, a read whose connection
 * broke. A write whose connection broke is not: it may have been done.
 *
 * <p>Safe for use by many threads.
 */
final class Database implements AutoCloseable {
  private static final int MOST_ATTEMPTS = 30;
  private static final int MOST_PAUSE_MILLIS = 50;

  private final String store;
  private final Dialect dialect;
  private final Secrets secrets;
  private final String forcing;
  private final SharedPools.Lease lease;

  private Database(String store, Dialect dialect, Access access, SharedPools.Lease lease) {
    this.store = store;
    this.dialect = dialect;
    this.secrets = access.secrets();
    this.forcing = access.forced() ? dialect.forcingStatement() : null;
    this.lease = lease;
  }

  /**
   * Connects.
   *
   * @param store the name of the store, for messages
   */
  static Database open(String store, Dialect dialect, Access access) {
    try {
      return new Database(store, dialect, access, SharedPools.lease(access, dialect));
    } catch (SQLException e) {
      throw failure(store, dialect, access.secrets(), "open", "it", e);
    }
  }

  Dialect dialect() {
    return dialect;
  }

  String store() {
    return store;
  }

  /**
   * Makes a call that only reads.
   *
   * @param action what it does, as a verb, and {@code subject} with what, for the message
   */
  <T> T read(String action, Object subject, SqlCall<T> call) {
    return repeated(action, subject, true, () -> lease.pool().read(call));
  }

  /** Makes a call that is one statement, or several of which each may be done alone. */
  <T> T write(String action, Object subject, SqlCall<T> call) {
    return repeated(action, subject, false, () -> lease.pool().write(c -> forced(c, call)));
  }

  private <T> T forced(Connection connection, SqlCall<T> call) throws SQLException {
    T result = call.run(connection);
    if (forcing != null) {
      Dialect.execute(connection, forcing);
    }
    return result;
  }

  /** Makes a call within a transaction: it is done as a whole or not at all. */
  <T> T transact(String action, Object subject, SqlCall<Outcome<T>> call) {
    return write(action, subject, connection -> transacted(connection, call));
  }

  /** Makes a call within a transaction, which is rolled back if the call returns false. */
  boolean transactIf(String action, Object subject, SqlCall<Boolean> call) {
    return transact(
        action, subject, c -> call.run(c) ? Outcome.commit(true) : Outcome.rollback(false));
  }

  /**
   * What a transaction yields.
   *
   * @param result what its caller gets
   * @param commit whether what it did stays
   */
  record Outcome<T>(T result, boolean commit) {
    static <T> Outcome<T> commit(T result) {
      return new Outcome<>(result, true);
    }

    static <T> Outcome<T> rollback(T result) {
      return new Outcome<>(result, false);
    }
  }

  private static <T> T transacted(Connection connection, SqlCall<Outcome<T>> call)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      Outcome<T> outcome = call.run(connection);
      if (outcome.commit()) {
        connection.commit();
      } else {
        connection.rollback();
      }
      connection.setAutoCommit(true);
      return outcome.result();
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
        connection.setAutoCommit(true);
      } catch (SQLException rollingBack) {
        e.addSuppressed(rollingBack);
      }
      throw e;
    }
  }

  private interface Attempt<T> {
    T run() throws SQLException;
  }

  private <T> T repeated(String action, Object subject, boolean reads, Attempt<T> attempt) {
    for (int number = 1; true; number++) {
      try {
        return attempt.run();
      } catch (SQLException e) {
        FailureKind kind = dialect.kindOf(e);
        if (kind == FailureKind.LOST) {
          lease.pool().forgetConnections();
        }
        boolean again =
            (kind == FailureKind.CONTENDED && number < MOST_ATTEMPTS)
                || (kind == FailureKind.LOST && reads && number == 1 && !isLackOfConnections(e));
        if (!again) {
          throw failure(store, dialect, secrets, action, subject, e);
        }
        if (kind == FailureKind.CONTENDED) {
          pause(Math.min(number, MOST_PAUSE_MILLIS));
        }
      }
    }
  }

  /** Returns whether the pool has waited for a connection already, in vain. */
  private static boolean isLackOfConnections(SQLException failure) {
    return failure instanceof SQLTransientConnectionException;
  }

  /** Waits some random part of a time. */
  private static void pause(int mostMillis) {
    Uninterrupted.pause(
        TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(mostMillis) + 1));
  }

  private static SqlFailure failure(
      String store,
      Dialect dialect,
      Secrets secrets,
      String action,
      Object subject,
      SQLException cause) {
    FailureKind kind = dialect.kindOf(cause);
    List<SQLException> causes = Dialect.causes(cause);
    // What is damaged, its first cause says; what one could mend by waiting, the failure itself.
    SQLException telling = kind == FailureKind.CORRUPT ? causes.get(causes.size() - 1) : cause;
    String found = secrets.hide(String.valueOf(telling.getMessage()));
    String state = telling.getSQLState() == null ? "" : " (SQLState " + telling.getSQLState() + ")";
    return new SqlFailure(
        kind,
        "cannot %s %s in %s: expected %s, found \"%s\"%s; %s"
            .formatted(
                action, subject, store, kind.expected(), found.strip(), state, kind.remedy()),
        secrets.hide(cause));
  }

  /** Lets go of the pool. */
  @Override
  public void close() {
    try {
      lease.end();
    } catch (SQLException e) {
      throw failure(store, dialect, secrets, "close", "the connections", e);
    }
  }

  /**
   * Refuses a row that the engine takes in no statement, before it is sent: what a server does with
   * it is to hang up.
   *
   * @param mostBytes the most that a statement may have
   */
  void requireFits(Row row, Object subject, long mostBytes) {
    long bytes = dialect.statementBytes(row);
    if (bytes > mostBytes) {
      throw new SqlFailure(
          FailureKind.TOO_LARGE,
          "cannot write %s in %s: expected at most %d bytes, %s, found %d; %s"
              .formatted(
                  subject,
                  store,
                  mostBytes,
                  dialect.sizeLimit(),
                  bytes,
                  FailureKind.TOO_LARGE.remedy()),
          null);
    }
  }

  /** Returns a failure that is no engine's. */
  ArchiveException refused(String expected, String found) {
    return new ArchiveException(
        "cannot open archive %s: expected %s, found %s".formatted(store, expected, found));
  }
}
