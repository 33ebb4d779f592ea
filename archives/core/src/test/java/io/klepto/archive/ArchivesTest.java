package io.klepto.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchivesTest {
  private static final ArchiveConfiguration<String, String> STRINGS =
      ArchiveConfiguration.builder(String.class, String.class).build();

  private final String name = "archives-" + UUID.randomUUID();

  @Test
  void open_comparesTheSchemeWithoutCase() {
    try (Archive<String, String> lower = Archives.open(URI.create("dict:" + name), STRINGS);
        Archive<String, String> upper = Archives.open(URI.create("DICT:" + name), STRINGS)) {
      lower.put("k", "v");
      assertEquals("v", upper.get("k"));
      lower.drop();
    }
  }

  @Test
  void open_ofAnUnknownScheme_namesItTheKnownOnesAndTheRemedyButNoPassword() {
    URI location = URI.create("nosuch://me:hush@host/path?password=hush");
    ArchiveException refused =
        assertThrows(ArchiveException.class, () -> Archives.open(location, STRINGS));
    String message = refused.getMessage();
    assertTrue(message.contains("found nosuch"), message);
    assertTrue(message.contains("dict") && message.contains("dir"), message);
    assertTrue(message.contains("jar"), message);
    assertTrue(message.contains("host/path"), message);
    assertFalse(message.contains("hush"), message);
  }

  @Test
  void open_ofAMalformedLocation_namesItButNoPassword() {
    for (String location : List.of("dict:x?password=hush", "dir://me:hush@host/path")) {
      ArchiveException refused =
          assertThrows(ArchiveException.class, () -> Archives.open(URI.create(location), STRINGS));
      assertFalse(refused.getMessage().contains("hush"), refused.getMessage());
    }
  }

  @Test
  void open_withoutScheme_saysSo() {
    ArchiveException refused =
        assertThrows(
            ArchiveException.class, () -> Archives.open(URI.create("some/folder"), STRINGS));
    assertTrue(refused.getMessage().contains("some/folder"), refused.getMessage());
    assertTrue(refused.getMessage().contains("dir:/some/folder"), refused.getMessage());
  }

  @Test
  void open_withAnotherCodecThanTheNamespaceWasCreatedWith_isRefused() {
    URI location = URI.create("dict:" + name);
    ArchiveConfiguration<String, String> raw =
        ArchiveConfiguration.builder(String.class, String.class).codec("raw").build();
    try (Archive<String, String> archive = Archives.open(location, STRINGS)) {
      ArchiveException refused =
          assertThrows(ArchiveException.class, () -> Archives.open(location, raw));
      assertTrue(refused.getMessage().contains("codec=raw"), refused.getMessage());
      archive.drop();
    }
  }

  @Test
  void open_withAnUnknownCodec_isRefusedBeforeAnythingIsOpened() {
    ArchiveConfiguration<String, String> unknown =
        ArchiveConfiguration.builder(String.class, String.class).codec("nosuch").build();
    assertThrows(
        IllegalArgumentException.class, () -> Archives.open(URI.create("dict:" + name), unknown));
    try (Archive<String, String> archive = Archives.open(URI.create("dict:" + name), STRINGS)) {
      assertEquals(0, archive.size());
      archive.drop();
    }
  }

  @Test
  void open_passesOverAProviderThatCantBeLoaded(@TempDir Path folder) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("io.klepto.archive.store.StoreProvider"), "no.such.Provider\n");
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader broken = new URLClassLoader(urls, getClass().getClassLoader())) {
      ArchiveConfiguration<String, String> configuration =
          ArchiveConfiguration.builder(String.class, String.class).classLoader(broken).build();
      Archives.open(URI.create("dict:" + name), configuration).drop();
      ArchiveException refused =
          assertThrows(
              ArchiveException.class, () -> Archives.open(URI.create("nosuch:/x"), configuration));
      assertTrue(refused.getSuppressed()[0].getMessage().contains("no.such.Provider"));
    }
  }

  @Test
  void over_aStore_ownsIt() {
    BreakableStore store = new BreakableStore();
    Archive<String, String> archive = Archives.over(store, STRINGS);
    assertSame(store, archive.store());
    assertEquals("breakable", archive.name());
    archive.close();
    assertThrows(IllegalStateException.class, store::size);
  }
}
