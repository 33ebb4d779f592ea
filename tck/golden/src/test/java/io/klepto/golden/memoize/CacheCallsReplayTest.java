package io.klepto.golden.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.golden.GoldenFiles;
import io.klepto.golden.keys.Tagged;
import io.klepto.keymap.Arguments;
import io.klepto.keymap.Signature;
import io.klepto.memoize.Memoizer;
import io.klepto.memoize.MemoizerBuilder;
import io.klepto.memoize.RememberedCalls;
import io.klepto.memoize.RememberedFunction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays {@code cachecalls.json}: calls with awkward arguments, calls that fail, results that are
 * changed by their callers, and calls of a second run.
 *
 * <p>What is right is told from the JSON of the arguments alone: calls with different arguments
 * have different results, calls with the same arguments are evaluated once. Our functions are held
 * to that; where the recording differs, it is a defect of klepto:
 *
 * <ul>
 *   <li>{@code another's result}: what was found is the result of a call with other arguments;
 *   <li>{@code no key}: no result at all, for lists, sets and maps, or since the archive takes no
 *       such key;
 *   <li>{@code not found again}: evaluated although the result was there: by safe caches, and in a
 *       second process, whose hashes differ.
 * </ul>
 */
final class CacheCallsReplayTest {
  private static final String KNOWN_AWKWARD =
      "{another's result=91, no key=70, not found again=14}";
  private static final String KNOWN_PROCESSES =
      "{another's result=22, no key=18, not found again=48}";

  @TempDir Path folder;

  private final Defects defects = new Defects();
  private final List<String> evaluated = new ArrayList<>();

  @Test
  void awkwardArguments_eachHaveTheirOwnResult() throws Exception {
    JsonNode vectors = GoldenFiles.json("cachecalls.json");
    int scenarios = 0;
    for (JsonNode scenario : vectors.get("awkward")) {
      MemoizerBuilder builder =
          Recorded.memoizer(text(scenario, "module"), text(scenario, "policy"))
              .keymap(Recorded.keymap(text(scenario, "keymap")));
      try (Memoizer memoizer = builder.build()) {
        replayAwkward(scenario, vectors.get("args"), memoizer);
      }
      scenarios++;
    }
    print("awkward arguments", scenarios);
    assertEquals(52, scenarios);
    assertEquals(KNOWN_AWKWARD, defects.toString());
  }

  private void replayAwkward(JsonNode scenario, JsonNode arguments, Memoizer memoizer)
      throws Exception {
    IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    RememberedFunction<Object, String> function = remembered(memoizer, names);
    boolean keepsNothing = text(scenario, "policy").equals("no");
    Set<String> before = new HashSet<>();
    for (int i = 0; i < arguments.size(); i++) {
      Object argument = Tagged.value(arguments.get(i));
      String name = arguments.get(i).toString();
      names.put(argument, name);
      String right = before.add(name) || keepsNothing ? "m" : "h";
      String outcome =
          Recorded.outcome(
              function,
              () -> {
                assertEquals("result of " + name, function.apply(argument), scenario::toString);
                return null;
              });
      String subject = text(scenario, "keymap") + " " + text(scenario, "policy") + " of " + name;
      assertEquals(right, outcome, subject);
      defects.compared();
      judge(scenario.get("results").get(i), right);
    }
    long entries = keepsNothing ? 0 : before.size();
    assertEquals(entries, function.info().size());
    assertEquals(0, function.info().bypasses(), "every argument here has a key");
  }

  private void judge(JsonNode recorded, String right) {
    if (recorded.has("err")) {
      defects.add("no key");
    } else if (recorded.has("WRONG_RESULT_OF")) {
      defects.add("another's result");
    } else if (!text(recorded, "o").equals(right)) {
      defects.add("not found again");
    }
  }

  private RememberedFunction<Object, String> remembered(
      Memoizer memoizer, IdentityHashMap<Object, String> names) {
    return memoizer.memoize(
        "f",
        argument -> {
          evaluated.add(names.get(argument));
          return "result of " + names.get(argument);
        });
  }

  /** What the recorded function throws; checked, as nothing has to be declared in Python. */
  private static final class Boom extends Exception {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void failingCalls_failAsRecordedAndAreNotRemembered() throws Exception {
    JsonNode calls = GoldenFiles.json("cachecalls.json").get("exceptions");
    int scenarios = 0;
    String last = "";
    Memoizer memoizer = null;
    ReplayedFunction function = null;
    for (JsonNode call : calls) {
      String scenario = text(call, "module") + " " + text(call, "policy");
      if (!scenario.equals(last)) {
        if (memoizer != null) {
          memoizer.close();
        }
        memoizer = Recorded.memoizer(text(call, "module"), text(call, "policy")).build();
        function = new ReplayedFunction(memoizer);
        last = scenario;
        scenarios++;
      }
      function.replay(call);
      defects.compared();
    }
    memoizer.close();
    print("failing and named calls", scenarios);
    assertEquals(60, defects.total());
    assertEquals("{}", defects.toString());
  }

  /** The function {@code f(x, y=1)} of the vectors. */
  private static final class ReplayedFunction {
    private static final Signature SIGNATURE =
        Signature.builder("f").parameter("x").parameter("y", 1L).build();
    private final Boom boom = new Boom();
    private final RememberedCalls<Object> function;
    private int evaluations;

    ReplayedFunction(Memoizer memoizer) {
      this.function = memoizer.memoize(SIGNATURE, this::evaluate);
    }

    private Object evaluate(Arguments call) {
      evaluations++;
      Object x = SIGNATURE.normalize(call).named().get("x");
      if (x.equals("boom")) {
        throw sneaky(boom);
      }
      if (x.equals("key")) {
        throw new NoSuchElementException("k");
      }
      return x;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> RuntimeException sneaky(Exception e) throws E {
      throw (E) e;
    }

    void replay(JsonNode recorded) throws Exception {
      int before = evaluations;
      String outcome = Recorded.outcome(function, () -> check(recorded));
      assertEquals(text(recorded, "o"), outcome, recorded::toString);
      assertEquals(recorded.get("evaluated").intValue(), evaluations - before, recorded::toString);
    }

    private Object check(JsonNode recorded) {
      try {
        Object result = function.callWith(Tagged.call(recorded));
        assertEquals(Tagged.value(recorded.path("result")), result, recorded::toString);
      } catch (NoSuchElementException e) {
        assertEquals("KeyError", text(recorded, "error"), e::toString);
      } catch (IllegalArgumentException e) {
        assertEquals("TypeError", text(recorded, "error"), e::toString);
      } catch (Exception e) {
        assertEquals("Boom", text(recorded, "error"), e::toString);
        assertSame(boom, e);
      }
      return null;
    }
  }

  @Test
  void changedResult_isSeenByTheNextCallAsRecorded() throws Exception {
    int scenarios = 0;
    for (JsonNode recorded : GoldenFiles.json("cachecalls.json").get("mutability")) {
      MemoizerBuilder builder = Memoizer.builder("golden");
      if (!recorded.get("archive").isNull()) {
        builder.archive(URI.create(text(recorded, "archive") + ":/"));
      }
      try (Memoizer memoizer = builder.build()) {
        RememberedFunction<Long, List<Object>> function =
            memoizer.memoize("f", n -> new ArrayList<>(List.of(n)));
        function.apply(1L).add("changed");
        assertEquals(Tagged.value(recorded.get("second_call")), function.apply(1L));
      }
      scenarios++;
      defects.compared();
    }
    print("changed results", scenarios);
    assertEquals(2, scenarios);
    assertEquals("{}", defects.toString());
  }

  @Test
  void secondRun_findsEverything() throws Exception {
    JsonNode vectors = GoldenFiles.json("cachecalls.json");
    JsonNode arguments = vectors.get("process_args");
    int scenarios = 0;
    for (JsonNode scenario : vectors.get("over_processes")) {
      Path place = folder.resolve("scenario" + scenarios);
      replayRun(scenario, "first_process", arguments, place, "m");
      replayRun(scenario, "second_process", arguments, place, "l");
      scenarios++;
    }
    print("two runs", scenarios);
    assertEquals(42, scenarios);
    assertEquals(KNOWN_PROCESSES, defects.toString());
  }

  private void replayRun(
      JsonNode scenario, String run, JsonNode arguments, Path place, String right)
      throws Exception {
    evaluated.clear();
    IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    try (Memoizer memoizer =
        archived(text(scenario, "archive"), place)
            .keymap(Recorded.keymap(text(scenario, "keymap")))
            .build()) {
      RememberedFunction<Object, String> function = remembered(memoizer, names);
      for (int i = 0; i < arguments.size(); i++) {
        Object argument = Tagged.value(arguments.get(i));
        String name = arguments.get(i).toString();
        names.put(argument, name);
        String outcome =
            Recorded.outcome(
                function,
                () -> {
                  assertEquals("result of " + name, function.apply(argument));
                  return null;
                });
        assertEquals(right, outcome, () -> scenario + " " + run + " of " + name);
        defects.compared();
        judgeRun(scenario.get(run).get(0).get(i).textValue(), right);
      }
    }
    assertEquals(right.equals("m") ? arguments.size() : 0, evaluated.size());
  }

  private void judgeRun(String recorded, String right) {
    if (recorded.length() > 1) {
      defects.add("no key");
    } else if (recorded.equals("h")) {
      defects.add("another's result");
    } else if (!recorded.equals(right)) {
      defects.add("not found again");
    }
  }

  /** Returns functions with our archive for one of klepto's. */
  private static MemoizerBuilder archived(String archive, Path place) throws IOException {
    boolean sql = archive.startsWith("sql");
    String path = place.toUri().getRawPath();
    MemoizerBuilder builder = Memoizer.builder("golden").statistics(true);
    builder.archive(URI.create((sql ? "jdbc:h2:file:" : archive + ":") + path));
    return archive.equals("sqltable")
        ? builder.configure(cache -> cache.archiveSetting("table", "memo"))
        : builder;
  }

  private void print(String what, int scenarios) {
    System.out.printf(
        "cachecalls.json, %s: %d scenarios, %d operations compared, 0 mismatches, with a defect of"
            + " klepto: %s%n",
        what, scenarios, defects.total(), defects);
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asText();
  }
}
