package io.klepto.archive.jdbc.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.store.EntryTypes;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.StoresByUri;
import io.klepto.keymap.KeyBytes;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Opens stores as an application does, and makes the keys and contents that tests put in them. */
final class Stores {
  /** The namespace of tests that need only one. */
  static final String NAMESPACE = "orders";

  private static final RecordTimes TIMES = RecordTimes.eternal(1_700_000_000_000L);

  private Stores() {}

  /** Opens a namespace of a database with the settings of a back-end. */
  static Store open(Database database, String namespace, Map<String, String> settings) {
    return open(database.location(), namespace, settings);
  }

  /** Opens {@link #NAMESPACE} of a database without settings. */
  static Store open(Database database) {
    return open(database, NAMESPACE, Map.of());
  }

  /** Opens a namespace at a location. */
  static Store open(URI location, String namespace, Map<String, String> settings) {
    return open(location, new StoreOptions(namespace, Optional.empty(), Map.of()), settings);
  }

  /** Opens a namespace at a location, by the provider for its scheme. */
  static Store open(URI location, StoreOptions options, Map<String, String> settings) {
    return StoresByUri.open(location, options.with(StoreSettings.of(settings)));
  }

  /** Opens an archive over a namespace of a database. */
  static <K, V> Archive<K, V> openArchive(
      Database database, ArchiveConfiguration<K, V> configuration, Map<String, String> settings) {
    StoreOptions options =
        new StoreOptions(configuration.namespace(), configuration.durability(), Map.of())
            .with(new EntryTypes(configuration.keyType(), configuration.valueType()));
    Store store = open(database.location(), options, settings);
    return Archives.over(store, configuration);
  }

  /** Returns the table of a namespace, in quotes, as the catalogue of its database tells. */
  static String tableOf(Database database, String namespace) {
    String sql =
        "select %s from %s where %s is not null and %s = '%s'"
            .formatted(
                database.engine().quote("table_name"),
                database.engine().quote("klepto_catalogue"),
                database.engine().quote("owner"),
                database.engine().quote("namespace"),
                namespace);
    try {
      Object table = database.query(sql).get(0).get(0);
      return database.engine().quote(table.toString());
    } catch (SQLException e) {
      throw new AssertionError("cannot find the table of " + namespace, e);
    }
  }

  static KeyBytes key(String text) {
    return KeyBytes.of(text.getBytes(UTF_8));
  }

  static String textOf(KeyBytes key) {
    return new String(key.bytes(), UTF_8);
  }

  static RecordContent content(String text) {
    return new RecordContent(7, 3, TIMES, text.getBytes(UTF_8));
  }

  /** Returns the text that {@link #content} was made of. */
  static String textOf(StoreRecord record) {
    return new String(record.content().payload(), UTF_8);
  }

  /** Returns the texts of all records by the texts of their keys, as a scan finds them. */
  static Map<String, String> textsIn(Store store) {
    Map<String, String> texts = new TreeMap<>();
    try (RecordCursor cursor = store.scan()) {
      for (StoreRecord next = cursor.next(); next != null; next = cursor.next()) {
        texts.put(textOf(next.key()), textOf(next));
      }
    }
    return texts;
  }
}
