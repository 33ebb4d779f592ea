package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the cache directory is; the folders are of this system, so that they are absolute. */
final class CacheDirectoryTest {
  @TempDir Path root;

  private Path of(Map<String, String> properties, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(properties);
    all.putIfAbsent("user.home", home().toString());
    return CacheDirectory.of(all::get, environment::get);
  }

  private Path home() {
    return root.resolve("home");
  }

  @Test
  void linux_isInTheXdgCacheHomeOrTheHome() {
    Map<String, String> linux = Map.of("os.name", "Linux");
    assertEquals(home().resolve(".cache/klepto"), of(linux, Map.of()));
    String xdg = root.resolve("xdg").toString();
    assertEquals(root.resolve("xdg/klepto"), of(linux, Map.of("XDG_CACHE_HOME", xdg)));
    assertEquals(
        home().resolve(".cache/klepto"), of(linux, Map.of("XDG_CACHE_HOME", "relative/path")));
    assertEquals(home().resolve(".cache/klepto"), of(linux, Map.of("XDG_CACHE_HOME", "")));
  }

  @Test
  void macOs_isInTheLibrary() {
    assertEquals(
        home().resolve("Library/Caches/klepto"),
        of(Map.of("os.name", "Mac OS X"), Map.of("XDG_CACHE_HOME", root.toString())));
  }

  @Test
  void windows_isInTheLocalApplicationData() {
    Map<String, String> windows = Map.of("os.name", "Windows 11");
    assertEquals(
        root.resolve("local/klepto"),
        of(windows, Map.of("LOCALAPPDATA", root.resolve("local").toString())));
    assertEquals(home().resolve("AppData/Local/klepto"), of(windows, Map.of()));
  }

  @Test
  void property_winsAndMustBeAbsolute() {
    String set = root.resolve("set").toString();
    assertEquals(
        root.resolve("set"),
        of(Map.of("os.name", "Linux", CacheDirectory.PROPERTY, set), Map.of()));
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> of(Map.of("os.name", "Linux", CacheDirectory.PROPERTY, "here"), Map.of()))
            .getMessage();
    assertTrue(message.contains("io.klepto.directory") && message.contains("\"here\""), message);
  }

  @Test
  void homeThatIsUnknown_isRefused() {
    assertThrows(
        IllegalStateException.class,
        () -> of(Map.of("os.name", "Linux", "user.home", "?"), Map.of()));
  }

  @Test
  void standard_isNeverTheWorkingDirectory() {
    Path standard = CacheDirectory.standard();
    assertTrue(standard.isAbsolute());
    assertTrue(standard.getNameCount() > 0);
    assertTrue(!standard.equals(Path.of("").toAbsolutePath()), standard.toString());
  }
}
