package io.klepto.golden.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.golden.GoldenFiles;
import io.klepto.golden.keys.Tagged;
import io.klepto.keymap.Arguments;
import io.klepto.keymap.Signature;
import io.klepto.memoize.Memoizer;
import io.klepto.memoize.RememberedCalls;
import io.klepto.memoize.RememberedFunction;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays {@code argument_keys} and {@code behaviour} of {@code autocache.json}; its changes of
 * code are replayed in {@link io.klepto.golden.code}.
 *
 * <p>autocache's key of an argument is Python's {@code hash}: -1 and -2, "" and 0, 1 and 1.0 and
 * true share one, lists and maps have none; a function whose surplus names are not called {@code
 * kwargs} can't be called at all; results of None are never kept; and two functions that differ in
 * a constant share theirs. These are the defects that are counted. Its log of the backend has no
 * counterpart.
 */
final class AutocacheReplayTest {
  private static final String KNOWN_KEYS = "{another's result=25, no key=22}";
  private static final String KNOWN_BEHAVIOUR =
      "{another function's result=1, another's result=3, no key=1, null not kept=1}";

  @TempDir Path folder;

  private final Defects defects = new Defects();

  @Test
  void argumentKeys_tellDifferentCallsApart() throws IOException {
    int scenarios = 0;
    for (JsonNode scenario : GoldenFiles.json("autocache.json").get("argument_keys")) {
      replayKeys(scenario);
      scenarios++;
    }
    System.out.printf(
        "autocache.json, argument keys: %d scenarios, %d operations compared, 0 mismatches, with a"
            + " defect of autocache: %s%n",
        scenarios, defects.total(), defects);
    assertEquals(2, scenarios);
    assertEquals(KNOWN_KEYS, defects.toString());
  }

  private void replayKeys(JsonNode scenario) {
    try (Memoizer memoizer = Memoizer.builder("golden").build()) {
      RememberedCalls<Integer> function =
          memoizer.memoize(signature(scenario.get("signature").textValue()), call -> 1);
      Signature signature = signature(scenario.get("signature").textValue());
      List<Object> ours = new ArrayList<>();
      List<Object> right = new ArrayList<>();
      List<JsonNode> recorded = new ArrayList<>();
      for (int i = 0; i < scenario.get("calls").size(); i++) {
        JsonNode json = scenario.get("calls").get(i);
        JsonNode classOf = scenario.get("classes").get(i);
        Arguments call = Tagged.call(json);
        defects.compared();
        if (signature.mismatch(call).isPresent()) {
          assertTrue(classOf.isNull(), () -> "Python takes the call " + json);
          assertThrows(IllegalArgumentException.class, () -> function.callWith(call));
          continue;
        }
        assertEquals(1, function.callWith(call));
        if (classOf.isNull()) {
          defects.add("no key");
        }
        ours.add(function.keyWith(call));
        right.add(textOf(json, signature));
        recorded.add(classOf);
      }
      assertEquals(Tagged.classes(right), Tagged.classes(ours), scenario::toString);
      judgePairs(right, recorded);
    }
  }

  private void judgePairs(List<Object> right, List<JsonNode> recorded) {
    for (int i = 0; i < right.size(); i++) {
      for (int j = 0; j < i; j++) {
        boolean both = !recorded.get(i).isNull() && !recorded.get(j).isNull();
        defects.compared();
        if (both && recorded.get(i).equals(recorded.get(j)) != right.get(i).equals(right.get(j))) {
          defects.add("another's result");
        }
      }
    }
  }

  /** Returns what a call is, told from its JSON: values under their names, and what is surplus. */
  private static String textOf(JsonNode call, Signature signature) {
    List<String> parameters = signature.parameters();
    Map<String, String> named = new TreeMap<>();
    if (parameters.contains("baz")) {
      named.put("baz", "{\"int\":\"2\"}");
    }
    List<String> surplus = new ArrayList<>();
    for (int i = 0; i < call.get("args").size(); i++) {
      String value = call.get("args").get(i).toString();
      if (i < parameters.size()) {
        named.put(parameters.get(i), value);
      } else {
        surplus.add(value);
      }
    }
    call.get("kwds").forEach(pair -> named.put(pair.get(0).textValue(), pair.get(1).toString()));
    return named + " " + surplus;
  }

  private static Signature signature(String text) {
    return switch (text) {
      case "foo(bar, baz=2, *args, **kwargs)" ->
          Signature.builder("foo")
              .parameter("bar")
              .parameter("baz", 2L)
              .surplusPositional("args")
              .surplusNamed("kwargs")
              .build();
      case "kw2(bar, **options)" ->
          Signature.builder("kw2").parameter("bar").surplusNamed("options").build();
      default -> throw new IllegalArgumentException("expected a known signature, found " + text);
    };
  }

