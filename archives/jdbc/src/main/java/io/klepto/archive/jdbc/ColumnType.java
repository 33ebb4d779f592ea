package io.klepto.archive.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** What a column holds; each {@link Dialect} has a type of its engine for it. */
enum ColumnType {
  /** A {@code byte[]} of exactly 32 bytes. */
  HASH(Types.VARBINARY),
  /** A {@code byte[]} of 1 to 32 bytes. */
  ID(Types.VARBINARY),
  /** A {@code byte[]} of any length. */
  BYTES(Types.VARBINARY),
  /** A {@code String} of any length. */
  TEXT(Types.VARCHAR),
  /** A {@code String} of at most 63 ASCII characters. */
  NAME(Types.VARCHAR),
  /** A {@code Short}. */
  SMALLINT(Types.SMALLINT),
  /** An {@code Integer}. */
  INTEGER(Types.INTEGER),
  /** A {@code Long}. */
  BIGINT(Types.BIGINT),
  /** A {@code Double}. */
  DOUBLE(Types.DOUBLE),
  /** A {@code Boolean}. */
  BOOLEAN(Types.BOOLEAN);

  private final int jdbcType;

  ColumnType(int jdbcType) {
    this.jdbcType = jdbcType;
  }

  /** Sets a parameter; null for none. */
  void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    if (value == null) {
      statement.setNull(index, jdbcType);
      return;
    }
    switch (this) {
      case HASH, ID, BYTES -> statement.setBytes(index, (byte[]) value);
      case TEXT, NAME -> statement.setString(index, (String) value);
      case SMALLINT -> statement.setShort(index, (Short) value);
      case INTEGER -> statement.setInt(index, (Integer) value);
      case BIGINT -> statement.setLong(index, (Long) value);
      case DOUBLE -> statement.setDouble(index, (Double) value);
      case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
    }
  }

  /** Returns the value in the current row; for none null, or 0 or false. */
  Object read(ResultSet rows, int index) throws SQLException {
    return switch (this) {
      case HASH, ID, BYTES -> rows.getBytes(index);
      case TEXT, NAME -> rows.getString(index);
      case SMALLINT -> rows.getShort(index);
      case INTEGER -> rows.getInt(index);
      case BIGINT -> rows.getLong(index);
      case DOUBLE -> rows.getDouble(index);
      case BOOLEAN -> rows.getBoolean(index);
    };
  }
}
