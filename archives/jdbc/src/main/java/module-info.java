/** Archives in SQL databases, through JDBC and a pool. */
module io.klepto.archive.jdbc {
  requires transitive io.klepto.archive;
  requires java.sql;
  requires com.zaxxer.hikari;

  exports io.klepto.archive.jdbc;

  provides io.klepto.archive.store.StoreProvider with
      io.klepto.archive.jdbc.JdbcStoreProvider;
}
