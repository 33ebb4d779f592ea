package io.klepto.archive.dir;

import static io.klepto.archive.dir.DirTestStore.content;
import static io.klepto.archive.dir.DirTestStore.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.StoreSettings;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilePermissionsTest {
  @TempDir Path parent;

  private DirTestStore in(Path container) {
    return new DirTestStore(container, new FailingFiles.Fault());
  }

  private static String modeOf(Path place) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(place));
  }

  private static void assertModes(Path container, String file, String folder) throws Exception {
    try (Stream<Path> all = Files.walk(container)) {
      for (Path place : all.toList()) {
        String expected = Files.isDirectory(place) ? folder : file;
        assertEquals(expected, modeOf(place), place.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"rw-------,rwx------", "rw-r-----,rwxr-x---", "rw-rw-rw-,rwxrwxrwx"})
  void all_thatIsMade_hasThem_whateverTheUmask(String file, String folder) throws Exception {
    Assumptions.assumeTrue(Files.getFileStore(parent).supportsFileAttributeView("posix"));
    Path container = parent.resolve("container");
    DirTestStore test = in(container);
    try (DirStore store = test.open(Map.of("permissions", file))) {
      store.put(key(1), content("value"));
      Files.write(test.fileOf(key(1)), new byte[] {1});
      store.put(key(1), content("sets the damaged one aside"));
      store.touch(key(1), store.get(key(1)).version(), content("").times());
      assertModes(container, file, folder);
    }
    assertModes(container, file, folder);
  }

  @Test
  void what_wasThereBefore_keepsItsOwn() throws Exception {
    Assumptions.assumeTrue(Files.getFileStore(parent).supportsFileAttributeView("posix"));
    Path container = parent.resolve("container");
    DirTestStore test = in(container);
    try (DirStore store = test.open(Map.of())) {
      store.put(key(1), content("value"));
    }
    String before = modeOf(test.fileOf(key(1)));
    try (DirStore store = test.open(Map.of("permissions", "rw-------"))) {
      assertEquals(before, modeOf(test.fileOf(key(1))));
      store.put(key(1), content("newer"));
      assertEquals("rw-------", modeOf(test.fileOf(key(1))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "640", "rw-r----", "r--r-----", "-w-------", "rwxr-----", "rw-r-x---"})
  void permissions_thatNoArchiveCanHave_areRefusedByName(String permissions) {
    ArchiveException refused =
        assertThrows(
            ArchiveException.class,
            () -> in(parent.resolve("container")).open(Map.of("permissions", permissions)));
    for (String part : List.of("setting permissions", "rw-r-----", "\"" + permissions + "\"")) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
    assertTrue(Files.notExists(parent.resolve("container")));
  }

  @Test
  void permissions_onAFileSystemWithoutThem_areRefusedByName() throws Exception {
    URI zip = URI.create("jar:" + parent.resolve("some.zip").toUri());
    try (FileSystem without = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      ArchiveException refused =
          assertThrows(
              ArchiveException.class,
              () ->
                  FilePermissions.of(
                      StoreSettings.of(Map.of("permissions", "rw-------")).reader("the store"),
                      without));
      assertTrue(
          refused.getMessage().contains("a file system without POSIX permissions"),
          refused.getMessage());
    }
  }
}
