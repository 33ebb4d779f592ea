package io.klepto.archive.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of one table as statements name, bind and read them.
 *
 * <p>Those that hold nothing until a row is touched are written as {@code NULL}, never bound, and
 * one expression tells for all of them whether there is anything to read: to bind and to read them
 * in each row would take a good part of the time of a batch. Immutable; any thread may call.
 */
final class RowColumns {
  private final Dialect dialect;
  private final List<Column> columns;
  private final List<Integer> fresh;
  private final List<Integer> later;

  /**
   * Takes the columns.
   *
   * @param columns as {@link RowFormat#columns} has them
   */
  RowColumns(Dialect dialect, List<Column> columns) {
    this.dialect = dialect;
    this.columns = List.copyOf(columns);
    this.fresh = indexes(column -> !isLater(column));
    this.later = indexes(this::isLater);
  }

  /** Returns whether nothing stands in a column until its row is touched. */
  private boolean isLater(int column) {
    return column >= Row.CREATED && column <= Row.CHECKSUM && columns.get(column).nullable();
  }

  private List<Integer> indexes(IntPredicate which) {
    return IntStream.range(0, columns.size()).filter(which).boxed().toList();
  }

  List<Column> all() {
    return columns;
  }

  /** Returns the indexes of the columns that have a value in a row that was not touched. */
  List<Integer> fresh() {
    return fresh;
  }

  /** Returns an expression for each fresh column, in the order of {@link #bind}. */
  String freshList(Function<Column, String> expression) {
    return listOf(fresh, expression);
  }

  /** Returns all names, in the order of a {@link Row}. */
  String names() {
    return columns.stream().map(this::quoted).collect(Collectors.joining(", "));
  }

  /** Returns all names, those of the fresh columns first. */
  String insertedNames() {
    return freshList(this::quoted) + laterList(this::quoted);
  }

  /** Returns an expression for each column that is not fresh, with a comma before each. */
  String laterList(Function<Column, String> expression) {
    return later.isEmpty() ? "" : ", " + listOf(later, expression);
  }

  private String listOf(List<Integer> some, Function<Column, String> expression) {
    return some.stream().map(columns::get).map(expression).collect(Collectors.joining(", "));
  }

  /** Returns what {@link #readAll} reads. */
  String selected() {
    return later.isEmpty()
        ? names()
        : "%s, COALESCE(%s)".formatted(names(), listOf(later, this::quoted));
  }

  /** Returns the parameters of {@link #bind} and the rest as {@link #insertedNames} has them. */
  String insertedValues() {
    return "(" + freshList(column -> "?") + laterList(column -> "NULL") + ")";
  }

  /**
   * Returns assignments to all columns from one on.
   *
   * @param value what a fresh column is set to; the others are emptied
   */
  String assignments(int from, Function<Column, String> value) {
    return IntStream.range(from, columns.size())
        .mapToObj(i -> assignment(columns.get(i), isLater(i) ? column -> "NULL" : value))
        .collect(Collectors.joining(", "));
  }

  /** Returns assignments of parameters to the columns of times and checksum. */
  String touchingAssignments() {
    return columns.subList(Row.CREATED, Row.RECORD).stream()
        .map(column -> assignment(column, any -> "?"))
        .collect(Collectors.joining(", "));
  }

  private String assignment(Column column, Function<Column, String> value) {
    return quoted(column) + " = " + value.apply(column);
  }

  private String quoted(Column column) {
    return dialect.quoted(column.name());
  }

  String quoted(int column) {
    return quoted(columns.get(column));
  }

  /**
   * Binds the fresh columns of a row, but for those before one, and returns the next parameter.
   *
   * @param first the first parameter
   */
  int bind(PreparedStatement statement, int first, Row row, int from) throws SQLException {
    int parameter = first;
    for (int i : fresh) {
      if (i >= from) {
        bind(statement, parameter++, row, columns.get(i), i);
      }
    }
    return parameter;
  }

  /** Binds what {@link #touchingAssignments} has, and returns the next parameter. */
  int bindTimes(PreparedStatement statement, Row row) throws SQLException {
    int parameter = 1;
    for (int i = Row.CREATED; i < Row.RECORD; i++) {
      bind(statement, parameter++, row, columns.get(i), i);
    }
    return parameter;
  }

  private static void bind(
      PreparedStatement statement, int parameter, Row row, Column column, int index)
      throws SQLException {
    column.type().bind(statement, parameter, row.value(index));
  }

  /** Returns all rows that a statement selects as {@link #selected}. */
  List<Row> readAll(PreparedStatement statement) throws SQLException {
    List<Row> all = new ArrayList<>();
    readAll(statement, all);
    return all;
  }

  /** Adds all rows that a statement selects as {@link #selected}. */
  void readAll(PreparedStatement statement, List<Row> into) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        Object[] values = new Object[columns.size()];
        read(rows, fresh, values);
        if (!later.isEmpty() && isTouched(rows)) {
          read(rows, later, values);
        }
        into.add(new Row(values));
      }
    }
  }

  private void read(ResultSet rows, List<Integer> some, Object[] into) throws SQLException {
    for (int i : some) {
      into[i] = columns.get(i).read(rows, i + 1);
    }
  }

  private boolean isTouched(ResultSet rows) throws SQLException {
    rows.getLong(columns.size() + 1);
    return !rows.wasNull();
  }
}
