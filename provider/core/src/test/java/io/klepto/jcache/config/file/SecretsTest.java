package io.klepto.jcache.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.KleptoConfiguration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A password in a file, or one that comes from outside, is shown nowhere. */
final class SecretsTest {
  private static final String SECRET = "hunter2";
  private static final String PROPERTY = "klepto-test.password";

  @TempDir Path folder;
  private final KleptoCachingProvider provider = new KleptoCachingProvider();
  private final Logger root = Logger.getLogger("io.klepto");
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry.getMessage() + traceOf(entry.getThrown()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    System.setProperty(PROPERTY, SECRET);
    handler.setLevel(Level.ALL);
    root.setLevel(Level.ALL);
    root.addHandler(handler);
  }

  @AfterEach
  void close() {
    provider.close();
    root.removeHandler(handler);
    root.setLevel(null);
    System.clearProperty(PROPERTY);
  }

  private static String traceOf(Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private CacheManager manager(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("klepto.conf"), text);
    return provider.getCacheManager(file.toUri(), getClass().getClassLoader());
  }

  /** Each of them is wrong, here or when the cache is created. */
  @TestFactory
  Stream<DynamicTest> everyError_hidesIt() {
    List<String> texts =
        List.of(
            "archive { location = \"dict:a\", settings.password = hunter2 }",
            "archive { location = \"dict:a\", settings.password = ${klepto-test.password} }",
            "archive { location = \"nosuch://u:hunter2@host/db\" }",
            "archive { location = \"nosuch://u:\"${klepto-test.password}\"@host/db\" }",
            "archive { location = \"jdbc:nosuch://host/db?password=hunter2\" }",
            "archive { location = \"dict:a b;password=hunter2\" }",
            "archive { location = \"hunter2\" }",
            "archive = \"jdbc:x://u:hunter2@host\"",
            "archive { settings = hunter2 }",
            "archive { settings.password = [hunter2] }",
            "archive { settings { password { x = hunter2 } } }",
            "archive { settings.password = hunter2, settings.purge }",
            "archive { settings.password = hun:ter2 : hunter2 }",
            "archive { settings.password = \"hunter2 }",
            "archive { settings password hunter2 }",
            "archive { mode = ${klepto-test.password} }",
            "archive { codec = \"x\"${klepto-test.password} }",
            "max-entries = ${klepto-test.password}",
            "statistics = ${klepto-test.password}",
            "expiry { policy = created, after = ${klepto-test.password} }",
            "loader = ${klepto-test.password}",
            "loader = com.example.${klepto-test.password}",
            "key-type = com.example.${klepto-test.password}",
            "keymap { type = hash, algorithm = ${klepto-test.password} }",
            "archive { settings.password = hunter2, unknown = 1 }");
    return texts.stream().map(text -> DynamicTest.dynamicTest(text, () -> requireHidden(text)));
  }

  private void requireHidden(String text) {
    Throwable thrown =
        assertThrows(
            RuntimeException.class,
            () -> manager("klepto.caches.c {\n" + text + "\n}").getCache("c"));
    provider.close();
    assertFalse(traceOf(thrown).contains(SECRET), () -> traceOf(thrown));
    assertFalse(logged.toString().contains(SECRET), logged::toString);
  }

  @Test
  void everythingThatCanBeSeen_hidesIt() throws Exception {
    CacheManager manager =
        manager(
            """
            klepto.caches.c {
              statistics = true, management = true
              archive { mode = write-behind, settings.password = ${klepto-test.password} }
              archive.location = "dict:secret;password="${klepto-test.password}
            }
            """);
    KleptoConfiguration<Object, Object> read =
        ManagerConfiguration.read(manager.getURI(), manager.getClassLoader(), null).of("c");
    assertEquals(
        Map.of("password", SECRET), read.archive().orElseThrow().settings().values(), "is there");
    List<Object> seen = new ArrayList<>(List.of(manager, provider, read, manager.getURI()));
    seen.add(read.archive().orElseThrow());
    seen.add(ManagerConfiguration.read(manager.getURI(), manager.getClassLoader(), null));
    seen.add(new Locator(manager.getURI(), manager.getClassLoader()).find());
    assertTrue(manager("klepto.caches.c { statistics = true }") == manager, "the same URI");
    for (Object each : seen) {
      assertFalse(each.toString().contains(SECRET), each::toString);
    }
  }

  @Test
  void beansAndOpenCaches_hideIt() throws Exception {
    CacheManager manager =
        manager(
            """
            klepto.caches.c {
              statistics = true, management = true
              archive.location = "dict:"${klepto-test.password}"@secret"
              archive.mode = write-behind
            }
            """);
    Cache<Object, Object> cache = manager.getCache("c");
    assertNotNull(cache);
    cache.put("k", "v");
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    int beans = 0;
    for (String domain : List.of("javax.cache", "io.klepto")) {
      for (ObjectName name : server.queryNames(new ObjectName(domain + ":Cache=c,*"), null)) {
        beans++;
        assertFalse(name.toString().contains(SECRET), name::toString);
        for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
          String value = String.valueOf(server.getAttribute(name, attribute.getName()));
          assertFalse(value.contains(SECRET), attribute::getName);
        }
      }
    }
    assertEquals(3, beans);
    assertFalse(cache.toString().contains(SECRET), cache::toString);
    cache.close();
    assertFalse(logged.toString().contains(SECRET), logged::toString);
  }
}
