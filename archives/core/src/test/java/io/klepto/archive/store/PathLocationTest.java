package io.klepto.archive.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathLocationTest {
  @ParameterizedTest
  @CsvSource({
    "dir:/abs/path, /abs/path",
    "dir:///abs/path, /abs/path",
    "dir:relative/path, relative/path",
    "dir:../up, ../up",
    "dir:/with%20space/%C3%A4%23%3F%25, '/with space/ä#?%'",
    "dir:rel%20space, rel space",
    "dir:/plus+stays, /plus+stays",
    "dir:/C:/x, /C:/x"
  })
  void pathIn_elsewhere_isTheDecodedPath(String location, String path) {
    assertEquals(path, PathLocation.pathIn(URI.create(location), false));
  }

  @ParameterizedTest
  @CsvSource({
    "dir:/C:/x, C:/x",
    "dir:///c:/x%20y, c:/x y",
    "dir:C:/x, C:/x",
    "dir:/C:, C:",
    "dir:/abs/path, /abs/path",
    "dir:/CC:/x, /CC:/x"
  })
  void pathIn_onWindows_losesTheSlashBeforeADrive(String location, String path) {
    assertEquals(path, PathLocation.pathIn(URI.create(location), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dir://host/path",
        "dir://path",
        "dir:/path?query",
        "dir:relative?query",
        "dir:/path#fragment",
        "dir:/not%FFutf8",
        "dir:?query"
      })
  void pathIn_ofAMalformedLocation_isRefusedNamingIt(String location) {
    ArchiveException refused =
        assertThrows(
            ArchiveException.class, () -> PathLocation.pathIn(URI.create(location), false));
    String shown = LocationName.of(URI.create(location));
    assertTrue(refused.getMessage().contains(shown), refused.getMessage());
  }

  @Test
  void containerOf_whatNoFileCanBeCalled_isRefused() {
    assertThrows(
        ArchiveException.class, () -> PathLocation.containerOf(URI.create("dir:/nul%00byte")));
  }

  @Test
  void containerOf_aRelativePath_isBelowTheWorkingDirectory() {
    assertEquals(
        Path.of("some", "folder").toAbsolutePath(),
        PathLocation.containerOf(URI.create("dir:some/folder")));
  }
}
