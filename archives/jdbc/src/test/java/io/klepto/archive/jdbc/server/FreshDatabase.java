package io.klepto.archive.jdbc.server;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database of each test's own, in which a suite opens its archives. Used by one thread. */
final class FreshDatabase implements BeforeEachCallback, AfterEachCallback {
  private final TestEngine engine;
  private final Map<String, String> settings;
  private Database database;

  /**
   * Describes it.
   *
   * @param settings what the stores are opened with
   */
  FreshDatabase(TestEngine engine, Map<String, String> settings) {
    this.engine = engine;
    this.settings = settings;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    database = engine.newDatabase();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (database != null) {
      database.close();
    }
  }

  <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
    return Stores.openArchive(database, configuration, settings);
  }
}