  /** What a recorded case does: the function, and whether autocache does it right. */
  private record Case(Function<Object, Object> function, String defect) {}

  private static Map<String, Case> cases() {
    Function<Object, Object> tenfold =
        x -> x instanceof List<?> list ? "tenfold " + list : 10 * toLong(x);
    Map<String, Case> cases = new HashMap<>();
    cases.put("hit and miss", new Case(tenfold, ""));
    cases.put("None results are never cached", new Case(x -> null, "null not kept"));
    cases.put("falsy results are cached", new Case(x -> 0L, ""));
    cases.put("exception is not cached", new Case(x -> Math.floorMod(toLong(x), 0L), ""));
    cases.put("unhashable argument raises", new Case(tenfold, "no key"));
    cases.put("-1 and -2 collide", new Case(tenfold, "another's result"));
    cases.put("1, 1.0 and True collide", new Case(tenfold, "another's result"));
    cases.put("set_kwargs given: reaches backend.set?", new Case(tenfold, ""));
    return cases;
  }

  private static long toLong(Object x) {
    return x instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) x).longValue();
  }

  @Test
  void behaviour_isAsRecordedOrRight() throws Exception {
    Map<String, Case> cases = cases();
    int scenarios = 0;
    for (JsonNode scenario : GoldenFiles.json("autocache.json").get("behaviour")) {
      String name = scenario.get("case").textValue();
      if (name.startsWith("two functions differing in one constant")) {
        replayTwoFunctions();
      } else if (name.startsWith("DummyCacheBackend")) {
        replayNoMemory();
      } else {
        replay(scenario, cases.get(name));
      }
      scenarios++;
    }
    System.out.printf(
        "autocache.json, behaviour: %d scenarios, %d operations compared, 0 mismatches, with a"
            + " defect of autocache: %s%n",
        scenarios, defects.total(), defects);
    assertEquals(10, scenarios);
    assertEquals(KNOWN_BEHAVIOUR, defects.toString());
  }

  private void replay(JsonNode scenario, Case replayed) {
    int[] evaluations = {0};
    Map<String, Object> right = new HashMap<>();
    try (Memoizer memoizer = Memoizer.builder("golden").build()) {
      RememberedFunction<Object, Object> function =
          memoizer.memoize(
              "f",
              x -> {
                evaluations[0]++;
                return replayed.function().apply(x);
              });
      for (JsonNode recorded : scenario.get("results")) {
        Object argument = Tagged.value(recorded.get("args").get(0));
        boolean isFirst = !right.containsKey(recorded.get("args").toString());
        Object expected = answer(replayed.function(), argument);
        right.put(recorded.get("args").toString(), expected);
        int before = evaluations[0];
        Object found = answer(function, argument);
        int evaluated = evaluations[0] - before;
        boolean isError = expected instanceof Class<?>;
        assertEquals(expected, found, recorded::toString);
        assertEquals(isFirst || isError ? 1 : 0, evaluated, recorded::toString);
        defects.compared();
        boolean same =
            evaluated == recorded.get("evaluated").intValue()
                && (isError
                    ? recorded.get("result").path("error").textValue().equals("ZeroDivisionError")
                    : !recorded.get("result").has("error")
                        && Tagged.classes(
                                java.util.Arrays.asList(
                                    found, Tagged.value(recorded.get("result"))))
                            .equals(List.of(0, 0)));
        if (replayed.defect().isEmpty()) {
          assertTrue(same, () -> "not as recorded: " + recorded);
        } else if (!same) {
          defects.add(replayed.defect());
        }
      }
    }
  }

  private static Object answer(Function<Object, Object> function, Object argument) {
    try {
      return function.apply(argument);
    } catch (ArithmeticException e) {
      return e.getClass();
    }
  }

  /** A function whose code can be looked at. */
  @FunctionalInterface
  private interface Code extends Function<Long, Long>, Serializable {}

  private void replayTwoFunctions() {
    Code g1 = x -> x + 1;
    Code g2 = x -> x + 2;
    for (Code code : List.of(g1, g2)) {
      try (Memoizer memoizer = Memoizer.builder("golden").archive(folder).versioned().build()) {
        assertEquals(code.apply(1L), memoizer.memoize("g", code).apply(1L));
        defects.compared();
      }
    }
    defects.add("another function's result");
  }

  private void replayNoMemory() {
    int[] evaluations = {0};
    try (Memoizer memoizer = Memoizer.builder("golden").maxEntries(0).build()) {
      RememberedFunction<Long, Long> function =
          memoizer.memoize(
              "f",
              x -> {
                evaluations[0]++;
                return x;
              });
      function.apply(1L);
      function.apply(1L);
      assertEquals(2, evaluations[0]);
      assertEquals(0, function.info().size());
      defects.compared();
    }
  }
}
