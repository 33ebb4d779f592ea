package io.klepto.archive.jdbc.server;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.testkit.GuavaMapContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The view of an archive as a map, in every engine; in H2 and SQLite also of one table. */
final class MapViewTest {
  private static final Map<String, String> DICTIONARY = Map.of();
  private static final Map<String, String> ONE_TABLE = Map.of("table", "entries");

  /** The suite over one engine. */
  abstract static class Suite extends GuavaMapContract {
    @RegisterExtension final FreshDatabase database;

    Suite(TestEngine engine, Map<String, String> settings) {
      database = new FreshDatabase(engine, settings);
    }

    @Override
    public final <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
      return database.open(configuration);
    }
  }

  @Nested
  final class InH2 extends Suite {
    InH2() {
      super(TestEngine.H2, DICTIONARY);
    }
  }

  @Nested
  final class InOneTableOfH2 extends Suite {
    InOneTableOfH2() {
      super(TestEngine.H2, ONE_TABLE);
    }
  }

  @Nested
  final class InSqlite extends Suite {
    InSqlite() {
      super(TestEngine.SQLITE, DICTIONARY);
    }
  }

  @Nested
  final class InOneTableOfSqlite extends Suite {
    InOneTableOfSqlite() {
      super(TestEngine.SQLITE, ONE_TABLE);
    }
  }

  @Nested
  final class InPostgres extends Suite {
    InPostgres() {
      super(TestEngine.POSTGRES, DICTIONARY);
    }
  }

  @Nested
  final class InMariaDb extends Suite {
    InMariaDb() {
      super(TestEngine.MARIADB, DICTIONARY);
    }
  }
}
