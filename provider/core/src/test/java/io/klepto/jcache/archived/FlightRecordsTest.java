package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java Flight Recorder has of a cache, by a recording in this JVM. */
final class FlightRecordsTest {
  private static final List<String> NAMES =
      List.of("ArchiveLoad", "ArchiveDump", "Eviction", "ArchiveFailure");

  private final FaultyStore faulty = FaultyStore.empty();
  private final Run run = new Run();

  @TempDir Path folder;

  @AfterEach
  void closeRun() {
    faulty.heal();
    run.close();
  }

  private static KleptoConfigurationBuilder<String, Integer> builder(ArchiveMode mode) {
    return KleptoConfiguration.builder(String.class, Integer.class).archiveMode(mode);
  }

  private KleptoCache<String, Integer> cache(
      KleptoConfigurationBuilder<String, Integer> configuration) {
    KleptoCache<String, Integer> cache = run.cache("prices", configuration);
    cache.archive(faulty.archive());
    return cache;
  }

  /** Does a work, and returns the events of ours that came meanwhile, however short. */
  private List<RecordedEvent> recorded(Runnable work) throws IOException {
    try (Recording recording = new Recording()) {
      NAMES.forEach(name -> recording.enable("io.klepto." + name).withoutThreshold());
      recording.start();
      work.run();
      return stopped(recording);
    }
  }

  private List<RecordedEvent> stopped(Recording recording) throws IOException {
    recording.stop();
    Path file = folder.resolve("recording.jfr");
    recording.dump(file);
    List<RecordedEvent> events = new ArrayList<>(RecordingFile.readAllEvents(file));
    events.removeIf(event -> !event.getEventType().getName().startsWith("io.klepto."));
    return events;
  }

  /** An event as text: its name, and the fields that are our own, in their order. */
  private static List<String> texts(List<RecordedEvent> events, String name, String... fields) {
    List<String> texts = new ArrayList<>();
    for (RecordedEvent event : events) {
      if (event.getEventType().getName().equals("io.klepto." + name)) {
        StringBuilder text = new StringBuilder(event.getString("cache"));
        for (String field : fields) {
          Object value = event.getValue(field);
          text.append(' ').append(value);
        }
        texts.add(text.toString());
      }
    }
    return texts;
  }

  @Test
  void loads_areRecordedWithWhatWasFound() throws Exception {
    KleptoCache<String, Integer> cache = cache(builder(ArchiveMode.WRITE_THROUGH));
    cache.putAll(Map.of("a", 1, "b", 2, "c", 3));
    cache.evictAll(true);
    List<RecordedEvent> events =
        recorded(
            () -> {
              cache.get("a");
              cache.get("nowhere");
              cache.getAll(Set.of("b", "c", "absent"));
              cache.get("a"); // from memory
              cache.evictAll(true);
              cache.load();
            });
    String archive = cache.archive().orElseThrow().name();
    assertEquals(
        List.of(
            "prices " + archive + " entry 1",
            "prices " + archive + " entry 0",
            "prices " + archive + " entries 2",
            "prices " + archive + " walk 3"),
        texts(events, "ArchiveLoad", "archive", "operation", "entries"));
    assertEquals(4, events.size(), events::toString);
    events.forEach(event -> assertFalse(event.getDuration().isNegative(), event::toString));
  }

  @Test
  void dumps_areRecordedWithWhatWasWritten() throws Exception {
    KleptoCache<String, Integer> cache = cache(builder(ArchiveMode.WRITE_THROUGH));
    List<RecordedEvent> events =
        recorded(
            () -> {
              cache.put("a", 1);
              cache.putAll(Map.of("b", 2, "c", 3));
            });
    String archive = cache.archive().orElseThrow().name();
    assertEquals(
        List.of("prices " + archive + " put 1", "prices " + archive + " putAll 2"),
        texts(events, "ArchiveDump", "archive", "operation", "entries"));
  }

  @Test
  void dumpsOfAQueue_areRecordedWhenTheyAreWritten() throws Exception {
    KleptoCache<String, Integer> cache = cache(builder(ArchiveMode.WRITE_BEHIND));
    List<RecordedEvent> events =
        recorded(
            () -> {
              cache.putAll(Map.of("a", 1, "b", 2));
              cache.dump(); // waits for the queue
            });
    long written =
        events.stream()
            .filter(event -> event.getEventType().getName().equals("io.klepto.ArchiveDump"))
            .mapToLong(event -> event.getLong("entries"))
            .sum();
    assertEquals(2, written, events::toString);
  }

  @Test
  void rounds_ofEvictions_areRecordedWithTheirVictims() throws Exception {
    KleptoCache<String, Integer> cache =
        run.cache(
            "prices",
            KleptoConfiguration.builder(String.class, Integer.class)
                .policy(EvictionPolicy.LRU)
                .maxEntries(4)
                .batch(3));
    List<RecordedEvent> events =
        recorded(
            () -> {
              for (int i = 0; i < 8; i++) {
                cache.put("key " + i, i);
              }
            });
    assertEquals(
        List.of("prices LRU 3 false", "prices LRU 3 false"),
        texts(events, "Eviction", "policy", "victims", "purge"));
  }

