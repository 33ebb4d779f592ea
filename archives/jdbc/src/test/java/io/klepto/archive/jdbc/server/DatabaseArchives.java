package io.klepto.archive.jdbc.server;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.testkit.ArchiveContract;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of archives over a database of each test's own. */
abstract class DatabaseArchives extends ArchiveContract {
  @RegisterExtension final FreshDatabase database;

  DatabaseArchives(TestEngine engine, Map<String, String> settings) {
    database = new FreshDatabase(engine, settings);
  }

  @Override
  public final <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
    return database.open(configuration);
  }
}
