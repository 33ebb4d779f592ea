package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.StoreOptions;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table that says which namespace lies in which table: {@code klepto_catalogue}.
 *
 * <pre>
 * table_name  the table of a namespace, the primary key
 * owner       SHA-256 of the namespace; unique; null while the table is made or dropped
 * namespace   the namespace, as AsciiText
 * stamp       see TableStamp
 * since       when the row was written, ms since 1970-01-01T00:00Z
 * </pre>
 *
 * <p>A table is made under a name that nobody else has, and belongs to the namespace from the
 * moment its row has the owner, which is unique: of two who make the same namespace at once, one
 * succeeds, and the other takes that one's table. Destroying begins with taking the owner away. So
 * whoever dies midway leaves a row without owner, by which {@link #dropOrphans} finds the table.
 *
 * <p>Safe for use by many threads.
 */
final class Catalogue {
  private static final String NAME = "klepto_catalogue";
  private static final List<Column> COLUMNS =
      List.of(
          Column.required("table_name", ColumnType.NAME),
          Column.optional("owner", ColumnType.HASH),
          Column.required("namespace", ColumnType.TEXT),
          Column.required("stamp", ColumnType.TEXT),
          Column.required("since", ColumnType.BIGINT));
  private static final int SHOWN_CHARS = 24;
  private static final int MOST_ROUNDS = 10;
  private static final long ORPHAN_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final Pattern OURS = Pattern.compile("klepto_.*_[0-9a-f]{16}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final Dialect dialect;
  private final String name;

  Catalogue(Database database) {
    this.database = database;
    this.dialect = database.dialect();
    this.name = dialect.quoted(NAME);
  }

  /**
   * Returns the table of a namespace and its format, making both if missing.
   *
   * @param asked the format that a new table gets
   * @throws ArchiveException if the namespace has another identity, or its row is damaged
   */
  OpenTable open(StoreOptions options, RowFormat asked) {
    byte[] owner = hashOf(options.namespace());
    TableStamp stamp = new TableStamp(asked.layout(), options.identity());
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Entry found = find(owner);
      if (found != null) {
        OpenTable known = checked(found, options);
        if (exists(known.table())) {
          return known;
        } else if (found.equals(find(owner))) {
          throw database.refused(
              "table %s, which the catalogue names".formatted(found.table),
              "none; restore it, or remove its row from table " + NAME);
        }
        continue; // destroyed between two looks
      }
      requireWhole();
      JdbcTable fresh = new JdbcTable(dialect, freshName(options.namespace()), asked.columns());
      if (make(fresh, owner, AsciiText.escape(options.namespace()), stamp.text())) {
        return new OpenTable(fresh, asked);
      }
    }
    throw database.refused(
        "to make or find the table of the namespace",
        "others who make and destroy it all the time; try again");
  }

  /** Returns whether a table is there, as far as anybody may look at it. */
  private boolean exists(JdbcTable table) {
    try {
      database.read("look at", "table " + table.name(), table::columnsFound);
      return true;
    } catch (SqlFailure e) {
      if (e.kind() == FailureKind.NO_TABLE) {
        return false;
      }
      throw e;
    }
  }

  private record Entry(String table, String namespace, String stamp) {}

  /** Returns the row of an owner, or null; makes the catalogue where there is none. */
  private Entry find(byte[] owner) {
    try {
      return database.read("read the catalogue of", "archives", c -> find(c, owner));
    } catch (SqlFailure e) {
      if (e.kind() != FailureKind.NO_TABLE) {
        throw e;
      }
    }
    try {
      database.read("look for", "tables without a catalogue", this::requireNoTables);
      database.write("make the catalogue of", "archives", this::create);
    } catch (SqlFailure e) {
      if (e.kind() != FailureKind.TABLE_EXISTS && e.kind() != FailureKind.DUPLICATE) {
        throw e; // otherwise another user made it
      }
    }
    return database.read("read the catalogue of", "archives", c -> find(c, owner));
  }

  private Entry find(Connection connection, byte[] owner) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT %s, %s, %s FROM %s WHERE %s = ?"
                .formatted(column(0), column(2), column(3), name, column(1)))) {
      statement.setBytes(1, owner);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? new Entry(rows.getString(1), rows.getString(2), rows.getString(3))
            : null;
      }
    }
  }

  /** Refuses to make a catalogue where one was lost. */
  private Void requireNoTables(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    try (ResultSet tables =
        metaData.getTables(connection.getCatalog(), connection.getSchema(), null, null)) {
      String left = null;
      boolean found = false;
      while (tables.next()) {
        String table = tables.getString("TABLE_NAME");
        found |= table.equals(NAME); // another user has just made it
        left = OURS.matcher(table).matches() ? table : left;
      }
      if (left != null && !found) {
        throw database.refused(
            "table " + NAME + " beside table " + left,
            "none; it is lost or damaged: restore the database");
      }
      return null;
    }
  }

  /**
   * Refuses to make a table for a namespace that seems to have none where the catalogue is damaged:
   * it may have had one.
   */
  private void requireWhole() {
    List<String> damages =
        new ArrayList<>(database.read("check", "table " + NAME, c -> dialect.check(c, name)));
    damages.addAll(database.read("read the catalogue of", "archives", this::wrongOwners));
    if (!damages.isEmpty()) {
      throw database.refused(
          "a whole table " + NAME, damages.get(0) + "; it is damaged: restore the database");
    }
  }

  private List<String> wrongOwners(Connection connection) throws SQLException {
    List<String> wrong = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT %s, %s FROM %s WHERE %s IS NOT NULL"
                    .formatted(column(1), column(2), name, column(1)));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String namespace = rows.getString(2);
        if (!isOwner(rows.getBytes(1), namespace)) {
          wrong.add("another owner for namespace " + namespace);
        }
      }
    }
    return wrong;
  }

  private static boolean isOwner(byte[] owner, String escaped) {
    try {
      return Arrays.equals(owner, hashOf(AsciiText.unescape(String.valueOf(escaped))));
    } catch (IllegalArgumentException e) {
      return false; // it was never written so
    }
  }

  private String column(int index) {
    return dialect.quoted(COLUMNS.get(index).name());
  }

  private Void create(Connection connection) throws SQLException {
    String definitions =
        COLUMNS.stream()
            .map(
                column ->
                    dialect.quoted(column.name())
                        + " "
                        + dialect.typeOf(column.type())
                        + (column.nullable() ? "" : " NOT NULL"))
            .collect(Collectors.joining(", "));
    Dialect.execute(
        connection,
        "CREATE TABLE %s (%s, PRIMARY KEY (%s), UNIQUE (%s))%s"
            .formatted(name, definitions, column(0), column(1), dialect.tableOptions()));
    return null;
  }

  private OpenTable checked(Entry entry, StoreOptions options) {
    String subject = database.store() + ", table " + NAME;
    String escaped = AsciiText.escape(options.namespace());
    if (!entry.namespace.equals(escaped)) {
      throw database.refused(
          "namespace " + escaped + " in table " + NAME, entry.namespace + "; it is damaged");
    }
    TableStamp stamp = TableStamp.of(entry.stamp, subject);
    stamp.requireIdentity(options.identity(), subject);
    RowFormat format = RowFormat.of(stamp.layout(), ColumnNames.STANDARD, database.store());
    if (format == null) {
      throw database.refused("a layout that this release knows", stamp.layout());
    }
    JdbcTable table = new JdbcTable(dialect, entry.table, format.columns());
    return new OpenTable(table, format);
  }

  /** Makes a table and gives it to its owner; returns false if another table got there first. */
  private boolean make(JdbcTable table, byte[] owner, String namespace, String stamp) {
    String subject = "table " + table.name();
    database.write("announce", subject, c -> announce(c, table.name(), namespace, stamp));
    database.write(
        "make",
        subject,
        c -> {
          table.create(c, null);
          return null;
        });
    boolean owned = database.write("hand over", subject, c -> setOwner(c, table.name(), owner));
    if (!owned) {
      drop(table);
    }
    return owned;
  }

  private Void announce(Connection connection, String table, String namespace, String stamp)
      throws SQLException {
    String columns =
        COLUMNS.stream().map(c -> dialect.quoted(c.name())).collect(Collectors.joining(", "));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO %s (%s) VALUES (?, NULL, ?, ?, ?)".formatted(name, columns))) {
      statement.setString(1, table);
      statement.setString(2, namespace);
      statement.setString(3, stamp);
      statement.setLong(4, System.currentTimeMillis());
      statement.executeUpdate();
      return null;
    }
  }

  private boolean setOwner(Connection connection, String table, byte[] owner) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET %s = ? WHERE %s = ?".formatted(name, column(1), column(0)))) {
      ColumnType.HASH.bind(statement, 1, owner);
      statement.setString(2, table);
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      return dialect.requireDuplicate(e);
    }
  }

  /** Takes a table from its owner, at one moment, then drops it. */
  void destroy(JdbcTable table) {
    database.write("destroy", "table " + table.name(), c -> setOwner(c, table.name(), null));
    drop(table);
  }

  private void drop(JdbcTable table) {
    database.write(
        "drop",
        "table " + table.name(),
        c -> {
          table.drop(c);
          forget(c, table.name());
          return null;
        });
  }

  private void forget(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM %s WHERE %s = ? AND %s IS NULL".formatted(name, column(0), column(1)))) {
      statement.setString(1, table);
      statement.executeUpdate();
    }
  }

  /** Drops the tables that somebody made or dropped more than an hour ago and did not finish. */
  void dropOrphans() {
    long before = System.currentTimeMillis() - ORPHAN_MILLIS;
    List<String> orphans =
        database.read("read the catalogue of", "archives", c -> orphans(c, before));
    for (String orphan : orphans) {
      drop(new JdbcTable(dialect, orphan, COLUMNS_OF_ANY));
    }
  }

  private static final List<Column> COLUMNS_OF_ANY =
      new PackedRows(ColumnNames.STANDARD, NAME).columns();

  private List<String> orphans(Connection connection, long before) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT %s FROM %s WHERE %s IS NULL AND %s < ?"
                .formatted(column(0), name, column(1), column(4)))) {
      statement.setLong(1, before);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> names = new ArrayList<>();
        while (rows.next()) {
          names.add(rows.getString(1));
        }
        return names;
      }
    }
  }

  /** Returns a name for a table: something to recognise the namespace by, and 64 random bits. */
  private static String freshName(String namespace) {
    String shown =
        namespace
            .substring(0, Math.min(namespace.length(), SHOWN_CHARS))
            .replaceAll("[^A-Za-z0-9]", "_")
            .toLowerCase(Locale.ROOT);
    return "klepto_" + shown + "_" + HexFormat.of().toHexDigits(RANDOM.nextLong());
  }

  /** Returns the SHA-256 of the UTF-16 units, as UTF-8 would make one of all lone surrogates. */
  private static byte[] hashOf(String namespace) {
    ByteBuffer units = ByteBuffer.allocate(namespace.length() * Character.BYTES);
    for (int i = 0; i < namespace.length(); i++) {
      units.putChar(namespace.charAt(i));
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(units.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }
}
