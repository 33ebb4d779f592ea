package io.klepto.golden.dicts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.golden.GoldenFiles;
import io.klepto.golden.keys.Tagged;
import io.klepto.keymap.Arguments;
import io.klepto.keymap.CallKeys;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.Signature;
import io.klepto.memoize.CacheDict;
import io.klepto.memoize.CacheDictBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays pecapiku's inner and outer keys, its default key, methods, and functions that share a
 * file. Where Java has not the concept: keys as texts that are evaluated, which the compiler checks
 * here; an inner and an outer key at once, for which there is no way to ask.
 */
final class KeyReplayTest {
  private static final String LISTS = "a list is no key";
  private static final String APART = "one call has several keys";
  private static final String TOGETHER = "several calls have one key";
  private static final Signature FUNCTION =
      Signature.builder("f")
          .parameter("x")
          .parameter("y", 2L)
          .surplusPositional("args")
          .surplusNamed("kwargs")
          .build();
  private static final CallKeys DEFAULT_KEYS = CallKeys.builder(FUNCTION).identity("f").build();

  /** The inner and outer keys that Java can say, by the recorded case. */
  private static final Map<String, Function<Arguments, Object>> KEYS =
      Map.of(
          "inner_key='x'", call -> named(call).get("x"),
          "inner_key='x + y'", call -> (long) named(call).get("x") + (long) named(call).get("y"),
          "inner_key='(x, y)'", call -> List.of(named(call).get("x"), named(call).get("y")),
          "inner_key='args'", Arguments::positional,
          "inner_key='str(kwargs)'", call -> call.named().toString(),
          "inner_key='[x]' (unhashable)", call -> List.of(named(call).get("x")),
          "inner_key=callable(args, kwargs)", call -> List.of(call.positional(), call.named()),
          "outer_key='K'", call -> "K",
          "outer_key=0", call -> 0L,
          "outer_key=[1] (unhashable)", call -> List.of(1L));

  @TempDir Path folder;
  private final Tally tally = new Tally();
  private int places;

  private static SortedMap<String, Object> named(Arguments call) {
    return FUNCTION.normalize(call).named();
  }

  private CacheDictBuilder<Object, String> dict() throws IOException {
    Path place = Files.createDirectory(folder.resolve("case" + places++));
    return CacheDict.builder("case", Object.class, String.class).directory(place);
  }

  /** Returns a text that is the same for equal values. */
  private static String text(Object value) {
    return CanonicalEncoder.standard().encode(List.of(value)).sha256Hex();
  }

  /** Returns what the recorded function computes: x, y, the other arguments. */
  private static String compute(Arguments call) {
    SortedMap<String, Object> named = new TreeMap<>(named(call));
    List<Object> result = new ArrayList<>();
    result.add(named.remove("x"));
    result.add(named.remove("y"));
    result.add(FUNCTION.normalize(call).positional());
    List<Object> others = new ArrayList<>();
    named.forEach((name, value) -> others.add(new Object[] {name, value}));
    result.add(others);
    return text(result);
  }

  @Test
  void innerAndOuterKeys_shareResultsAsRecorded() throws IOException {
    for (JsonNode recorded : GoldenFiles.json("pecapiku.json").get("keys")) {
      String name = recorded.get("case").textValue();
      if (KEYS.containsKey(name)) {
        replay(recorded, name, KEYS.get(name));
      } else if (name.equals("default key") || name.equals("outer_key=None")) {
        replay(recorded, name, DEFAULT_KEYS::key);
      } else {
        tally.leaveOut(name);
      }
    }
    tally.report("keys", Map.of(LISTS, 12, TOGETHER, 1));
  }

