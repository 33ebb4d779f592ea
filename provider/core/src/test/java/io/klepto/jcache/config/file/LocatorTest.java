package io.klepto.jcache.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the URI of a manager leads. */
final class LocatorTest {
  private static final String TEXT = "klepto.caches.c.batch = 2\n";

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String textAt(URI uri, ClassLoader loader) {
    return new Locator(uri, loader).find().text();
  }

  private static String textAt(String uri) {
    return textAt(URI.create(uri), LocatorTest.class.getClassLoader());
  }

  private static String refusal(String uri) {
    return assertThrows(CacheException.class, () -> textAt(uri)).getMessage();
  }

  @Test
  void file_isRead_inAllForms() throws IOException {
    Path file = write("my conf/klepto.conf", "\uFEFF" + TEXT);
    assertEquals(TEXT, textAt(file.toUri().toString()));
    assertEquals(TEXT, textAt("file:" + file.toUri().getRawPath()));
    assertEquals(TEXT, textAt(file.toUri().getRawPath()), "a path alone");
  }

  @Test
  void relativePath_isInTheWorkingDirectory() throws IOException {
    Path file = Files.createTempFile(Path.of(""), "klepto-test", ".conf");
    try {
      Files.writeString(file, TEXT);
      assertEquals(TEXT, textAt(file.getFileName().toString()));
      assertEquals(TEXT, textAt("file:" + file.getFileName()));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void classPath_isTheManagersLoaders() throws IOException {
    write("conf/klepto.conf", TEXT);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      for (String uri :
          List.of(
              "classpath:conf/klepto.conf",
              "classpath:/conf/klepto.conf",
              "classpath://conf/klepto.conf",
              "conf/klepto.conf")) {
        assertEquals(TEXT, textAt(URI.create(uri), loader), uri);
      }
    }
  }

  @Test
  void jarEntry_isRead_andTheJarLetGo() throws IOException {
    Path jar = folder.resolve("app.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("conf/klepto.conf"));
      entries.write(TEXT.getBytes(StandardCharsets.UTF_8));
    }
    String uri = "jar:" + jar.toUri() + "!/conf/";
    assertEquals(TEXT, textAt(uri + "klepto.conf"));
    assertTrue(refusal(uri + "other.conf").contains("expected a file, found none at " + uri), uri);
    Files.delete(jar);
  }

  /** The loader of a fat jar knows URLs that the JDK does not. */
  private static final class FatJarLoader extends ClassLoader {
    private final List<String> urls;

    FatJarLoader(String... urls) {
      super(null);
      this.urls = List.of(urls);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
      assertEquals("klepto.conf", name);
      List<URL> found = new java.util.ArrayList<>();
      for (String url : urls) {
        found.add(new URL(null, url, new Opened()));
      }
      return Collections.enumeration(found);
    }
  }

  /** Opens any URL: its content is its own text. */
  private static final class Opened extends URLStreamHandler {
    @Override
    protected void parseURL(URL url, String spec, int start, int limit) {
      setURL(url, "jar", "", -1, null, null, spec.substring(4), null, null);
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(url.toString().getBytes(StandardCharsets.UTF_8));
        }
      };
    }
  }

  @Test
  void entryOfJarInJar_isReadThroughTheLoader() {
    String inClasses = "jar:nested:/app.jar/!BOOT-INF/classes/!/klepto.conf";
    String inLibrary = "jar:file:/app.jar!/BOOT-INF/lib/x.jar!/klepto.conf";
    FatJarLoader loader = new FatJarLoader(inClasses, inLibrary);
    assertEquals(inClasses, textAt(URI.create(inClasses), loader));
    assertEquals(inLibrary, textAt(URI.create(inLibrary), loader));
    assertEquals(inLibrary, textAt(URI.create(inClasses), new FatJarLoader(inLibrary)));
    String elsewhere = "jar:nested:/other.jar/!a/!/klepto.conf";
    CacheException refused =
        assertThrows(CacheException.class, () -> textAt(URI.create(elsewhere), loader));
    assertTrue(refused.getMessage().contains("found none at " + elsewhere), refused::getMessage);
  }

  @Test
  void missingFile_isToldWithAllPlaces() {
    String missing = folder.resolve("klepto.conf").toUri().toString();
    assertEquals(
        "cannot read configuration %s: expected a file, found none at %s; write a path, file:/some/klepto.conf, classpath:klepto.conf or jar:…!/klepto.conf"
            .formatted(missing, folder.resolve("klepto.conf")),
        refusal(missing));
    assertEquals(
        "cannot read configuration no-such.conf: expected a file, found none at %s and none at classpath:no-such.conf; write a path, file:/some/klepto.conf, classpath:klepto.conf or jar:…!/klepto.conf"
            .formatted(Path.of("no-such.conf").toAbsolutePath()),
        refusal("no-such.conf"));
  }

  @Test
  void whatIsNoFile_isToldAsSuch() throws IOException {
    assertEquals(
        "cannot read configuration " + folder + ": expected a file, found a folder",
        refusal(folder.toUri().toString().replaceFirst("/$", "")));
    assertTrue(refusal("http://user:pw@example.com/klepto.conf").contains("found scheme http"));
    assertEquals(-1, refusal("http://user:pw@example.com/klepto.conf").indexOf("pw"));
    assertTrue(refusal("file:/klepto.conf?a=b").contains("expected no query"));
    assertTrue(refusal("nosuch:thing").contains("found none at nosuch:thing"));
    Path latin = folder.resolve("latin.conf");
    Files.write(latin, new byte[] {'#', (byte) 0xE4});
    assertEquals(
        "cannot read configuration " + latin + ": expected UTF-8, found other bytes",
        refusal(latin.toUri().toString()));
  }

  @Test
  void fileThatMayNotBeRead_isToldAsSuch() throws IOException {
    Path file = write("secret.conf", TEXT);
    assumeTrue(file.toFile().setReadable(false), "a file system without permissions");
    assumeFalse(Files.isReadable(file), "a user who may read everything");
    assertEquals(
        "cannot read configuration "
            + file
            + ": expected a file that this process may read, found access denied",
        refusal(file.toUri().toString()));
  }

  @Test
  void include_isBesideTheFile_andItsErrorsNameIt() throws IOException {
    write("conf/shared/bounds.conf", "klepto.defaults {\n bacht = 3 }");
    Path file = write("conf/klepto.conf", "include \"shared/bounds.conf\"\n" + TEXT);
    CacheException refused =
        assertThrows(
            CacheException.class,
            () -> ManagerConfiguration.read(file.toUri(), getClass().getClassLoader(), null));
    assertEquals(
        folder.resolve("conf/shared/bounds.conf")
            + ", line 2: klepto.defaults.bacht: expected a key that is known here, found bacht; did"
            + " you mean batch?",
        refused.getMessage());
    write("conf/klepto.conf", "include required(\"nowhere.conf\")\n" + TEXT);
    Throwable missing =
        assertThrows(
            CacheException.class,
            () -> ManagerConfiguration.read(file.toUri(), getClass().getClassLoader(), null));
    assertInstanceOf(CacheException.class, missing);
    assertTrue(missing.getMessage().contains("nowhere.conf"), missing::getMessage);
    write("conf/klepto.conf", "include \"nowhere.conf\"\n" + TEXT);
    ManagerConfiguration read =
        ManagerConfiguration.read(file.toUri(), getClass().getClassLoader(), null);
    assertEquals(2, read.of("c").eviction().batch());
  }
}