  @Test
  void purge_isRecordedAfterTheVictimThatCausedIt() throws Exception {
    KleptoCache<String, Integer> cache =
        cache(builder(ArchiveMode.ON_EVICT).policy(EvictionPolicy.LFU).maxEntries(2).purge(true));
    List<RecordedEvent> events =
        recorded(() -> List.of("a", "b", "c").forEach(key -> cache.put(key, 1)));
    assertEquals(
        List.of("prices LFU 1 false", "prices LFU 2 true"),
        texts(events, "Eviction", "policy", "victims", "purge"));
    assertEquals(3, texts(events, "ArchiveDump", "operation").size(), events::toString);
  }

  @Test
  void failures_areRecordedWithKeyAndMessage() throws Exception {
    KleptoCache<String, Integer> cache = cache(builder(ArchiveMode.WRITE_THROUGH));
    List<String> messages = new ArrayList<>();
    List<RecordedEvent> events =
        recorded(
            () -> {
              faulty.fail(Set.of("get", "map"));
              messages.add(
                  assertThrows(CacheLoaderException.class, () -> cache.get("a"))
                      .getCause()
                      .getMessage());
              faulty.heal();
              faulty.failWritesOf("b");
              messages.add(
                  assertThrows(CacheWriterException.class, () -> cache.put("b", 2))
                      .getCause()
                      .getMessage());
              assertThrows(CacheWriterException.class, () -> cache.putAll(Map.of("b", 2, "c", 3)));
              faulty.fail(Set.of("clear"));
              assertThrows(RuntimeException.class, cache::clear);
            });
    assertEquals(
        List.of("prices entry a 1", "prices put b 1", "prices putAll b 1", "prices clear null 0"),
        texts(events, "ArchiveFailure", "operation", "key", "entries"));
    List<RecordedEvent> failures =
        events.stream()
            .filter(event -> event.getEventType().getName().equals("io.klepto.ArchiveFailure"))
            .toList();
    assertEquals(messages.get(0), failures.get(0).getString("message"));
    assertEquals(messages.get(1), failures.get(1).getString("message"));
    assertEquals(
        "io.klepto.archive.ArchiveException", failures.get(0).getClass("exceptionClass").getName());
    assertEquals(
        List.of("prices putAll 1"), // "c"
        texts(events, "ArchiveDump", "operation", "entries"));
  }

  @Test
  void failuresInAWalk_areRecordedWhetherOrNotLoadsAre() throws Exception {
    KleptoCache<String, Integer> cache = cache(builder(ArchiveMode.WRITE_THROUGH));
    try (Recording recording = new Recording()) {
      recording.enable("io.klepto.ArchiveFailure");
      recording.disable("io.klepto.ArchiveLoad");
      recording.start();
      faulty.fail(Set.of("scan"));
      assertThrows(CacheLoaderException.class, cache::load);
      List<RecordedEvent> events = stopped(recording);
      assertEquals(
          List.of("prices walk null 0"),
          texts(events, "ArchiveFailure", "operation", "key", "entries"));
      assertEquals(1, events.size(), events::toString);
    }
  }

  @Test
  void whatIsDisabled_isNotRecorded() throws Exception {
    KleptoCache<String, Integer> cache =
        cache(builder(ArchiveMode.WRITE_THROUGH).policy(EvictionPolicy.MRU).maxEntries(1));
    try (Recording recording = new Recording()) {
      NAMES.forEach(name -> recording.disable("io.klepto." + name));
      recording.start();
      cache.putAll(Map.of("a", 1, "b", 2));
      cache.evictAll(true);
      cache.get("a");
      faulty.fail(FaultyStore.READS);
      assertThrows(CacheLoaderException.class, () -> cache.get("b"));
      assertEquals(List.of(), stopped(recording));
    }
  }

  @Test
  void whatIsShort_isNotRecordedUnlessAskedFor_failuresAre() throws Exception {
    KleptoCache<String, Integer> cache = cache(builder(ArchiveMode.WRITE_THROUGH));
    try (Recording recording = new Recording()) {
      NAMES.forEach(name -> recording.enable("io.klepto." + name));
      recording.enable("io.klepto.ArchiveDump").withThreshold(Duration.ofHours(1));
      recording.start();
      cache.put("a", 1);
      faulty.fail(FaultyStore.READS);
      assertThrows(CacheLoaderException.class, () -> cache.get("b"));
      List<RecordedEvent> events = stopped(recording);
      assertEquals(1, texts(events, "ArchiveFailure").size());
      assertEquals(0, texts(events, "ArchiveDump").size());
    }
  }

  @Test
  void eachEvent_saysWhatItAndItsFieldsAre() throws Exception {
    KleptoCache<String, Integer> cache = cache(builder(ArchiveMode.ON_EVICT).maxEntries(1));
    recorded(
        () -> {
          cache.put("a", 1);
          cache.put("b", 1);
          cache.get("a");
          faulty.fail(FaultyStore.READS);
          assertThrows(CacheLoaderException.class, () -> cache.get("nowhere"));
        });
    List<EventType> types =
        FlightRecorder.getFlightRecorder().getEventTypes().stream()
            .filter(type -> type.getName().startsWith("io.klepto."))
            .toList();
    assertEquals(NAMES.size(), types.size(), types::toString);
    for (EventType type : types) {
      assertEquals(List.of("Klepto"), type.getCategoryNames());
      assertFalse(type.getLabel().isEmpty(), type::getName);
      assertTrue(type.getDescription().length() > 20, type::getName);
      type.getFields()
          .forEach(
              field ->
                  assertTrue(field.getLabel() != null, type.getName() + "." + field.getName()));
    }
  }
}
