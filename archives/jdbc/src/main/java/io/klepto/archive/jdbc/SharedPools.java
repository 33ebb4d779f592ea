package io.klepto.archive.jdbc;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The pools of this class loader, one for each {@link Access}: opened with the first store that
 * needs it, closed with the last. Safe for use by many threads.
 */
final class SharedPools {
  private static final ConcurrentMap<Access, Shared> POOLS = new ConcurrentHashMap<>();

  private SharedPools() {}

  /**
   * A pool as one store has it.
   *
   * @param pool the pool
   * @param shared who counts those that have it
   */
  record Lease(ConnectionPool pool, Shared shared) {
    /** Gives it back, once. */
    void end() throws SQLException {
      shared.leave();
    }
  }

  /** Returns the pool for an access, opening it if nobody has it. */
  static Lease lease(Access access, Dialect dialect) throws SQLException {
    while (true) {
      Shared shared = POOLS.computeIfAbsent(access, Shared::new);
      Lease lease = shared.enter(dialect);
      if (lease != null) {
        return lease;
      }
    }
  }

  /** One pool and how many have it; its monitor guards its fields, opening and closing. */
  static final class Shared {
    private final Access access;
    private ConnectionPool pool;
    private int users;
    private boolean ended;

    Shared(Access access) {
      this.access = access;
    }

    private synchronized Lease enter(Dialect dialect) throws SQLException {
      if (ended) {
        return null; // closed while we waited; another takes its place
      }
      if (pool == null) {
        boolean opened = false;
        try {
          pool = ConnectionPool.open(access, dialect);
          opened = true;
        } finally {
          if (!opened) {
            end();
          }
        }
      }
      users++;
      return new Lease(pool, this);
    }

    private synchronized void leave() throws SQLException {
      users--;
      if (users == 0) {
        try {
          pool.close();
        } finally {
          end();
        }
      }
    }

    private void end() {
      ended = true;
      POOLS.remove(access, this);
    }
  }
}