  private void replay(JsonNode recorded, String name, Function<Arguments, Object> key)
      throws IOException {
    CacheDictBuilder<Object, String> builder = dict();
    Function<Arguments, String> remembered = builder.wrap(KeyReplayTest::compute, key);
    Map<Object, String> first = new TreeMap<>();
    for (JsonNode json : recorded.get("calls")) {
      Arguments call = Tagged.call(json);
      String ours = remembered.apply(call);
      String right = first.computeIfAbsent(text(key.apply(call)), absent -> compute(call));
      String theirs =
          json.has("error")
              ? json.get("error").textValue()
              : text(Tagged.value(json.get("result")));
      tally.same(
          theirs, ours, right, json.has("error") ? LISTS : TOGETHER, name + " called with " + call);
    }
    try (CacheDict<Object, String> dict = builder.open()) {
      assertEquals(first.size(), dict.size(), name);
    }
  }

  /**
   * Ours tells no fewer arguments apart; and the same call is the same key, however it is written.
   */
  @Test
  void defaultKey_tellsCallsApart() throws IOException {
    JsonNode recorded = GoldenFiles.json("pecapiku.json").get("default_keys").get(0);
    List<Object> keys = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (JsonNode json : recorded.get("calls")) {
      Arguments call = Tagged.call(json);
      keys.add(text(DEFAULT_KEYS.key(call)));
      results.add(compute(call));
    }
    List<Integer> ours = Tagged.classes(keys);
    List<Integer> theirs = Tagged.recordedClasses(recorded.get("classes"));
    List<Integer> right = Tagged.classes(results);
    for (int i = 0; i < ours.size(); i++) {
      for (int j = 0; j < i; j++) {
        boolean together = right.get(i).equals(right.get(j));
        tally.same(
            theirs.get(i).equals(theirs.get(j)),
            ours.get(i).equals(ours.get(j)),
            together,
            together ? APART : TOGETHER,
            recorded.get("calls").get(j) + " and " + recorded.get("calls").get(i));
      }
    }
    tally.report("default keys", Map.of(APART, 9, TOGETHER, 3));
  }

  @Test
  void methods_areRememberedByTheFieldsOfTheirObject() throws IOException {
    Signature method = Signature.builder("meth").parameter("x").parameter("y", 1L).build();
    CallKeys keys = CallKeys.builder(method).withReceiver(true).build();
    CacheDictBuilder<Object, String> builder = dict();
    for (JsonNode recorded : GoldenFiles.json("pecapiku.json").get("methods")) {
      JsonNode field = recorded.get("self_v");
      Receiver receiver = new Receiver(field.isInt() ? field.longValue() : 99);
      Arguments call = Tagged.call(recorded);
      String ours =
          builder
              .wrap((Arguments c) -> receiver.compute(method, c), c -> keys.keyOn(receiver, c))
              .apply(call);
      tally.same(text(Tagged.value(recorded.get("result"))), ours, receiver + " " + call);
    }
    try (CacheDict<Object, String> dict = builder.open()) {
      int theirs =
          GoldenFiles.json("pecapiku.json").get("methods_file").get("file").get("CacheDict").size();
      tally.same(theirs, dict.size(), 5, APART, "entries");
    }
    tally.report("methods", Map.of(APART, 1));
  }

  /** The object of the recorded methods. */
  private record Receiver(long v) {
    String compute(Signature method, Arguments call) {
      SortedMap<String, Object> named = method.normalize(call).named();
      return text(new Object[] {v, named.get("x"), named.get("y")});
    }
  }

  @Test
  void functionsOfOneFile_areToldApartByName() throws IOException {
    CacheDictBuilder<Object, String> builder = dict();
    for (JsonNode recorded : GoldenFiles.json("pecapiku.json").get("shared_file")) {
      CallKeys keys =
          CallKeys.builder(Signature.unnamed("f"))
              .identity(recorded.get("function_name").textValue())
              .build();
      String ours =
          builder
              .wrap((Long x) -> recorded.get("would_return").textValue(), keys::keyOfOne)
              .apply(1L);
      tally.same(recorded.get("result").textValue(), ours, recorded.toString());
    }
    tally.report("functions that share a file", Map.of());
  }
}
