package io.klepto.jcache.through;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.Archives;
import io.klepto.archive.store.RecordTimes;
import io.klepto.jcache.config.WriteBehind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Write-behind waits longer before each retry, on a clock that only counts what was waited. */
final class RetryPausesTest {
  private final List<Duration> waited = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private int failures;

  @SuppressWarnings("unchecked") // a proxy of the interface that it is cast to
  private Archive<String, String> failing() {
    Archive<String, String> sound =
        Archives.open(
            URI.create("dict:/"), ArchiveConfiguration.builder(String.class, String.class).build());
    return (Archive<String, String>)
        Proxy.newProxyInstance(
            Archive.class.getClassLoader(),
            new Class<?>[] {Archive.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("putAllEntries") && failures > 0) {
                failures--;
                throw new ArchiveException("the archive is away");
              }
              try {
                return method.invoke(sound, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Returns an archive behind a queue that is written by the thread that queues. */
  private QueuedArchive<String, String> queued(Archive<String, String> archive) {
    WriteBehind settings =
        WriteBehind.builder()
            .linger(Duration.ZERO)
            .retries(4, Duration.ofMillis(100), Duration.ofMillis(400))
            .build();
    return new QueuedArchive<>(
        archive,
        new WriteBehindParts<>(
            settings,
            Runnable::run,
            () -> 0,
            UnaryOperator.identity(),
            (condition, nanos) -> {
              waited.add(Duration.ofNanos(nanos));
              conditions.add(condition);
            }));
  }

  private List<Duration> retries() {
    return waited.stream()
        .filter(each -> !each.isZero() && each.compareTo(Duration.ofMillis(400)) <= 0)
        .toList();
  }

  @Test
  void archiveThatComesBack_isWrittenAfterPausesThatDouble() {
    failures = 3;
    Archive<String, String> archive = failing();
    queued(archive).put("a", "1", RecordTimes.eternal(0));
    assertEquals(
        List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400)), retries());
    assertEquals("1", archive.get("a"));
  }

  /** What wakes the thread for new writes must not end its pauses. */
  @Test
  void pauseBeforeARetry_isNotThatForNewWrites() {
    failures = 1;
    queued(failing()).put("a", "1", RecordTimes.eternal(0));
    int retry = waited.indexOf(Duration.ofMillis(100));
    int idle = waited.indexOf(Duration.ofSeconds(1));
    assertNotSame(conditions.get(idle), conditions.get(retry));
  }

  @Test
  void archiveThatStaysAway_isLeftAloneAfterTheLastRetry() {
    failures = 1_000;
    QueuedArchive<String, String> queued = queued(failing());
    queued.put("a", "1", RecordTimes.eternal(0));
    assertEquals(
        List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(400),
            Duration.ofMillis(400)),
        retries());
    assertEquals(1, queued.givenUp());
    assertEquals("1", queued.entry("a").value());
  }
}
