package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.keymap.CallKeys;
import io.klepto.keymap.Rounding;
import io.klepto.keymap.Signature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that remember in a dictionary, and what each access lets them do. */
final class DictCallsTest {
  @TempDir Path folder;
  private final List<Object> evaluated = new ArrayList<>();

  private CacheDictBuilder<String, Integer> lengths(String letters) {
    return CacheDict.builder("lengths", String.class, Integer.class)
        .directory(folder)
        .access(Access.of(letters));
  }

  private Integer length(String text) {
    evaluated.add(text);
    return text.isEmpty() ? null : text.length();
  }

  private Function<String, Integer> remembered(String letters) {
    return lengths(letters).wrap(this::length);
  }

  @Test
  void rew_evaluatesOnce_overRestarts() {
    assertEquals(3, remembered("rew").apply("abc"));
    assertEquals(3, remembered("rew").apply("abc"));
    assertNull(remembered("rew").apply(""));
    assertNull(remembered("rew").apply(""), "null is a result");
    assertEquals(List.of("abc", ""), evaluated);
  }

  @Test
  void r_givesWhatIsStored_andFailsOtherwise() {
    String message =
        assertThrows(NoSuchElementException.class, () -> remembered("r").apply("abc")).getMessage();
    assertTrue(message.contains("abc") && message.contains("\"r\""), message);
    assertTrue(Files.notExists(folder.resolve("lengths.klepto")));
    assertEquals(3, remembered("rew").apply("abc"));
    assertEquals(3, remembered("r").apply("abc"));
    assertEquals(List.of("abc"), evaluated);
  }

  @Test
  void re_evaluatesWithoutStoring() {
    assertEquals(3, remembered("re").apply("abc"));
    assertEquals(3, remembered("re").apply("abc"));
    assertEquals(List.of("abc", "abc"), evaluated);
    assertTrue(Files.notExists(folder.resolve("lengths.klepto")));
  }

  @Test
  void ew_evaluatesAnewAndStores_andKeepsTheOthers() {
    assertEquals(5, remembered("rew").apply("other"));
    assertEquals(3, remembered("ew").apply("abc"));
    assertEquals(3, remembered("ew").apply("abc"));
    assertEquals(List.of("other", "abc", "abc"), evaluated);
    assertEquals(3, remembered("r").apply("abc"));
    assertEquals(5, remembered("r").apply("other"));
  }

  @Test
  void e_doesAsIfNothingWereRemembered() {
    assertEquals(3, remembered("rew").apply("abc"));
    assertEquals(3, remembered("e").apply("abc"));
    assertEquals(List.of("abc", "abc"), evaluated);
  }

  @Test
  void withoutEvaluation_missesFailAndStoreNothing() {
    for (String letters : List.of("", "w", "rw")) {
      assertThrows(NoSuchElementException.class, () -> remembered(letters).apply("abc"));
    }
    assertEquals(List.of(), evaluated);
    assertTrue(Files.notExists(folder.resolve("lengths.klepto")));
  }

  @Test
  void functionThatThrows_passesThrough_andStoresNothing() {
    RuntimeException failure = new IllegalStateException("today");
    Function<String, Integer> failing =
        lengths("rew")
            .wrap(
                text -> {
                  throw failure;
                });
    assertEquals(failure, assertThrows(RuntimeException.class, () -> failing.apply("abc")));
    assertEquals(3, remembered("rew").apply("abc"));
  }

  @Test
  void resultThatCannotBeStored_failsByName_andLeavesTheFileAsItWas() {
    CacheDictBuilder<String, Object> objects =
        CacheDict.builder("objects", String.class, Object.class).directory(folder);
    assertEquals("good!", objects.wrap(text -> text + "!").apply("good"));
    String message =
        assertThrows(ArchiveException.class, () -> objects.wrap(text -> new Thread()).apply("bad"))
            .getMessage();
    assertTrue(message.contains("key \"bad\""), message);
    try (CacheDict<String, Object> dict = objects.open()) {
      assertEquals(Map.of("good", "good!"), dict);
    }
  }

  @Test
  void innerKey_decidesWhichCallsShareAResult() {
    BiFunction<Integer, Boolean, Integer> square =
        CacheDict.builder("squares", Integer.class, Integer.class)
            .directory(folder)
            .wrap(
                (Integer x, Boolean verbose) -> {
                  evaluated.add(x);
                  return x * x;
                },
                (x, verbose) -> x);
    assertEquals(9, square.apply(3, true));
    assertEquals(9, square.apply(3, false));
    assertEquals(List.of(3), evaluated);
  }

  @Test
  void innerKey_ofCallKeys_roundsAndNamesTheFunction() {
    CallKeys keys =
        CallKeys.builder(Signature.unnamed("sine"))
            .identity("sine")
            .rounding(Rounding.simple(2))
            .build();
    Function<Double, Double> sine =
        CacheDict.builder("calls", Object.class, Double.class)
            .directory(folder)
            .wrap(
                (Double x) -> {
                  evaluated.add(x);
                  return Math.sin(x);
                },
                keys::keyOfOne);
    assertEquals(Math.sin(1.001), sine.apply(1.001));
    assertEquals(Math.sin(1.001), sine.apply(1.002));
    assertEquals(List.of(1.001), evaluated);
  }

  @Test
  void outerKey_isTheSameForEachCall() {
    Supplier<Integer> answer = lengths("rew").wrap(() -> length("abc"), "answer");
    assertEquals(3, answer.get());
    assertEquals(3, answer.get());
    assertEquals(3, remembered("r").apply("answer"));
    assertEquals(List.of("abc"), evaluated);
  }

  @Test
  void functionThatCallsItself_isRemembered() {
    CacheDictBuilder<Integer, Long> factorials =
        CacheDict.builder("factorials", Integer.class, Long.class).directory(folder);
    assertEquals(3628800L, new Factorial(factorials).of(10));
    assertEquals(39916800L, factorials.wrap((Integer n) -> n * 3628800L).apply(11));
    try (CacheDict<Integer, Long> dict = factorials.open()) {
      assertEquals(11, dict.size() - 1);
    }
  }

  /** A recursion through the remembered function. */
  private static final class Factorial {
    private final Function<Integer, Long> remembered;

    Factorial(CacheDictBuilder<Integer, Long> builder) {
      this.remembered = builder.wrap(n -> n == 0 ? 1L : n * of(n - 1));
    }

    long of(int n) {
      return remembered.apply(n);
    }
  }
}
