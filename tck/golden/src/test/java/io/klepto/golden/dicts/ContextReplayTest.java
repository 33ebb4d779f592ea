package io.klepto.golden.dicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.archive.ArchiveException;
import io.klepto.golden.GoldenFiles;
import io.klepto.memoize.Access;
import io.klepto.memoize.CacheDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays pecapiku's {@code with CacheDict(…) as d}: five bodies with each access and content of
 * the file before. Compared are what the body saw, what it threw, and the content after.
 *
 * <p>pecapiku's defects: a look in vain stores a mark for no value, which also counts in {@code
 * len} and shows among the keys; without {@code r} the file is replaced and all its other entries
 * are lost; and it is the file of that name in the working directory that is written then.
 */
final class ContextReplayTest {
  private static final String MARKS = "a look in vain makes an entry";
  private static final String WIPES = "wipes the other entries";
  private static final String WORKING_DIRECTORY = "writes to the working directory";
  private static final Map<String, Integer> KNOWN_DEFECTS =
      Map.of(MARKS, 46, WIPES, 20, WORKING_DIRECTORY, 30);

  @TempDir Path folder;
  private final Tally tally = new Tally();

  @Test
  void everyRecordedContext_isOurs_orADefectOfPecapiku() throws IOException {
    Set<Path> workingDirectory = list(Path.of(""));
    int number = 0;
    for (JsonNode recorded : GoldenFiles.json("pecapiku.json").get("context")) {
      Path place = Files.createDirectory(folder.resolve("case" + number++));
      replay(recorded, new StoredDict(place));
      tally.same(
          recorded.path("written_to_cwd").asBoolean(),
          !workingDirectory.equals(list(Path.of(""))),
          false,
          WORKING_DIRECTORY,
          recorded.toString());
    }
    tally.report("contexts", KNOWN_DEFECTS);
  }

  private static Set<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return new HashSet<>(files.toList());
    }
  }

  private void replay(JsonNode recorded, StoredDict stored) {
    Map<String, Object> before = before(recorded.get("before"), stored);
    String letters = recorded.get("access").textValue();
    List<String> seen = new ArrayList<>();
    String thrown = run(recorded.get("case").textValue(), Access.of(letters), stored, seen);
    String subject = recorded.toString();
    boolean wrongType = before.containsValue(5);
    String expectedError = recorded.path("error").asText("none");
    tally.same(expectedError, thrown, subject);
    if (!thrown.equals("ValueError")) {
      tally.same(seenBy(recorded), seen, withoutMarks(recorded, letters, before), MARKS, subject);
    }
    JsonNode file = recorded.get("after").get("file");
    Map<String, Object> after = wrongType && !file.has("CacheDict") ? before : content(file);
    boolean wipes = letters.contains("w") && !letters.contains("r");
    tally.same(
        after,
        stored.content(),
        right(recorded, letters, before),
        wipes && !before.isEmpty() ? WIPES : MARKS,
        subject);
  }

  private static Map<String, Object> before(JsonNode before, StoredDict stored) {
    Map<String, Object> content = new LinkedHashMap<>();
    if (before.has("dict")) {
      for (JsonNode entry : before.get("dict")) {
        content.put(entry.get(0).textValue(), StoredDict.textOf(entry.get(1)));
      }
    } else if (before.has("list")) {
      content.put("x", 5); // recorded with a pickle that is no CacheDict
    }
    content.forEach(stored::put);
    assertEquals(content, stored.content());
    return content;
  }

  /** Runs a recorded body, and returns the name of what it threw in Python's words. */
  private static String run(String body, Access access, StoredDict stored, List<String> seen) {
    try (CacheDict<String, String> dict = stored.dict(access).open()) {
      switch (body) {
        case "read miss, put a, get" -> {
          seen.add(value(dict, "miss"));
          seen.add(number(dict.size()));
          dict.put("a", number(1));
          seen.add(value(dict, "a"));
          seen.add(value(dict, "nope"));
          seen.add(number(dict.size()));
          seen.add(String.valueOf(dict.containsKey("zzz")));
        }
        case "put a then raise" -> {
          dict.put("a", number(2));
          throw new IllegalStateException("in body");
        }
        case "only read" -> {
          seen.add(value(dict, "a"));
          seen.add(keys(dict.keySet()));
        }
        case "delete a" -> {
          if (!dict.containsKey("a")) {
            return "KeyError";
          }
          dict.remove("a");
        }
        case "clear" -> dict.clear();
        default -> throw new IllegalArgumentException(body);
      }
      return "none";
    } catch (IllegalStateException e) {
      return "Boom";
    } catch (ArchiveException e) {
      return "ValueError";
    }
  }

  private static String value(Map<String, String> dict, String key) {
    return dict.containsKey(key) ? dict.get(key) : "{\"NoCache\":true}";
  }

  private static String number(int number) {
    return "{\"int\":\"" + number + "\"}";
  }

  private static String keys(Iterable<String> keys) {
    List<String> quoted = new ArrayList<>();
    keys.forEach(key -> quoted.add("\"" + key + "\""));
    Collections.sort(quoted); // as recorded: a and b were put in this order
    return "{\"list\":[" + String.join(",", quoted) + "]}";
  }

  private static List<String> seenBy(JsonNode recorded) {
    List<String> seen = new ArrayList<>();
    recorded.get("seen").forEach(each -> seen.add(each.toString()));
    return seen;
  }

  /** Returns what a body sees if looking makes no entries. */
  private static List<String> withoutMarks(
      JsonNode recorded, String letters, Map<String, Object> before) {
    Map<String, Object> read = letters.contains("r") ? before : Map.of();
    Set<String> withA = new HashSet<>(read.keySet());
    withA.add("a");
    Object a = read.getOrDefault("a", "{\"NoCache\":true}");
    return switch (recorded.get("case").textValue()) {
      case "read miss, put a, get" ->
          List.of(
              "{\"NoCache\":true}",
              number(read.size()),
              number(1),
              "{\"NoCache\":true}",
              number(withA.size()),
              "false");
      case "only read" -> List.of((String) a, keys(read.keySet()));
      default -> List.of();
    };
  }

  /** Returns the content if what was put and removed is changed, and nothing else. */
  private static Map<String, Object> right(
      JsonNode recorded, String letters, Map<String, Object> before) {
    boolean refused = letters.contains("r") && before.containsValue(5);
    Map<String, Object> after = new LinkedHashMap<>(before);
    if (letters.contains("w") && !refused) {
      switch (recorded.get("case").textValue()) {
        case "read miss, put a, get" -> after.put("a", number(1));
        case "put a then raise" -> after.put("a", number(2));
        case "delete a" -> {
          if (letters.contains("r")) {
            after.remove("a");
          }
        }
        case "clear" -> {
          if (letters.contains("r")) {
            after.clear();
          }
        }
        default -> {} // only looks
      }
    }
    return after;
  }

  private static Map<String, Object> content(JsonNode file) {
    Map<String, Object> content = new LinkedHashMap<>();
    if (file.has("CacheDict")) {
      for (JsonNode entry : file.get("CacheDict")) {
        content.put(entry.get(0).textValue(), StoredDict.textOf(entry.get(1)));
      }
    }
    return content;
  }
}
