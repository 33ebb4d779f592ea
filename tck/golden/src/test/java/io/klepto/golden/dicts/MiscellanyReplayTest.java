package io.klepto.golden.dicts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.archive.ArchiveException;
import io.klepto.golden.GoldenFiles;
import io.klepto.memoize.Access;
import io.klepto.memoize.CacheDict;
import io.klepto.memoize.CacheDictBuilder;
import io.klepto.memoize.SingleValueCache;
import io.klepto.memoize.SingleValueCacheBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays what else was recorded of pecapiku, those cases that Java has too; the others are about
 * Python's decorators, builtins and the class of the mark for no value.
 *
 * <p>pecapiku's defects: a result that can't be stored ruins the file, with all that was in it; of
 * two contexts on one file, the last to end undoes what the other wrote.
 */
final class MiscellanyReplayTest {
  private static final String RUINS = "a result that can't be stored ruins the file";
  private static final String UNDOES = "the last to close undoes what the others wrote";

  @TempDir Path folder;
  private final Tally tally = new Tally();

  private SingleValueCacheBuilder<Object> single(String name) {
    return SingleValueCache.builder(name, Object.class).directory(folder);
  }

  private CacheDictBuilder<String, Object> dict(String name) {
    return CacheDict.builder(name, String.class, Object.class).directory(folder);
  }

  @Test
  void everyRecordedCase_isOurs_orADefectOfPecapiku_orLeftOut() throws Exception {
    Map<String, Callable<String>> ours = answers();
    Map<String, String> right =
        Map.of(
            "...file after unpicklable result", "{good=stored}",
            "...file after", "{value=stored}",
            "nested contexts on one file (last exit wins)", "{a=1, b=2}");
    for (JsonNode recorded : GoldenFiles.json("pecapiku.json").get("misc")) {
      String name = recorded.get("case").textValue();
      Callable<String> answer = ours.remove(name);
      if (answer == null) {
        tally.leaveOut(name);
      } else if (right.containsKey(name)) {
        String defect = name.startsWith("nested") ? UNDOES : RUINS;
        tally.same(text(recorded), answer.call(), right.get(name), defect, name);
      } else {
        tally.same(text(recorded), answer.call(), name);
      }
    }
    assertTrue(ours.isEmpty(), () -> "expected to be recorded: " + ours.keySet());
    tally.report("miscellany", Map.of(RUINS, 2, UNDOES, 1));
  }

  private static String text(JsonNode recorded) {
    if (recorded.has("error")) {
      return "refused";
    }
    JsonNode result = recorded.get("result");
    return StoredDict.isNoValue(result) ? "no value" : result.toString();
  }

  private Map<String, Callable<String>> answers() {
    Map<String, Callable<String>> answers = new LinkedHashMap<>();
    answers.put("SingleValueCache.decorate(f) without file_path", () -> refused(() -> single("")));
    answers.put("SingleValueCache()(f) without file_path", () -> refused(() -> single(" ")));
    answers.put("SingleValueCache('s.pkl')(f)(1)", () -> remembered(1));
    answers.put("...(2) (argument ignored)", () -> remembered(2));
    answers.put("SingleValueCache.get('s.pkl')", () -> read("s"));
    answers.put("SingleValueCache.get('none.pkl')", () -> read("none"));
    answers.put(
        "CacheDict('sub/dir/x.pkl') creates parents",
        () -> {
          Object one = dict("sub/dir/x").wrap(key -> 1).apply("a");
          return String.valueOf(
              one.equals(1) && Files.isRegularFile(folder.resolve("sub/dir/x.klepto")));
        });
    answers.put(
        "unpicklable result",
        () -> {
          store("unstorable", "good");
          return refused(() -> dict("unstorable").wrap(key -> new Thread()).apply("bad"));
        });
    answers.put("...file after unpicklable result", () -> content("unstorable"));
    answers.put(
        "SingleValueCache unpicklable result",
        () -> {
          store("unstorable single", "value");
          Access anew = Access.of("ew");
          return refused(() -> single("unstorable single").access(anew).wrap(Thread::new).get());
        });
    answers.put("...file after", () -> content("unstorable single"));
    answers.put("nested contexts on one file (last exit wins)", this::nested);
    return answers;
  }

  private String remembered(int argument) {
    return "{\"int\":\"" + single("s").wrap(() -> argument).get() + "\"}";
  }

  private String read(String name) {
    try (SingleValueCache<Object> cache = single(name).access(Access.of("r")).open()) {
      return cache.isPresent() ? "{\"int\":\"" + cache.get() + "\"}" : "no value";
    }
  }

  private void store(String name, String key) {
    try (CacheDict<String, Object> dict = dict(name).open()) {
      dict.put(key, "stored");
    }
  }

  private String content(String name) {
    try (CacheDict<String, Object> dict = dict(name).access(Access.of("r")).open()) {
      return new TreeMap<>(dict).toString();
    }
  }

  private String nested() {
    try (CacheDict<String, Object> outer = dict("nested").open()) {
      outer.put("a", 1);
      try (CacheDict<String, Object> inner = dict("nested").open()) {
        inner.put("b", 2);
      }
    }
    return content("nested");
  }

  private static String refused(Callable<?> call) throws Exception {
    try {
      return "expected a refusal, found " + call.call();
    } catch (ArchiveException | IllegalArgumentException e) {
      return "refused";
    }
  }
}
