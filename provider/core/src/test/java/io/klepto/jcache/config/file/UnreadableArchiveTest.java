package io.klepto.jcache.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that can't be opened: the message names the line of the file that names it. */
final class UnreadableArchiveTest {
  @TempDir Path folder;
  private Managers managers;
  private Path archive;

  @BeforeEach
  void start() {
    managers = new Managers(folder);
    archive = folder.resolve("people.archive");
  }

  @AfterEach
  void close() {
    managers.close();
  }

  private CacheManager manager(String scheme) throws IOException {
    return managers.read(
        """
        klepto.caches.people {
          max-entries = 10
          archive.location = "%s"
        }
        """
            .formatted(location(scheme)));
  }

  private String location(String scheme) {
    return scheme + ":" + archive.toUri().getRawPath().replaceFirst("/$", "");
  }

  private String told(String found) {
    return "cannot create cache people, configured at "
        + managers.file()
        + ", line 3: klepto.caches.people.archive.location: "
        + found;
  }

  @Test
  void folderWhereAFileMustBe_isTold_andCreatedOnceRepaired() throws IOException {
    Files.createDirectory(archive);
    CacheManager manager = manager("file");
    assertEquals(
        told(
            "cannot open archive file:"
                + archive
                + ": expected a file, found a folder; remove it or choose another location"),
        Managers.refusal(manager, "people"));
    Files.delete(archive);
    assertNotNull(manager.getCache("people"));
  }

  @Test
  void fileWhereAFolderMustBe_isTold_andCreatedOnceRepaired() throws IOException {
    Files.writeString(archive, "no archive");
    CacheManager manager = manager("dir");
    String refusal = Managers.refusal(manager, "people");
    assertTrue(refusal.startsWith(told("cannot make the folder " + archive)), refusal);
    assertTrue(refusal.contains(": expected a folder, found a file; remove it or "), refusal);
    Files.delete(archive);
    assertNotNull(manager.getCache("people"));
  }

  @Test
  void fileThatIsNoArchive_isTold() throws IOException {
    Files.writeString(archive, "a text, and no archive");
    assertTold(
        "expected the magic KLEPTOLG at its begin, found other bytes; it is no klepto archive, or"
            + " its begin is damaged");
  }

  @Test
  void archiveWithADamagedHeader_isTold() throws IOException {
    byte[] bytes = filled();
    Arrays.fill(bytes, 16, 4096, (byte) 0x55);
    Files.write(archive, bytes);
    assertTold(
        "expected the CRC32C of its header, found another, in both copies; the header is damaged:"
            + " restore it from a copy");
  }

  @Test
  void archiveThatWasCut_isTold() throws IOException {
    Files.write(archive, Arrays.copyOf(filled(), 12));
    assertTold("expected at least 45056 bytes, found 12 bytes; it was cut: restore it from a copy");
  }

  /** Makes an archive, and returns its file's content. */
  private byte[] filled() throws IOException {
    CacheManager manager = manager("file");
    manager.getCache("people").put("ada", "lovelace");
    managers.close();
    return Files.readAllBytes(archive);
  }

  private void assertTold(String found) throws IOException {
    assertEquals(
        told("cannot open archive file:" + archive + ": " + found),
        Managers.refusal(manager("file"), "people"));
  }

  @Test
  void archiveOfTheDefaults_isToldAsTheirs() throws IOException {
    Files.createDirectory(archive);
    CacheManager manager =
        managers.read(
            """
            klepto {
              defaults.archive.location = "%s"
              caches { people.max-entries = 10 }
            }
            """
                .formatted(location("file")));
    for (String name : new String[] {"people", "others"}) {
      String refusal =
          assertThrows(
                  CacheException.class,
                  () -> manager.createCache(name, new MutableConfiguration<>()))
              .getMessage();
      assertTrue(
          refusal.startsWith(
              "cannot create cache " + name + ", configured at " + managers.file() + ", line 2: "),
          refusal);
    }
  }
}
