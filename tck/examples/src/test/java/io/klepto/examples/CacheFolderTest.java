package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  private static final Path HOME = Path.of("home").toAbsolutePath();
  private static final Path ELSEWHERE = Path.of("elsewhere").toAbsolutePath();

  @Test
  void linux_isDotCacheOrWhatXdgSays() {
    assertEquals(HOME.resolve(".cache"), CacheFolder.of("Linux", Map.of(), HOME));
    assertEquals(
        ELSEWHERE, CacheFolder.of("Linux", Map.of("XDG_CACHE_HOME", ELSEWHERE.toString()), HOME));
  }

  @Test
  void relativeOrEmptyVariable_isIgnored() {
    for (String wrong : new String[] {"", "relative"}) {
      assertEquals(
          HOME.resolve(".cache"), CacheFolder.of("Linux", Map.of("XDG_CACHE_HOME", wrong), HOME));
    }
  }

  @Test
  void mac_isLibraryCaches() {
    assertEquals(
        HOME.resolve("Library").resolve("Caches"),
        CacheFolder.of("Mac OS X", Map.of("XDG_CACHE_HOME", ELSEWHERE.toString()), HOME));
  }

  @Test
  void windows_isLocalAppData() {
    assertEquals(
        ELSEWHERE,
        CacheFolder.of("Windows 11", Map.of("LOCALAPPDATA", ELSEWHERE.toString()), HOME));
    assertEquals(
        HOME.resolve("AppData").resolve("Local"), CacheFolder.of("Windows 11", Map.of(), HOME));
  }
}
