package io.klepto.memoize;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The folder for what is remembered and may be thrown away, where the operating system has it;
 * never the working directory:
 *
 * <ul>
 *   <li>the system property {@value #PROPERTY}, if set;
 *   <li>on Windows {@code %LOCALAPPDATA%\klepto}, or {@code AppData\Local\klepto} in the user's
 *       home;
 *   <li>on macOS {@code ~/Library/Caches/klepto};
 *   <li>elsewhere {@code $XDG_CACHE_HOME/klepto}, or {@code ~/.cache/klepto}. A relative {@code
 *       XDG_CACHE_HOME} is ignored, as its specification demands.
 * </ul>
 *
 * <p>Nothing is created before something is written there.
 */
public final class CacheDirectory {
  /** The system property that names another folder, by an absolute path. */
  public static final String PROPERTY = "io.klepto.directory";

  private static final String NAME = "klepto";

  private CacheDirectory() {}

  /**
   * Returns the folder, as an absolute path.
   *
   * @throws IllegalStateException if the property is set to a relative path, or nothing tells where
   *     the user's home is
   */
  public static Path standard() {
    return of(System::getProperty, System::getenv);
  }

  static Path of(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    String configured = properties.apply(PROPERTY);
    if (configured != null && !configured.isEmpty()) {
      Path path = absolute(configured);
      if (path == null) {
        throw new IllegalStateException(
            "system property %s: expected an absolute path, found \"%s\""
                .formatted(PROPERTY, configured));
      }
      return path;
    }
    String system = String.valueOf(properties.apply("os.name")).toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      Path local = absolute(environment.apply("LOCALAPPDATA"));
      return (local != null ? local : home(properties).resolve("AppData").resolve("Local"))
          .resolve(NAME);
    }
    if (system.startsWith("mac")) {
      return home(properties).resolve("Library").resolve("Caches").resolve(NAME);
    }
    Path caches = absolute(environment.apply("XDG_CACHE_HOME"));
    return (caches != null ? caches : home(properties).resolve(".cache")).resolve(NAME);
  }

  private static Path home(UnaryOperator<String> properties) {
    String found = properties.apply("user.home");
    Path home = absolute(found);
    if (home == null) {
      throw new IllegalStateException(
          "cache directory: expected the system property user.home to be an absolute path, found \"%s\"; set %s"
              .formatted(found, PROPERTY));
    }
    return home;
  }

  /** Returns an absolute path, or null if there is none. */
  private static Path absolute(String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      Path path = Path.of(text);
      return path.isAbsolute() ? path.normalize() : null;
    } catch (InvalidPathException e) {
      return null; // no path at all is no absolute one
    }
  }
}
