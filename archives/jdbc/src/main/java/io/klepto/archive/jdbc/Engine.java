package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import java.lang.reflect.InvocationTargetException;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/** The databases whose dialects are known, by the prefixes of their URLs. */
enum Engine {
  H2("jdbc:h2:", "org.h2.Driver", "com.h2database:h2", false),
  POSTGRESQL("jdbc:postgresql:", "org.postgresql.Driver", "org.postgresql:postgresql", true),
  MARIADB("jdbc:mariadb:", "org.mariadb.jdbc.Driver", "org.mariadb.jdbc:mariadb-java-client", true),
  MYSQL("jdbc:mysql:", "com.mysql.cj.jdbc.Driver", "com.mysql:mysql-connector-j", true),
  SQLITE("jdbc:sqlite:", "org.sqlite.JDBC", "org.xerial:sqlite-jdbc", false);

  private final String prefix;
  private final String driverClass;
  private final String driverJar;
  private final boolean server;

  Engine(String prefix, String driverClass, String driverJar, boolean server) {
    this.prefix = prefix;
    this.driverClass = driverClass;
    this.driverJar = driverJar;
    this.server = server;
  }

  /**
   * Returns the engine of a URL.
   *
   * @param name the URL for the message
   */
  static Engine of(String url, String name) {
    for (Engine engine : values()) {
      if (url.startsWith(engine.prefix)) {
        return engine;
      }
    }
    throw new ArchiveException(
        "cannot open archive %s: expected a URL that begins with one of %s, or jdbc:/ and a path, found another"
            .formatted(name, Arrays.stream(values()).map(Engine::prefix).toList()));
  }

  /** Returns how its URLs begin. */
  String prefix() {
    return prefix;
  }

  /** Returns whether its driver reads URLs with hosts in them, and decodes them itself. */
  boolean isServer() {
    return server;
  }

  /** Returns the dialect for one database. */
  Dialect dialect(JdbcUrl url) {
    return switch (this) {
      case H2 -> new H2Dialect(url);
      case POSTGRESQL -> new PostgresDialect();
      case MARIADB, MYSQL -> new MariaDbDialect();
      case SQLITE -> new SqliteDialect(url);
    };
  }

  /**
   * Returns the driver, looked for where this class was loaded from, then where the calling thread
   * looks, then among those that registered themselves.
   *
   * @throws ArchiveException if there is none; it names the jar to add
   */
  Driver driver(JdbcUrl url) {
    for (ClassLoader loader :
        Arrays.asList(
            Engine.class.getClassLoader(), Thread.currentThread().getContextClassLoader())) {
      Optional<Class<?>> found = find(loader);
      if (found.isPresent()) {
        return start(found.get(), url);
      }
    }
    try {
      return DriverManager.getDriver(url.text());
    } catch (SQLException none) {
      throw new ArchiveException( // the cause would show nothing but the URL, with its secrets
          "cannot open archive %s: expected the driver %s, found none; add %s to the class path or module path"
              .formatted(url.name(), driverClass, driverJar));
    }
  }

  private Optional<Class<?>> find(ClassLoader loader) {
    try {
      return Optional.of(Class.forName(driverClass, true, loader));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private Driver start(Class<?> found, JdbcUrl url) {
    try {
      return (Driver) found.getConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      Throwable reason = e instanceof InvocationTargetException ? e.getCause() : e;
      throw new ArchiveException(
          "cannot open archive %s: expected the driver %s to start, found %s; check the versions of %s and its dependencies"
              .formatted(url.name(), driverClass, reason.getClass().getName(), driverJar),
          reason);
    }
  }
}
