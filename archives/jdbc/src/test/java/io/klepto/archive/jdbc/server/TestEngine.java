package io.klepto.archive.jdbc.server;

import java.nio.file.Path;
import java.util.HexFormat;

/** The database engines that are tested, embedded ones and servers. */
enum TestEngine {
  H2 {
    @Override
    Database newDatabase() {
      TemporaryFolder folder = TemporaryFolder.create("klepto-h2");
      Path file = folder.path().resolve("database");
      return new FileDatabase(this, folder, file, Path.of(file + ".mv.db"), "jdbc:h2:file:" + file);
    }
  },
  SQLITE {
    @Override
    Database newDatabase() {
      TemporaryFolder folder = TemporaryFolder.create("klepto-sqlite");
      Path file = folder.path().resolve("database.sqlite");
      return new FileDatabase(this, folder, file, file, "jdbc:sqlite:" + file);
    }
  },
  POSTGRES {
    @Override
    Database newDatabase() {
      return ServerDatabase.create(this, Servers.postgres());
    }
  },
  MARIADB {
    @Override
    Database newDatabase() {
      return ServerDatabase.create(this, Servers.mariaDb());
    }
  };

  /** Makes an empty database for one test; skips the test where the engine can't be had. */
  abstract Database newDatabase();

  /** Returns a name as it stands in a statement of the engine, whatever is in it. */
  String quote(String name) {
    return this == MARIADB
        ? "`" + name.replace("`", "``") + "`"
        : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** Returns bytes as they stand in a statement of the engine. */
  String bytes(byte[] bytes) {
    String digits = HexFormat.of().formatHex(bytes);
    return this == POSTGRES ? "'\\x" + digits + "'::bytea" : "x'" + digits + "'";
  }
}
