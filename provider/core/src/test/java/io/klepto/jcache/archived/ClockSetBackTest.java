package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.Archives;
import io.klepto.jcache.ChildClassPath;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deadlines over restarts with a wall clock that is set back, and deadlines that reads move. */
final class ClockSetBackTest {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Duration HOUR = new Duration(TimeUnit.SECONDS, 3_600);
  private static final long PATIENCE_SECONDS = 60;

  private final URI location = URI.create("dict:ClockSetBackTest-" + NUMBERS.incrementAndGet());
  private final ManualClock clock = new ManualClock();
  private final Archive<String, Integer> other =
      Archives.open(
          location,
          ArchiveConfiguration.builder(String.class, Integer.class)
              .namespace("results")
              .clock(clock)
              .build());
  private Run run = new Run();

  @TempDir Path folder;

  @AfterEach
  void closeRun() {
    run.close();
    other.close();
  }

  private KleptoConfigurationBuilder<String, Integer> configuration(
      Factory<? extends ExpiryPolicy> policy) {
    return KleptoConfiguration.builder(String.class, Integer.class)
        .archive(location)
        .clock(clock)
        .expiry(policy);
  }

  private KleptoCache<String, Integer> open(Factory<? extends ExpiryPolicy> policy) {
    return run.cache(configuration(policy));
  }

  private void endRun() {
    run.close();
    run = new Run();
  }

  @ParameterizedTest
  @EnumSource(ArchiveMode.class)
  void restartWithAClockSetBack_neitherRevivesNorProlongs(ArchiveMode mode) {
    KleptoCache<String, Integer> cache =
        run.cache(configuration(CreatedExpiryPolicy.factoryOf(HOUR)).archiveMode(mode));
    cache.put("over", 1);
    clock.advanceSeconds(1_800);
    cache.put("half", 2);
    clock.advanceSeconds(1_800);
    cache.dump();
    assertNull(cache.get("over"));
    endRun();
    clock.advanceSeconds(-3_600);
    KleptoCache<String, Integer> restarted =
        run.cache(configuration(CreatedExpiryPolicy.factoryOf(HOUR)).archiveMode(mode));
    restarted.load();
    assertNull(restarted.get("over"), "not revived");
    assertEquals(2, restarted.get("half"));
    clock.advanceSeconds(1_799);
    assertEquals(2, restarted.get("half"));
    clock.advanceSeconds(1);
    assertNull(restarted.get("half"), "not prolonged");
  }

  @Test
  void entryThatIsOver_isRemovedFromTheArchiveAsItIsMet() {
    KleptoCache<String, Integer> cache = open(CreatedExpiryPolicy.factoryOf(HOUR));
    cache.put("a", 1);
    cache.putAll(Map.of("b", 2));
    clock.advanceSeconds(3_600);
    assertNull(cache.get("a"));
    assertNull(cache.get("b"));
    assertNull(other.store().get(other.keyBytes("a")));
    assertNull(other.store().get(other.keyBytes("b")), "its version was known");
  }

  @Test
  void entryThatIsOverHere_andNewInTheArchive_stays() {
    KleptoCache<String, Integer> cache = open(CreatedExpiryPolicy.factoryOf(HOUR));
    cache.put("a", 1);
    clock.advanceSeconds(3_600);
    other.put("a", 2);
    assertEquals(2, cache.get("a"));
    assertEquals(2, other.get("a"));
  }

