package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.StoreOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table that is the archive, by a name that the user chose, without a catalogue: klepto's
 * {@code sqltable}.
 *
 * <p>A table that we make carries its {@link TableStamp} as a comment. One that somebody else made
 * for us carries none: it must have the columns, and a primary key or unique index on the id alone;
 * its identity is not compared, and destroying it removes its rows alone.
 *
 * <p>Safe for use by many threads.
 */
final class OneTable {
  private final Database database;
  private final Dialect dialect;
  private final String name;
  private final ColumnNames names;

  OneTable(Database database, String name, ColumnNames names) {
    this.database = database;
    this.dialect = database.dialect();
    this.name = name;
    this.names = names;
    requireUsable("table", name, JdbcTable.QUARANTINE_SUFFIX.length());
  }

  /**
   * Returns the table and its format, making it if missing.
   *
   * @param asked the format that a new table gets
   * @throws ArchiveException if it has another identity, lacks columns, or its stamp is damaged
   */
  OpenTable open(StoreOptions options, RowFormat asked) {
    Set<String> distinct = new HashSet<>();
    for (Column column : asked.columns()) {
      requireUsable(names.settingOf(column.name()), column.name(), 0);
      if (!distinct.add(column.name().toLowerCase(Locale.ROOT))) {
        throw database.refused(
            "column names that differ in more than case",
            "\"%s\" in setting %s".formatted(column.name(), names.settingOf(column.name())));
      }
    }
    JdbcTable table = new JdbcTable(dialect, name, asked.columns());
    Set<String> found = columnsFound(table);
    if (found.isEmpty()) {
      make(table, new TableStamp(asked.layout(), options.identity()));
      found = columnsFound(table);
    }
    String subject = database.store() + ", table " + name;
    Optional<TableStamp> stamp = stamp().map(line -> TableStamp.of(line, subject));
    stamp.ifPresent(known -> known.requireIdentity(options.identity(), subject));
    RowFormat format =
        stamp.isEmpty() ? asked : RowFormat.of(stamp.get().layout(), names, database.store());
    if (format == null) {
      throw database.refused("a layout that this release knows", stamp.get().layout());
    }
    Set<String> missing = format.columns().stream().map(Column::name).collect(Collectors.toSet());
    missing.removeAll(found);
    if (!missing.isEmpty()) {
      throw database.refused(
          "columns " + missing + " in table " + name,
          found + "; name them by the settings column-…, or choose another table");
    }
    if (stamp.isEmpty()) {
      requireUniqueId();
    }
    return new OpenTable(new JdbcTable(dialect, name, format.columns()), format);
  }

  private void requireUsable(String setting, String text, int reserved) {
    String expected = dialect.refusal(text, reserved);
    if (expected != null) {
      throw database.refused(
          "a name for setting " + setting + " of " + expected, "\"" + text + "\"");
    }
  }

  /** Returns the columns of the table, none if there is no table. */
  private Set<String> columnsFound(JdbcTable table) {
    try {
      return database.read("look at", "table " + name, table::columnsFound);
    } catch (SqlFailure e) {
      if (e.kind() == FailureKind.NO_TABLE) {
        return Set.of();
      }
      throw e;
    }
  }

  private void make(JdbcTable table, TableStamp stamp) {
    try {
      database.transact(
          "make",
          "table " + name,
          c -> {
            table.create(c, stamp.text());
            return Database.Outcome.commit(null);
          });
    } catch (SqlFailure e) {
      if (e.kind() != FailureKind.TABLE_EXISTS && e.kind() != FailureKind.DUPLICATE) {
        throw e; // otherwise another user made it
      }
    }
  }

  private Optional<String> stamp() {
    return database
        .read("read the comment of", "table " + name, c -> dialect.remark(c, name, names.id()))
        .filter(remark -> remark.startsWith(TableStamp.MAGIC));
  }

  private void requireUniqueId() {
    boolean unique = database.read("look at the keys of", "table " + name, c -> hasUniqueId(c));
    if (!unique) {
      throw database.refused(
          "a primary key or unique index on column %s of table %s".formatted(names.id(), name),
          "none; add one, or let the table be made when it is opened");
    }
  }

  private boolean hasUniqueId(Connection connection) throws SQLException {
    Map<String, Set<String>> columnsByIndex = new HashMap<>();
    try (ResultSet rows =
        connection
            .getMetaData()
            .getIndexInfo(connection.getCatalog(), connection.getSchema(), name, true, true)) {
      while (rows.next()) {
        if (rows.getString("COLUMN_NAME") != null) {
          columnsByIndex
              .computeIfAbsent(String.valueOf(rows.getString("INDEX_NAME")), i -> new HashSet<>())
              .add(rows.getString("COLUMN_NAME"));
        }
      }
    }
    return columnsByIndex.containsValue(Set.of(names.id()));
  }

  /** Drops the table if we made it, and otherwise empties it. */
  void destroy(JdbcTable table) {
    boolean ours = stamp().isPresent();
    database.write(
        "destroy",
        "table " + name,
        c -> {
          if (ours) {
            table.drop(c);
          } else {
            Dialect.execute(c, "DELETE FROM " + table.quotedName());
          }
          return null;
        });
  }
}
