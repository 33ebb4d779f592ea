package io.klepto.golden.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.golden.GoldenFiles;
import io.klepto.keymap.Arguments;
import io.klepto.keymap.CallKeys;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.Ignored;
import io.klepto.keymap.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Replays {@code keygen.json} and {@code ignore.json}: the normal form of each call, which calls
 * fit, and which share a key.
 *
 * <p>Where Java has no such concept, and what is left out for it: arguments by name alone (Python's
 * {@code *, name}); partials, whose bound arguments are a lambda's captured ones here; the
 * collection {@code misc}, which inspects builtins and classes of Python. What klepto has wrong is
 * counted by name.
 */
final class SignatureReplayTest {
  private final Map<String, Integer> differences = new TreeMap<>();
  private int compared;

  @Test
  void keygen_callsAreNormalizedAndJudgedAsRecorded() throws IOException {
    int functions = 0;
    int leftOut = 0;
    for (JsonNode recorded : GoldenFiles.json("keygen.json").get("functions")) {
      JsonNode function = recorded.get("function");
      if (Functions.hasKeywordOnly(function)) {
        leftOut++;
        continue;
      }
      functions++;
      replayCalls(recorded, Functions.signature(function));
    }
    assertEquals(Map.of(), differences);
    System.out.printf(
        "keygen.json: %d functions, %d answers compared, 0 mismatches; left out: %d functions with"
            + " arguments by name alone%n",
        functions, compared, leftOut);
  }

  private void replayCalls(JsonNode recorded, Signature signature) {
    CallKeys keys = CallKeys.builder(signature).build();
    List<Object> ours = new ArrayList<>();
    for (JsonNode call : recorded.get("calls")) {
      Arguments arguments = Tagged.call(call);
      String subject = signature + " called with " + arguments;
      assertSame(Tagged.call(call.get("normal")), signature.normalize(arguments), subject);
      boolean fits = keys.mismatch(arguments).isEmpty();
      assertEquals(call.get("python_accepts").booleanValue(), fits, subject);
      if (call.get("isvalid").booleanValue() != fits) {
        differences.merge("isvalid of klepto is not Python's", 1, Integer::sum);
      }
      ours.add(keys.key(arguments));
      compared += 3;
    }
    assertEquals(
        Tagged.recordedClasses(recorded.get("classes")),
        Tagged.classes(ours),
        "keys of " + signature);
  }

  private static void assertSame(Arguments expected, Arguments found, String subject) {
    CanonicalEncoder encoder = CanonicalEncoder.standard();
    assertArrayEquals(
        encoder.encode(List.of(expected.positional(), expected.named())).bytes(),
        encoder.encode(List.of(found.positional(), found.named())).bytes(),
        () -> subject + ": expected " + expected + ", found " + found);
  }

  @Test
  void ignore_ignoredArgumentsDoNotCount_asRecorded() throws IOException {
    int refused = 0;
    int leftOut = 0;
    for (JsonNode recorded : GoldenFiles.json("ignore.json").get("normalise")) {
      if (Functions.hasKeywordOnly(recorded.get("function"))) {
        leftOut++;
        continue;
      }
      Signature signature = Functions.signature(recorded.get("function"));
      Ignored ignored;
      try {
        ignored = ignored(recorded.get("ignored"));
        ignored.requireFitting(signature);
      } catch (IllegalArgumentException e) {
        // klepto ignores nothing, without a word.
        refused++;
        continue;
      }
      replayIgnored(recorded, signature, ignored);
    }
    System.out.printf(
        "ignore.json: %d answers compared, 0 mismatches; with a defect of klepto: %d lists that"
            + " name what the function has not, refused here; left out: %d with arguments by name"
            + " alone%n",
        compared, refused, leftOut);
  }

  private static Ignored ignored(JsonNode names) {
    List<Object> all = new ArrayList<>();
    Iterable<JsonNode> each = names.isArray() ? names : List.of(names);
    for (JsonNode name : each) {
      all.add(name.isInt() ? (Object) name.intValue() : name.textValue());
    }
    return Ignored.of(all.toArray());
  }

  private void replayIgnored(JsonNode recorded, Signature signature, Ignored ignored) {
    CallKeys keys = CallKeys.builder(signature).ignore(ignored).build();
    List<Object> ours = new ArrayList<>();
    for (int i = 0; i < recorded.get("calls").size(); i++) {
      Arguments call = Tagged.call(recorded.get("calls").get(i));
      Arguments normal = ignored.apply(signature, signature.normalize(call));
      String subject = signature + " without " + ignored + " called with " + call;
      assertSame(Tagged.call(recorded.get("normal").get(i)), normal, subject);
      ours.add(keys.key(call));
      compared++;
    }
    assertEquals(
        Tagged.recordedClasses(recorded.get("classes")),
        Tagged.classes(ours),
        "keys of " + signature + " without " + ignored);
  }
}
