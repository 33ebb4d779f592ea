/**
 * Stores in SQL databases: H2, SQLite, PostgreSQL and MariaDB, each of them tested as it is. MySQL
 * is spoken to as MariaDB is, and untested. Start with {@link
 * io.klepto.archive.jdbc.JdbcStoreProvider} for the URIs and settings, {@code RowFormat} for what
 * stands in a row, {@code Dialect} for what an engine does in its own way, {@code ConnectionPool}
 * for how connections are shared and kept from interrupts.
 */
package io.klepto.archive.jdbc;