  @Test
  void reads_moveTheArchivedDeadlineInSteps() {
    KleptoCache<String, Integer> cache =
        open(AccessedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, 160)));
    cache.put("a", 1);
    cache.putAll(Map.of("b", 2));
    ArchiveEntry<String, Integer> put = other.entry("a");
    clock.advanceSeconds(9);
    cache.get("a");
    assertEquals(put, other.entry("a"), "less than a sixteenth");
    clock.advanceSeconds(2);
    cache.get("a");
    cache.getAll(Set.of("b"));
    ArchiveEntry<String, Integer> touched = other.entry("a");
    assertEquals(clock.millis() + 160_000, touched.times().deadlineMillis());
    assertEquals(clock.millis() + 160_000, other.entry("b").times().deadlineMillis());
    assertEquals(put.version(), touched.version(), "not written again");
    clock.advanceSeconds(1);
    cache.get("a");
    assertEquals(touched, other.entry("a"));
  }

  @Test
  void shortTimes_moveByASecondAtLeast() {
    KleptoCache<String, Integer> cache =
        open(AccessedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, 2)));
    cache.put("a", 1);
    long before = other.entry("a").times().deadlineMillis();
    clock.advanceMillis(700);
    cache.get("a");
    assertEquals(before, other.entry("a").times().deadlineMillis());
    clock.advanceMillis(600);
    cache.get("a");
    assertEquals(before + 1_300, other.entry("a").times().deadlineMillis());
  }

  @Test
  void readThatShortensALife_reachesTheArchiveAtOnce() {
    Factory<ExpiryPolicy> policy = () -> new Shortening();
    KleptoCache<String, Integer> cache = open(policy);
    cache.put("a", 1);
    cache.get("a");
    assertEquals(clock.millis() + 5_000, other.entry("a").times().deadlineMillis());
  }

  /** Lives for an hour, and after a read for five seconds. */
  private static final class Shortening implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return HOUR;
    }

    @Override
    public Duration getExpiryForAccess() {
      return new Duration(TimeUnit.SECONDS, 5);
    }

    @Override
    public Duration getExpiryForUpdate() {
      return HOUR;
    }
  }

  @Test
  void killedProcess_thenAClockSetBack_neitherRevivesNorProlongs() throws Exception {
    long start = 4_102_444_800_000L;
    assertEquals(List.of("put"), child(start, "put over 3600"));
    assertEquals(List.of("put"), child(start + 1_800_000, "put half 3600"));
    assertEquals(List.of("put"), child(start + 3_600_000, "put later 3600"));
    List<String> found = child(start, "get over", "get half", "get later", "left half");
    assertEquals(List.of("over null", "half 1", "later 1"), found.subList(0, 3));
    long left = Long.parseLong(found.get(3));
    assertTrue(left <= 1_800_000 + 10_000 && left >= 1_800_000, () -> left + " ms left");
  }

  /** Runs a program with another clock that is killed at its end. */
  private List<String> child(long nowMillis, String... commands) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            Program.class.getName(),
            folder.resolve("archive").toString(),
            Long.toString(nowMillis),
            String.join(",", commands));
    builder.environment().put("CLASSPATH", ChildClassPath.of(Program.class));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines = reader.lines().toList();
    }
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "does not end");
    assertEquals(Program.KILLED, process.exitValue());
    return lines;
  }

  /** Puts and gets at a time of its own, and ends without closing anything. */
  static final class Program {
    static final int KILLED = 9;

    private Program() {}

    public static void main(String[] arguments) {
      InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(Long.parseLong(arguments[1])));
      Run run = new Run();
      for (String command : arguments[2].split(",", -1)) {
        String[] words = command.split(" ", -1);
        System.out.println(perform(run, URI.create("file:" + arguments[0]), clock, words));
      }
      System.out.flush();
      Runtime.getRuntime().halt(KILLED);
    }

    private static String perform(Run run, URI location, InstantSource clock, String[] words) {
      long seconds = words.length > 2 ? Long.parseLong(words[2]) : 1;
      KleptoCache<String, Integer> cache =
          run.cache(
              "results " + String.join(" ", words),
              KleptoConfiguration.builder(String.class, Integer.class)
                  .archiveMode(ArchiveMode.WRITE_THROUGH)
                  .clock(clock)
                  .expiry(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, seconds))));
      Archive<String, Integer> archive =
          Archives.open(
              location,
              ArchiveConfiguration.builder(String.class, Integer.class).clock(clock).build());
      cache.archive(archive);
      switch (words[0]) {
        case "put" -> {
          cache.put(words[1], 1);
          return "put";
        }
        case "get" -> {
          return words[1] + " " + cache.get(words[1]);
        }
        default -> {
          ArchiveEntry<String, Integer> entry = archive.entry(words[1]);
          assertNotNull(entry);
          return Long.toString(entry.times().remainingMillis(archive.nowMillis()));
        }
      }
    }
  }
}
