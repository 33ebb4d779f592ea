package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the first cache of a process must not load, as each costs milliseconds: lambdas of ours (the
 * first one starts the machinery behind all), time zones, loggers, and the libraries for files of
 * configuration, archives and codecs.
 */
final class ColdStartTest {
  private static final List<String> SLOW =
      List.of(
          "java.time.zone.",
          "java.util.logging.",
          "java.util.ResourceBundle",
          "com.typesafe.config.",
          "com.esotericsoftware.",
          "org.objectweb.asm.");

  @TempDir private Path folder;

  /** Puts an entry into a plain cache, and gets it. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      Cache<String, Integer> cache =
          Caching.getCachingProvider(KleptoCachingProvider.class.getName())
              .getCacheManager()
              .createCache("plain", new MutableConfiguration<String, Integer>());
      cache.put("answer", 42);
      if (cache.get("answer") != 42) {
        throw new AssertionError(cache.get("answer"));
      }
    }
  }

  @Test
  void plainCache_loadsNothingThatIsSlowToStart() throws IOException, InterruptedException {
    Path log = folder.resolve("classes.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                ChildClassPath.of(Program.class),
                Program.class.getName())
            .inheritIO()
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process does not end");
    assertEquals(0, process.exitValue());
    List<String> loaded = Files.readAllLines(log);
    assertTrue(loaded.stream().anyMatch(line -> line.contains("io.klepto.jcache.TieredCache")));
    String slow =
        loaded.stream()
            .filter(line -> isSlow(line.substring(line.indexOf("] ") + 2)))
            .collect(Collectors.joining("\n"));
    assertEquals("", slow);
  }

  private static boolean isSlow(String loaded) {
    return (loaded.startsWith("io.klepto.") && loaded.contains("$$Lambda"))
        || SLOW.stream().anyMatch(loaded::startsWith);
  }
}
