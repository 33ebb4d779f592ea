package io.klepto.archive.jdbc;

import io.klepto.archive.store.Durability;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import java.net.URI;
import java.util.Set;

/**
 * Opens stores that are tables in a database. The location is the JDBC URL itself: {@code
 * jdbc:h2:file:/data/cache}, {@code jdbc:sqlite:/data/cache.db}, {@code
 * jdbc:postgresql://host/database}, {@code jdbc:mariadb://host/database}; {@code jdbc:/data/cache}
 * is a file of H2. H2 comes with this module; another driver is added by the application.
 *
 * <p>Settings:
 *
 * <ul>
 *   <li>{@code url}: the JDBC URL, if it is no URI; the location is {@code jdbc:url} then
 *   <li>{@code user}, {@code password}
 *   <li>{@code table}: the one table that is the archive, whatever the namespace; unless set, each
 *       namespace has a table of its own, found again by the table {@code klepto_catalogue}
 *   <li>{@code column-id}, {@code column-version}, {@code column-created}, {@code column-duration},
 *       {@code column-deadline}, {@code column-checksum}, {@code column-record}, {@code
 *       column-key}, {@code column-value}: the names of its columns
 *   <li>{@code serialized}: {@code true} (as unless set): a record is one column of bytes; {@code
 *       false}: key and value stand in columns of their own, which other tools read, as far as the
 *       engine has a type for them, and otherwise as bytes. The declared types choose the columns;
 *       a type no value of which has a column is refused. How a table was made counts when it is
 *       opened again
 *   <li>{@code pool-size}: the most connections at once, 8 unless set
 *   <li>{@code connect-timeout-millis}, {@code lock-timeout-millis}: how long to wait for a
 *       connection, and for a lock of another session, 10,000 unless set
 *   <li>{@code statement-timeout-millis}: how long to wait for a server's answer, 300,000 unless
 *       set
 * </ul>
 *
 * <p>Connections are shared by all stores with equal URL, user and timeouts, and closed with the
 * last. What a store can do depends on the engine: H2 in a file is for one process, SQLite for many
 * of one host, servers for many hosts. MySQL is taken for MariaDB, and untested.
 *
 * <p>A put replaces a damaged record as it does any other. Elsewhere damage is thrown, reported by
 * {@code verify}, and set aside in a table beside, named {@code …_set_aside}. Engines that keep no
 * checksum of their pages can lose whole rows when their file is damaged; a file that is cut, a
 * catalogue that does not fit, what SQLite's own check finds and what the indexes of H2 miss are
 * told when an archive is opened or verified, and repair makes indexes anew. A file that is cut to
 * nothing can't be told from a new one, nor one that H2 opens in an earlier state.
 *
 * <p>Source: klepto's {@code sql_archive} and {@code sqltable_archive}.
 */
public final class JdbcStoreProvider implements StoreProvider {
  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public JdbcStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("jdbc");
  }

  @Override
  public Store open(URI location, StoreOptions options) {
    JdbcSettings settings = JdbcSettings.of(location, options);
    Access access = settings.access();
    String name =
        access.url().name()
            + settings.table().map(table -> ", table " + table).orElse("")
            + " ["
            + options.namespace()
            + "]";
    Dialect dialect = access.url().engine().dialect(access.url());
    Database database = Database.open(name, dialect, access);
    try {
      return open(database, settings, options);
    } catch (RuntimeException e) {
      try {
        database.close();
      } catch (RuntimeException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private static Store open(Database database, JdbcSettings settings, StoreOptions options) {
    Durability durability = durability(database, settings.access(), options);
    String layout =
        settings.serialized()
            ? RowFormat.PACKED
            : NativeRows.layoutOf(options.types(), database.store());
    RowFormat asked = RowFormat.of(layout, settings.names(), database.store());
    if (settings.table().isPresent()) {
      OneTable one = new OneTable(database, settings.table().get(), settings.names());
      OpenTable open = one.open(options, asked);
      return new JdbcStore(database, open, durability, () -> one.destroy(open.table()), () -> {});
    }
    Catalogue catalogue = new Catalogue(database);
    OpenTable open = catalogue.open(options, asked);
    return new JdbcStore(
        database, open, durability, () -> catalogue.destroy(open.table()), catalogue::dropOrphans);
  }

  /** Returns what writes reach, and refuses if that is less than what was asked for. */
  private static Durability durability(Database database, Access access, StoreOptions options) {
    Dialect dialect = database.dialect();
    Durability found =
        database.read("ask", "the durability", c -> dialect.durability(c, access.forced()));
    options
        .durability()
        .filter(asked -> asked.compareTo(found) > 0)
        .ifPresent(
            asked -> {
              throw database.refused(
                  "durability " + asked,
                  found + ", as the database is set up; " + dialect.syncRemedy());
            });
    return found;
  }
}
