package io.klepto.archive.jdbc.server;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.store.EntryTypes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.testkit.ArchiveContract;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of archives over a database of each test's own. */
abstract class DatabaseArchives extends ArchiveContract {
  private final TestEngine engine;
  private final Map<String, String> settings;
  private Database database;

  /**
   * Creates the suite.
   *
   * @param settings what the stores are opened with
   */
  DatabaseArchives(TestEngine engine, Map<String, String> settings) {
    this.engine = engine;
    this.settings = settings;
  }

  @BeforeEach
  final void makeDatabase() {
    database = engine.newDatabase();
  }

  @AfterEach
  final void removeDatabase() {
    if (database != null) {
      database.close();
    }
  }

  @Override
  public final <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
    StoreOptions options =
        new StoreOptions(configuration.namespace(), configuration.durability(), Map.of())
            .with(new EntryTypes(configuration.keyType(), configuration.valueType()));
    Store store = Stores.open(database.location(), options, settings);
    return Archives.over(store, configuration);
  }
}
