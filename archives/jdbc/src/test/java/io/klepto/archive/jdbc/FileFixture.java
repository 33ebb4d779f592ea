package io.klepto.archive.jdbc;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.RawRecords;
import io.klepto.archive.testkit.StoreFixture;
import io.klepto.archive.testkit.StoresByUri;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A database in a temporary folder; its records are also reached by plain JDBC. */
final class FileFixture implements StoreFixture, RawRecords {
  private final String scheme;
  private final Map<String, String> settings;
  private final boolean tableMode;
  private final String parameters;
  private final Path folder;
  private Connection raw;

  private FileFixture(
      String scheme, Map<String, String> settings, boolean tableMode, String parameters) {
    this.scheme = scheme;
    this.parameters = parameters;
    this.settings = settings;
    this.tableMode = tableMode;
    try {
      this.folder = Files.createTempDirectory("jdbc contract");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FileFixture h2() {
    return new FileFixture("jdbc:h2:file:", Map.of(), false, "");
  }

  static FileFixture sqlite() {
    return new FileFixture("jdbc:sqlite:", Map.of(), false, "");
  }

  /** Returns H2 with its own way of letting several processes in. */
  static FileFixture h2AutoServer() {
    return new FileFixture("jdbc:h2:file:", Map.of(), false, ";AUTO_SERVER=TRUE");
  }

  /** Returns the same with key and value in columns of their own. */
  FileFixture nativeColumns() {
    return new FileFixture(scheme, Map.of("serialized", "false"), tableMode, parameters);
  }

  /** Returns the same with each namespace in a table named by the setting. */
  FileFixture tables() {
    return new FileFixture(scheme, settings, true, parameters);
  }

  @Override
  public Store open(StoreOptions options) {
    Map<String, String> all = new HashMap<>(settings);
    all.putAll(options.settings().values());
    if (tableMode) {
      all.put("table", tableOf(options.namespace()));
    }
    return StoresByUri.open(uri(), options.with(StoreSettings.of(all)));
  }

  /** Returns a table for a namespace, which may be any text. */
  private static String tableOf(String namespace) {
    StringBuilder name = new StringBuilder("t");
    namespace.chars().limit(40).forEach(unit -> name.append(Integer.toHexString(unit)));
    return name.append('_').append(namespace.length()).toString();
  }

  URI uri() {
    return URI.create(scheme + folder.toUri().getRawPath() + "database" + parameters);
  }

  Path folder() {
    return folder;
  }

  /** Returns the URL for plain JDBC. */
  String url() {
    return scheme + folder.resolve("database") + parameters;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  @Override
  public String toString() {
    return scheme + (settings.isEmpty() ? "" : " " + settings) + (tableMode ? " table" : "");
  }

  @Override
  public Optional<URI> location() {
    return Optional.of(uri());
  }

  @Override
  public Optional<RawRecords> rawRecords() {
    return Optional.of(this);
  }

  /** Returns the table of a namespace. */
  String table(String namespace) {
    if (tableMode) {
      return tableOf(namespace);
    }
    try (PreparedStatement statement =
        raw()
            .prepareStatement(
                "SELECT \"table_name\" FROM \"klepto_catalogue\" WHERE \"namespace\" = ? AND"
                    + " \"owner\" IS NOT NULL")) {
      statement.setString(1, AsciiText.escape(namespace));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException e) {
      throw new AssertionError("cannot find the table of " + namespace, e);
    }
  }

  /** Returns a connection that stays open, as damage is done byte by byte. */
  private Connection raw() throws SQLException {
    if (raw == null) {
      raw = connect();
    }
    return raw;
  }

  /** Returns the columns of numbers that are never null. */
  private List<String> numbers() {
    return settings.containsKey("serialized")
        ? List.of("version", "created", "duration", "deadline", "checksum")
        : List.of("version");
  }

  private int numberBytes() {
    return numbers().stream()
        .mapToInt(number -> number.equals("checksum") ? Integer.BYTES : Long.BYTES)
        .sum();
  }

  @Override
  public byte[] read(String namespace, KeyBytes key) {
    try (PreparedStatement statement =
        raw()
            .prepareStatement(
                "SELECT \"record\", \"%s\" FROM \"%s\" WHERE \"key_id\" = ?"
                    .formatted(String.join("\", \"", numbers()), table(namespace)))) {
      statement.setBytes(1, RowFormat.idOf(key));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        byte[] record = rows.getBytes(1);
        ByteBuffer all = ByteBuffer.allocate(numberBytes() + record.length);
        for (String number : numbers()) {
          if (number.equals("checksum")) {
            all.putInt(rows.getInt(number));
          } else {
            all.putLong(rows.getLong(number));
          }
        }
        return all.put(record).array();
      }
    } catch (SQLException e) {
      throw new AssertionError("cannot read the row of " + key, e);
    }
  }

  @Override
  public void write(String namespace, KeyBytes key, byte[] bytes) {
    byte[] padded = Arrays.copyOf(bytes, Math.max(bytes.length, numberBytes()));
    ByteBuffer all = ByteBuffer.wrap(padded);
    try (PreparedStatement statement =
        raw()
            .prepareStatement(
                "UPDATE \"%s\" SET \"%s\" = ?, \"record\" = ? WHERE \"key_id\" = ?"
                    .formatted(table(namespace), String.join("\" = ?, \"", numbers())))) {
      int parameter = 1;
      for (String number : numbers()) {
        statement.setLong(parameter++, number.equals("checksum") ? all.getInt() : all.getLong());
      }
      byte[] record = new byte[all.remaining()];
      all.get(record);
      statement.setBytes(parameter++, record);
      statement.setBytes(parameter, RowFormat.idOf(key));
      if (statement.executeUpdate() != 1) {
        throw new AssertionError("expected a row of " + key + ", found none");
      }
    } catch (SQLException e) {
      throw new AssertionError("cannot write the row of " + key, e);
    }
  }

  /** Closes once; JUnit closes parameters again. */
  @Override
  public void close() {
    if (Files.notExists(folder)) {
      return;
    }
    try {
      if (raw != null) {
        raw.close();
      }
    } catch (SQLException e) {
      throw new AssertionError("cannot close the connection of the test", e);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
