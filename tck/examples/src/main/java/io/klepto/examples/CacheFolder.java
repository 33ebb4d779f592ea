package io.klepto.examples;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where an operating system wants programs to keep what they can compute again. */
final class CacheFolder {
  private CacheFolder() {}

  /** Returns this user's folder for caches on this machine; it need not exist yet. */
  static Path ofThisUser() {
    return of(
        System.getProperty("os.name"), System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /**
   * Returns the folder for caches.
   *
   * @param system the name of the operating system, as in the property {@code os.name}
   * @param environment the environment variables; XDG_CACHE_HOME or LOCALAPPDATA is followed if it
   *     is an absolute path
   * @param home the user's home
   */
  static Path of(String system, Map<String, String> environment, Path home) {
    String lower = system.toLowerCase(Locale.ROOT);
    if (lower.startsWith("windows")) {
      return named(environment.get("LOCALAPPDATA"), home.resolve("AppData").resolve("Local"));
    }
    if (lower.startsWith("mac")) {
      return home.resolve("Library").resolve("Caches");
    }
    return named(environment.get("XDG_CACHE_HOME"), home.resolve(".cache"));
  }

  private static Path named(String variable, Path otherwise) {
    return variable != null && Path.of(variable).isAbsolute() ? Path.of(variable) : otherwise;
  }
}
