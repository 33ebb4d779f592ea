package io.klepto.archive.jdbc;

import io.klepto.archive.store.SettingsReader;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of the columns of one table.
 *
 * @param id the primary key, which the key alone decides
 * @param version the version of the record
 * @param created when the value was written, ms since 1970-01-01T00:00Z
 * @param duration the time to live that was granted last, ms
 * @param deadline when the record expires, ms since 1970-01-01T00:00Z
 * @param checksum the checksum of what stands in columns of its own
 * @param record the record, or of a native table what has no form for its columns
 * @param key the key, in a native table
 * @param value the value, in a native table
 */
record ColumnNames(
    String id,
    String version,
    String created,
    String duration,
    String deadline,
    String checksum,
    String record,
    String key,
    String value) {
  /** The names of all tables whose columns nobody names. */
  static final ColumnNames STANDARD =
      new ColumnNames(
          "key_id",
          "version",
          "created",
          "duration",
          "deadline",
          "checksum",
          "record",
          "key",
          "value");

  private static final String SETTING = "column-";
  private static final String TYPE = "_type";

  /** Takes the names out of settings: {@code column-id} and so on. */
  static ColumnNames of(SettingsReader reader) {
    return new ColumnNames(
        reader.text(SETTING + "id").orElse(STANDARD.id),
        reader.text(SETTING + "version").orElse(STANDARD.version),
        reader.text(SETTING + "created").orElse(STANDARD.created),
        reader.text(SETTING + "duration").orElse(STANDARD.duration),
        reader.text(SETTING + "deadline").orElse(STANDARD.deadline),
        reader.text(SETTING + "checksum").orElse(STANDARD.checksum),
        reader.text(SETTING + "record").orElse(STANDARD.record),
        reader.text(SETTING + "key").orElse(STANDARD.key),
        reader.text(SETTING + "value").orElse(STANDARD.value));
  }

  /** Returns the setting that gave a column its name, for messages. */
  String settingOf(String column) {
    Map<String, String> settings = new HashMap<>();
    settings.put(value, "value");
    settings.put(valueType(), "value");
    settings.put(key, "key");
    settings.put(keyType(), "key");
    settings.put(record, "record");
    settings.put(checksum, "checksum");
    settings.put(deadline, "deadline");
    settings.put(duration, "duration");
    settings.put(created, "created");
    settings.put(version, "version");
    settings.put(id, "id");
    return SETTING + settings.get(column);
  }

  /** Returns the name of the column that tells the type of the keys, where each has its own. */
  String keyType() {
    return key + TYPE;
  }

  /** Returns the name of the column that tells the type of the values, where each has its own. */
  String valueType() {
    return value + TYPE;
  }
}
