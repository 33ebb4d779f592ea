package io.klepto.apps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Databases that want a password, which a configuration file takes from the environment or from a
 * system property: neither the right one nor a wrong one is shown by a process that uses it.
 */
@Timeout(180)
final class DatabasePasswordTest {
  private static final String RIGHT = "correct-horse-battery";
  private static final String WRONG = "staple-of-the-wrong-kind";
  private static final String VARIABLE = "PEOPLE_DATABASE_PASSWORD";

  @TempDir private static Path folder;
  private static StoppablePostgres postgres;

  /** A database, and how the file names it. */
  enum Database {
    H2,
    H2_IN_THE_URL,
    POSTGRESQL;

    String archive() {
      String password = "${" + VARIABLE + "}";
      String h2 = "jdbc:h2:file:" + folder.resolve("people").toUri().getRawPath();
      return switch (this) {
        case H2 ->
            "location = \"%s\", settings { user = app, password = %s }".formatted(h2, password);
        case H2_IN_THE_URL -> "location = \"%s;USER=app;PASSWORD=\"%s".formatted(h2, password);
        case POSTGRESQL ->
            "location = \"%s\", settings { user = app, password = %s }"
                .formatted(postgres.location().toString().replaceFirst("\\?.*", ""), password);
      };
    }
  }

  @BeforeAll
  static void makeDatabases() throws IOException, SQLException {
    String h2 = "jdbc:h2:file:" + folder.resolve("people").toUri().getRawPath();
    DriverManager.getConnection(h2, "app", RIGHT).close();
    Path data = folder.resolve("data");
    postgres = new StoppablePostgres(data);
    try (Connection connection = DriverManager.getConnection(postgres.location().toString());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE app LOGIN PASSWORD '" + RIGHT + "'");
      statement.execute("GRANT ALL ON SCHEMA public TO app");
    }
    Path access = data.resolve("pg_hba.conf");
    String trusting = Files.readString(access);
    Files.writeString(access, "host all app 127.0.0.1/32 scram-sha-256\n" + trusting);
    postgres.stop();
    postgres.start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    postgres.close();
  }

  @ParameterizedTest
  @EnumSource
  void rightPassword_ofASystemProperty_works_andIsShownNowhere(Database database) throws Exception {
    String printed = assertEnds(PasswordProgram.WORKS, database, RIGHT, false);
    assertTrue(printed.contains("io.klepto.ArchiveLoad"), printed);
  }

  @ParameterizedTest
  @EnumSource
  void wrongPassword_ofTheEnvironment_isRefused_andIsShownNowhere(Database database)
      throws Exception {
    String printed = assertEnds(PasswordProgram.REFUSED, database, WRONG, true);
    assertTrue(printed.contains("cannot create cache people, configured at "), printed);
    assertTrue(printed.contains("check user, password and grants"), printed);
  }

  private static String assertEnds(
      String end, Database database, String password, boolean asVariable) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve(database + ".conf"),
            """
            klepto.caches.people {
              statistics = true, management = true
              archive { %s }
            }
            """
                .formatted(database.archive()));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    if (!asVariable) {
      command.add("-D" + VARIABLE + "=" + password);
    }
    command.addAll(List.of(PasswordProgram.class.getName(), file.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    if (asVariable) {
      builder.environment().put(VARIABLE, password);
    }
    File output = folder.resolve(database + ".log").toFile();
    Process process = builder.redirectOutput(output).start();
    assertEquals(0, process.waitFor(), () -> read(output));
    String printed = read(output);
    assertTrue(printed.lines().anyMatch(end::equals), printed);
    assertFalse(printed.contains(password), printed);
    return printed;
  }

  private static String read(File output) {
    try {
      return Files.readString(output.toPath(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
