package io.klepto.golden.archives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The keys and values that klepto's archives lost, mixed up or could not list: ours keep every one.
 *
 * <p>Keys that are equal in Python, such as 1, 1.0 and True, are different keys here, as they are
 * of different types.
 */
final class AwkwardEntriesTest {
  @TempDir private Path folder;

  private interface Check {
    void of(Archive<Object, Object> archive, JsonNode recorded);
  }

  /** Does a check for each element of a part of the vectors, in each archive that keeps entries. */
  private Stream<DynamicTest> checks(String part, String elements, Check check) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode recorded : ArchiveVectors.part(part)) {
      Counterpart counterpart = Counterpart.of(recorded.get("archive").textValue());
      if (counterpart.isPresent() && counterpart.kind() != Kind.NULL) {
        tests.add(
            DynamicTest.dynamicTest(
                counterpart.archive(), () -> checkAll(counterpart, recorded.get(elements), check)));
      }
    }
    return tests.stream();
  }

  /** Begins with an empty archive for each element, which must be alone there. */
  private void checkAll(Counterpart counterpart, JsonNode elements, Check check)
      throws IOException {
    Path place = Files.createTempDirectory(folder, "awkward");
    Archive<Object, Object> archive = counterpart.open(place.resolve("container"), "awkward");
    try {
      for (JsonNode element : elements) {
        archive.clear();
        check.of(archive, element);
      }
    } finally {
      archive.drop();
    }
  }

  @Test
  void vectors_areComplete() throws IOException {
    assertEquals(List.of(25, 46), sizes("keys", "keys"));
    assertEquals(List.of(25, 10), sizes("key_collisions", "pairs"));
    assertEquals(List.of(25, 33), sizes("values", "values"));
    assertEquals(23, ArchiveVectors.part("reopen").size());
  }

  private static List<Integer> sizes(String part, String elements) throws IOException {
    JsonNode archives = ArchiveVectors.part(part);
    int size = archives.get(0).get(elements).size();
    archives.forEach(archive -> assertEquals(size, archive.get(elements).size()));
    return List.of(archives.size(), size);
  }

  @TestFactory
  Stream<DynamicTest> key_besideAnother_isKeptApart() throws IOException {
    return checks(
        "keys",
        "keys",
        (archive, recorded) -> {
          Object key = PythonValues.value(recorded.get("key"));
          String message = PythonValues.text(key);
          archive.put("other", 0);
          archive.put(key, 42);
          assertEquals(42, archive.get(key), message);
          assertTrue(archive.contains(key), message);
          assertEquals(
              PythonValues.listing(List.of("other", key)), PythonValues.listing(archive.keys()));
          assertEquals(2, archive.size(), message);
          archive.put(key, 43);
          assertEquals(2, archive.size(), message);
          assertEquals(43, archive.asMap().remove(key), message);
          assertFalse(archive.contains(key), message);
          assertEquals(Map.of("other", 0), archive.getAll(archive.keys()), message);
        });
  }

  @TestFactory
  Stream<DynamicTest> keysThatLookAlike_areTwoEntries() throws IOException {
    return checks(
        "key_collisions",
        "pairs",
        (archive, recorded) -> {
          Object first = PythonValues.value(recorded.get("k1"));
          Object second = PythonValues.value(recorded.get("k2"));
          String message = PythonValues.text(first) + " and " + PythonValues.text(second);
          archive.put(first, "first");
          archive.put(second, "second");
          assertEquals(2, archive.size(), message);
          assertEquals("first", archive.get(first), message);
          assertEquals("second", archive.get(second), message);
          assertEquals(
              PythonValues.listing(List.of(first, second)), PythonValues.listing(archive.keys()));
        });
  }

  @TestFactory
  Stream<DynamicTest> value_comesBackAsItWasOrIsRefused() throws IOException {
    return checks(
        "values",
        "values",
        (archive, recorded) -> {
          Object value = PythonValues.value(recorded.get("value"));
          archive.putAll(Map.of("k", "old", "j", "older"));
          if (value instanceof Unserialisable) {
            assertThrows(ArchiveException.class, () -> archive.put("k", value));
            assertEquals(Map.of("k", "old", "j", "older"), archive.getAll(Set.of("k", "j")));
          } else {
            archive.put("k", value);
            assertEquals(PythonValues.text(value), PythonValues.text(archive.get("k")));
            assertEquals("older", archive.get("j"));
          }
          assertEquals(Set.of("k", "j"), archive.keys());
        });
  }

  @TestFactory
  Stream<DynamicTest> twoHandles_seeWhatTheOtherWrote() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode recorded : ArchiveVectors.part("reopen")) {
      Counterpart counterpart = Counterpart.of(recorded.get("archive").textValue());
      if (counterpart.isPresent()) {
        Step written = new Step(0, Verb.UPDATE, List.of(recorded.get("written")));
        tests.add(
            DynamicTest.dynamicTest(
                counterpart.archive(), () -> useTwoHandles(counterpart, written.entries())));
      }
    }
    return tests.stream();
  }

  private void useTwoHandles(Counterpart counterpart, Map<Object, Object> written)
      throws IOException {
    Path place = Files.createTempDirectory(folder, "handles").resolve("container");
    Archive<Object, Object> one = counterpart.open(place, "shared");
    one.putAll(written);
    try (Archive<Object, Object> other = counterpart.open(place, "shared")) {
      assertEquals(PythonValues.entries(written), PythonValues.entries(other.asMap()));
      assertEquals(written.size(), other.size());
      Object removed = written.keySet().iterator().next();
      one.remove(removed);
      assertFalse(other.contains(removed));
      one.put("new", 1);
      assertEquals(1, other.get("new"));
    }
    one.drop();
  }
}
