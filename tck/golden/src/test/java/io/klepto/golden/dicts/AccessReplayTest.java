package io.klepto.golden.dicts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.klepto.archive.ArchiveException;
import io.klepto.golden.GoldenFiles;
import io.klepto.memoize.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays pecapiku's matrix: two calls of a remembered function, for each class, access, content of
 * the file before, and function. Compared are result, number of evaluations, and content after each
 * call. A file without entries is as good as none.
 *
 * <p>pecapiku's defects:
 *
 * <ul>
 *   <li>{@code wipes the other entries}: a CacheDict with {@code w} and without {@code r} replaces
 *       the file, whether or not the call succeeds;
 *   <li>{@code stores a mark for no value}: so it does for each key that was looked for in vain;
 *   <li>{@code overwrites what it can't read}: without {@code r}, a damaged file or one of another
 *       type is replaced; ours refuses, or replaces the one entry that it writes;
 *   <li>{@code no letters mean all of them}.
 * </ul>
 */
final class AccessReplayTest {
  private static final String WIPES = "wipes the other entries";
  private static final String MARKS = "stores a mark for no value";
  private static final String OVERWRITES = "overwrites what it can't read";
  private static final String NO_LETTERS = "no letters mean all of them";

  private static final Map<String, Integer> KNOWN_DEFECTS =
      Map.of(WIPES, 28, MARKS, 20, OVERWRITES, 32, NO_LETTERS, 84);

  @TempDir Path folder;
  private final Tally tally = new Tally();
  private int evaluated;

  /** What one call did. */
  private record Outcome(String result, int evaluated, Map<String, Object> content) {}

  @Test
  void everyRecordedAccess_isOurs_orADefectOfPecapiku() throws IOException {
    int number = 0;
    for (JsonNode recorded : GoldenFiles.json("pecapiku.json").get("access_matrix")) {
      Path place = Files.createDirectory(folder.resolve("case" + number++));
      replay(recorded, new StoredDict(place));
    }
    tally.report("access", KNOWN_DEFECTS);
  }

  private void replay(JsonNode recorded, StoredDict stored) {
    boolean single = recorded.get("class").textValue().equals("SingleValueCache");
    String key = single ? "value" : "[\"f\",[1],{}]";
    prepare(recorded.get("before").textValue(), single, key, stored);
    for (int call = 1; call <= 2; call++) {
      Map<String, Object> before = stored.content();
      Outcome ours = call(recorded, single, stored);
      Outcome right = right(recorded, key, before);
      JsonNode theirs = recorded.get("call" + call);
      String subject =
          "call %d of %s, access \"%s\", file %s, function %s"
              .formatted(
                  call,
                  recorded.get("class").textValue(),
                  recorded.get("access").textValue(),
                  recorded.get("before").textValue(),
                  recorded.get("function").textValue());
      String defect = defect(recorded);
      tally.same(result(theirs), ours.result(), right.result(), defect, subject);
      tally.same(
          theirs.get("evaluated").intValue(), ours.evaluated(), right.evaluated(), defect, subject);
      tally.same(
          content(recorded.get("after" + call).get("file"), single, key),
          ours.content(),
          right.content(),
          contentDefect(recorded, call, defect),
          subject);
    }
  }

  private static void prepare(String before, boolean single, String key, StoredDict stored) {
    switch (before) {
      case "absent" -> {}
      case "cached" -> stored.put(key, new TextNode("stored").toString());
      case "cached-none" -> stored.put(key, null);
      case "other-key" -> stored.put("other", new TextNode("o").toString());
      case "wrong-type" -> {
        if (single) {
          stored.makeEmpty(); // recorded with a file that holds the mark for no value
        } else {
          stored.put(key, 5);
        }
      }
      case "corrupt" -> stored.corrupt();
      default -> throw new IllegalArgumentException(before);
    }
  }

  private Outcome call(JsonNode recorded, boolean single, StoredDict stored) {
    evaluated = 0;
    String result;
    try {
      Access access = Access.of(recorded.get("access").textValue());
      Supplier<String> function = function(recorded.get("function").textValue());
      Supplier<String> remembered =
          single
              ? stored.single(access).wrap(function)
              : () ->
                  stored
                      .dict(access)
                      .wrap((Integer x) -> function.get(), x -> "[\"f\",[" + x + "],{}]")
                      .apply(1);
      result = "result " + remembered.get();
    } catch (NoSuchElementException | ArchiveException | IllegalArgumentException e) {
      result = "refused";
    } catch (Boom e) {
      result = "Boom";
    }
    return new Outcome(result, evaluated, stored.content());
  }

  private Supplier<String> function(String kind) {
    return () -> {
      evaluated++;
      return switch (kind) {
        case "ok" -> "{\"int\":\"13\"}";
        case "none" -> null;
        case "raise" -> throw new Boom();
        default -> throw new IllegalArgumentException(kind);
      };
    };
  }

  /** What the function throws that fails. */
  private static final class Boom extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What is right: read, evaluate, write, and never harm what the call is not about. */
  private static Outcome right(JsonNode recorded, String key, Map<String, Object> before) {
    String letters = recorded.get("access").textValue();
    boolean unreadable = before.equals(StoredDict.UNREADABLE);
    Object found = before.get(key);
    if (letters.contains("r") && (unreadable || found instanceof Integer)) {
      return new Outcome("refused", 0, before);
    }
    if (letters.contains("r") && before.containsKey(key)) {
      return new Outcome("result " + found, 0, before);
    }
    if (!letters.contains("e")) {
      return new Outcome("refused", 0, before);
    }
    String function = recorded.get("function").textValue();
    if (function.equals("raise")) {
      return new Outcome("Boom", 1, before);
    }
    String value = function.equals("none") ? null : "{\"int\":\"13\"}";
    if (!letters.contains("w")) {
      return new Outcome("result " + value, 1, before);
    }
    if (unreadable) {
      return new Outcome("refused", 1, before);
    }
    Map<String, Object> after = new LinkedHashMap<>(before);
    after.put(key, value);
    return new Outcome("result " + value, 1, after);
  }

  private static String result(JsonNode call) {
    if (call.has("error")) {
      return call.get("error").textValue().equals("Boom") ? "Boom" : "refused";
    }
    return "result " + StoredDict.textOf(call.get("result"));
  }

  /** Returns the recorded content, with pecapiku's marks for no value. */
  private static Map<String, Object> content(JsonNode file, boolean single, String key) {
    Map<String, Object> content = new LinkedHashMap<>();
    if (file.isTextual() && file.textValue().equals("unreadable")) {
      return StoredDict.UNREADABLE;
    } else if (file.isTextual() && file.textValue().equals("absent")) {
      return content;
    } else if (single) {
      if (!StoredDict.isNoValue(file)) {
        content.put(key, StoredDict.textOf(file));
      }
    } else if (file.has("CacheDict")) {
      for (JsonNode entry : file.get("CacheDict")) {
        content.put(entry.get(0).textValue(), StoredDict.textOf(entry.get(1)));
      }
    } else {
      content.put(key, 5); // recorded with a pickle that is no CacheDict
    }
    return content;
  }

  private static String defect(JsonNode recorded) {
    return recorded.get("access").textValue().isEmpty() ? NO_LETTERS : OVERWRITES;
  }

  private static String contentDefect(JsonNode recorded, int call, String otherwise) {
    if (otherwise.equals(NO_LETTERS)) {
      return NO_LETTERS;
    }
    if (recorded.get("after" + call).toString().contains("NoCache")) {
      return MARKS;
    }
    String before = recorded.get("before").textValue();
    return before.equals("corrupt") || before.equals("wrong-type") ? OVERWRITES : WIPES;
  }
}
