package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.LocationName;
import io.klepto.archive.store.PathLocation;
import java.net.URI;
import java.util.Optional;

/**
 * The JDBC URL that a location means.
 *
 * <p>A location is the URL itself; where the engine is embedded, percent-encoded characters are
 * decoded, as in every location that is a file. {@code jdbc:/some/path} is a file of H2. What the
 * syntax of URIs can't carry stands in the setting {@code url}, and the location is {@code
 * jdbc:url}.
 *
 * @param text the URL for the driver, which may hold secrets
 * @param engine whose URL it is
 * @param name the URL for messages, without secrets
 */
record JdbcUrl(String text, Engine engine, String name) {
  private static final String SCHEME = "jdbc:";
  private static final String SEE_SETTING = "url";

  /**
   * Returns the URL of a location.
   *
   * @param setting the setting {@code url}
   * @throws ArchiveException if it is of no engine that is known, or if location and setting both
   *     name a database
   */
  static JdbcUrl of(URI location, Optional<String> setting) {
    String rest = location.getRawSchemeSpecificPart();
    if (setting.isPresent() != rest.equals(SEE_SETTING)) {
      throw new ArchiveException(
          "cannot open archive %s: expected the URL in the location, or location jdbc:url and the URL in the setting url, found %s"
              .formatted(LocationName.of(location), setting.isPresent() ? "both" : "neither"));
    }
    if (setting.isPresent()) {
      Engine engine = Engine.of(setting.get(), "jdbc:url");
      return new JdbcUrl(setting.get(), engine, nameOf(setting.get(), engine));
    }
    if (rest.startsWith("/")) {
      String path = PathLocation.containerOf(location).toString();
      return new JdbcUrl(Engine.H2.prefix() + "file:" + path, Engine.H2, LocationName.of(location));
    }
    String raw = SCHEME + rest;
    Engine engine = Engine.of(raw, LocationName.of(location));
    String text = engine.isServer() ? raw : SCHEME + location.getSchemeSpecificPart();
    return new JdbcUrl(text, engine, LocationName.of(location).replaceFirst("(?i)^jdbc:", SCHEME));
  }

  /** Returns a URL for messages; only its engine where its parts can't be told apart. */
  private static String nameOf(String url, Engine engine) {
    try {
      return LocationName.of(URI.create(url));
    } catch (IllegalArgumentException e) {
      return engine.prefix() + "…";
    }
  }

  /** Returns a parameter behind {@code ?}, {@code &} or {@code ;}, by its name in any case. */
  Optional<String> parameter(String parameter) {
    String[] parts = text.split("[?&;]", -1);
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals >= 0 && parts[i].substring(0, equals).equalsIgnoreCase(parameter)) {
        return Optional.of(parts[i].substring(equals + 1));
      }
    }
    return Optional.empty();
  }

  /** Returns what stands between the prefix of the engine and the first parameter. */
  String path() {
    String rest = text.substring(engine.prefix().length());
    int end = rest.length();
    for (char mark : new char[] {'?', ';'}) {
      int found = rest.indexOf(mark);
      end = found >= 0 ? Math.min(end, found) : end;
    }
    return rest.substring(0, end);
  }

  /** Returns the name alone. */
  @Override
  public String toString() {
    return name;
  }
}
