package io.klepto.jcache.archived;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.ChildClassPath;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache that nobody records, in JVMs of its own. */
final class FlightRecorderAtRestTest {
  /** Fills a small cache with an archive, and finds everything again. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      try (Run run = new Run()) {
        KleptoCache<String, Integer> cache =
            run.cache(
                KleptoConfiguration.builder(String.class, Integer.class)
                    .archive(Path.of(arguments[0]))
                    .policy(EvictionPolicy.LRU)
                    .maxEntries(2));
        int sum = 0;
        for (int i = 0; i < 10; i++) {
          cache.put("key " + i, i);
        }
        for (int i = 0; i < 10; i++) {
          sum += cache.get("key " + i);
        }
        cache.load();
        System.out.println("sum " + sum);
      }
    }
  }

  private static final Pattern LOADED =
      Pattern.compile("\\] (jdk\\.jfr\\.\\S+|io\\.klepto\\.jcache\\.jfr\\.\\S+Event) ");

  @TempDir Path folder;

  private String outputOf(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", ChildClassPath.of(Program.class)));
    command.addAll(List.of(Program.class.getName(), folder.resolve("archive").toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue(), output);
      assertTrue(output.contains("sum 45"), output);
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Set<String> loaded(String output) {
    return new TreeSet<>(
        LOADED.matcher(output).results().map((MatchResult found) -> found.group(1)).toList());
  }

  @Test
  void unrecordedCache_loadsNoEvents() throws Exception {
    assertEquals(Set.of("jdk.jfr.FlightRecorder"), loaded(outputOf("-Xlog:class+load=info")));
  }

  @Test
  void recordedCache_loadsItsEvents() throws Exception {
    Path file = folder.resolve("recording.jfr");
    Set<String> loaded =
        loaded(outputOf("-Xlog:class+load=info", "-XX:StartFlightRecording:filename=" + file));
    assertTrue(loaded.contains("io.klepto.jcache.jfr.ArchiveLoadEvent"), loaded::toString);
    assertTrue(loaded.contains("io.klepto.jcache.jfr.ArchiveDumpEvent"), loaded::toString);
    assertTrue(loaded.contains("io.klepto.jcache.jfr.EvictionEvent"), loaded::toString);
  }

  @Test
  void withoutTheModule_cachesWork() throws Exception {
    outputOf("--limit-modules", "java.logging,java.management,jdk.unsupported");
  }
}
