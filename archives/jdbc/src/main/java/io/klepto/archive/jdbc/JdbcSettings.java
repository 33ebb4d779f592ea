package io.klepto.archive.jdbc;

import io.klepto.archive.store.Durability;
import io.klepto.archive.store.SettingsReader;
import io.klepto.archive.store.StoreOptions;
import java.net.URI;
import java.util.Optional;

/**
 * What a store is told by its location and settings.
 *
 * @param access how to connect
 * @param table the one table that is the archive; empty for a table per namespace
 * @param names the names of the columns
 * @param serialized whether records stand in one column of bytes
 */
record JdbcSettings(Access access, Optional<String> table, ColumnNames names, boolean serialized) {
  private static final int POOL_SIZE = 8;
  private static final int MAX_POOL_SIZE = 1_000;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int LOCK_MILLIS = 10_000;
  private static final int STATEMENT_MILLIS = 300_000;
  private static final int MIN_CONNECT_MILLIS = 250;
  private static final int MAX_MILLIS = 86_400_000;

  /** Takes the settings, and refuses those that are not known. */
  static JdbcSettings of(URI location, StoreOptions options) {
    SettingsReader reader = options.settings().reader("at a jdbc: location");
    JdbcUrl url = JdbcUrl.of(location, reader.secret("url"));
    String user = reader.text("user").orElse(null);
    String password = reader.secret("password").orElse(null);
    boolean serialized = reader.flag("serialized", true);
    Optional<String> table = reader.text("table");
    ColumnNames names = table.isPresent() ? ColumnNames.of(reader) : ColumnNames.STANDARD;
    int poolSize = (int) reader.wholeNumber("pool-size", POOL_SIZE, 1, MAX_POOL_SIZE);
    Timeouts timeouts =
        new Timeouts(
            millis(reader, "connect-timeout-millis", CONNECT_MILLIS, MIN_CONNECT_MILLIS),
            millis(reader, "lock-timeout-millis", LOCK_MILLIS, 1),
            millis(reader, "statement-timeout-millis", STATEMENT_MILLIS, 1));
    reader.requireNoneLeft();
    boolean forced = options.durability().filter(Durability.SYNC::equals).isPresent();
    return new JdbcSettings(
        new Access(url, user, password, poolSize, timeouts, forced), table, names, serialized);
  }

  private static int millis(SettingsReader reader, String name, int unset, int min) {
    return (int) reader.wholeNumber(name, unset, min, MAX_MILLIS);
  }
}
