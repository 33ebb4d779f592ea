package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.CacheInfo;
import io.klepto.keymap.Arguments;
import io.klepto.keymap.Ignored;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Rounding;
import io.klepto.keymap.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A remembered function does what the function does, and evaluates each call once. */
final class MemoizerTest {
  private final AtomicInteger evaluations = new AtomicInteger();
  private Memoizer memoizer = Memoizer.builder("test").statistics(true).build();

  @AfterEach
  void close() {
    memoizer.close();
  }

  private Memoizer use(MemoizerBuilder builder) {
    memoizer.close();
    memoizer = builder.statistics(true).build();
    return memoizer;
  }

  private String joined(Object... arguments) {
    evaluations.incrementAndGet();
    return List.of(arguments).toString();
  }

  @Test
  void everyNumberOfArguments_isEvaluatedOnceForEqualOnes() throws Exception {
    RememberedSupplier<String> none = memoizer.memoize("f0", () -> joined());
    RememberedCallable<String> callable = memoizer.memoizeCallable("c0", () -> joined("c"));
    RememberedFunction<Integer, String> one = memoizer.memoize("f1", a -> joined(a));
    RememberedBiFunction<Integer, String, String> two =
        memoizer.memoize("f2", (a, b) -> joined(a, b));
    RememberedFunction3<Integer, Integer, Integer, String> three =
        memoizer.memoize("f3", (a, b, c) -> joined(a, b, c));
    RememberedFunction4<Integer, Integer, Integer, Integer, String> four =
        memoizer.memoize("f4", (a, b, c, d) -> joined(a, b, c, d));
    RememberedFunction5<Integer, Integer, Integer, Integer, Integer, String> five =
        memoizer.memoize("f5", (a, b, c, d, e) -> joined(a, b, c, d, e));
    RememberedFunction6<Integer, Integer, Integer, Integer, Integer, Integer, String> six =
        memoizer.memoize("f6", (a, b, c, d, e, f) -> joined(a, b, c, d, e, f));
    for (int i = 0; i < 2; i++) {
      assertEquals("[]", none.get());
      assertEquals("[c]", callable.call());
      assertEquals("[1]", one.apply(1));
      assertEquals("[1, x]", two.apply(1, "x"));
      assertEquals("[1, 2, 3]", three.apply(1, 2, 3));
      assertEquals("[1, 2, 3, 4]", four.apply(1, 2, 3, 4));
      assertEquals("[1, 2, 3, 4, 5]", five.apply(1, 2, 3, 4, 5));
      assertEquals("[1, 2, 3, 4, 5, 6]", six.apply(1, 2, 3, 4, 5, 6));
    }
    assertEquals(8, evaluations.get());
    assertEquals("[2, x]", two.apply(2, "x"));
    assertEquals("[3, 2, 1]", three.apply(3, 2, 1));
    assertEquals(10, evaluations.get());
    assertEquals(new CacheInfo(1, 2, 0, Long.MAX_VALUE, 2, 0), two.info());
  }

  @Test
  void functionsWithEqualArguments_keepTheirResultsApart() {
    RememberedFunction<String, Integer> length = memoizer.memoize("length", String::length);
    RememberedFunction<String, String> upper = memoizer.memoize("upper", s -> s + "!");
    assertEquals(3, length.apply("abc"));
    assertEquals("abc!", upper.apply("abc"));
    assertEquals(3, length.apply("abc"));
    assertNotEquals(length.key("abc"), upper.key("abc"));
  }

  @Test
  void resultOfNull_isRemembered() {
    RememberedFunction<String, String> function =
        memoizer.memoize(
            "null",
            text -> {
              evaluations.incrementAndGet();
              return null;
            });
    assertNull(function.apply("a"));
    assertNull(function.apply("a"));
    assertNull(function.lookup("a"));
    assertEquals(1, evaluations.get());
  }

  @Test
  void argumentOfNull_isAnArgument() {
    RememberedFunction<String, String> function =
        memoizer.memoize("of null", text -> joined(String.valueOf(text)));
    assertEquals("[null]", function.apply(null));
    assertEquals("[null]", function.apply(null));
    assertEquals(1, evaluations.get());
  }

  @Test
  void mutableArgumentChangedLater_doesNotChangeTheKey() {
    RememberedFunction<List<Integer>, String> function =
        memoizer.memoize("list", list -> joined(list));
    List<Integer> argument = new ArrayList<>(List.of(1, 2));
    assertEquals("[[1, 2]]", function.apply(argument));
    argument.add(3);
    assertEquals("[[1, 2, 3]]", function.apply(argument));
    assertEquals("[[1, 2]]", function.apply(List.of(1, 2)));
    assertEquals(2, evaluations.get());
  }

  @Test
  void result_isTheSameObjectUnlessStoredByValue() {
    RememberedFunction<Integer, List<Integer>> shared =
        memoizer.memoize("shared", n -> new ArrayList<>(List.of(n)));
    List<Integer> first = shared.apply(1);
    assertSame(first, shared.apply(1));
    RememberedFunction<Integer, List<Integer>> copied =
        use(Memoizer.builder("copies").configure(cache -> cache.storeByValue(true)))
            .memoize("copied", n -> new ArrayList<>(List.of(n)));
    copied.apply(1).add(9);
    assertEquals(List.of(1), copied.apply(1));
  }

  @Test
  void everyKeymap_tellsArgumentsApartAndFindsEqualOnes() {
    for (var keymap :
        List.of(
            Keymaps.raw(),
            Keymaps.raw().typed(true),
            Keymaps.hash(),
            Keymaps.string(),
            Keymaps.serialized(),
            Keymaps.string().then(Keymaps.hash("MD5")))) {
      evaluations.set(0);
      RememberedFunction<Object, String> function =
          use(Memoizer.builder("keymaps").keymap(keymap)).memoize("f", a -> joined(a));
      for (int round = 0; round < 3; round++) {
        for (Object argument : List.of(1, 1L, 1.0, "1", -1, -2, "", 0, 'a', "a", List.of(1))) {
          assertEquals(List.of(argument).toString(), function.apply(argument), keymap::toString);
        }
      }
      assertEquals(11, evaluations.get(), keymap::toString);
    }
  }

  @Test
  void manyArgumentsWithHash_areFoundWhateverWasUsedLately() {
    RememberedFunction<Integer, String> function =
        use(Memoizer.builder("many").keymap(Keymaps.hash())).memoize("f", a -> joined(a));
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 20_000; i++) {
        assertEquals("[" + i + "]", function.apply(i));
      }
    }
    assertEquals(20_000, evaluations.get());
  }

  @Test
  void roundingAndIgnoring_decideWhichCallsAreOne() {
    RememberedBiFunction<Double, String, String> function =
        use(Memoizer.builder("sweep").rounding(Rounding.simple(2)).ignore(Ignored.indexes(1)))
            .memoize("f", (x, verbose) -> joined(x, verbose));
    assertEquals("[1.001, loud]", function.apply(1.001, "loud"));
    assertEquals("[1.001, loud]", function.apply(1.002, "quiet"), "the first call decides");
    assertEquals(1, evaluations.get());
  }

  @Test
  void signature_givesNamesDefaultsAndValidity() {
    Signature signature = Signature.builder("f").parameter("x").parameter("y", 1L).build();
    RememberedCalls<String> function =
        memoizer.memoize(signature, call -> joined(signature.normalize(call)));
    assertEquals("[(x=1, y=1)]", function.call(1L));
    assertEquals("[(x=1, y=1)]", function.call(1L, 1L));
    assertEquals("[(x=1, y=1)]", function.callWith(Arguments.of(List.of(), Map.of("x", 1L))));
    assertEquals(1, evaluations.get());
    assertTrue(function.isValid(1L));
    assertFalse(function.isValid(1L, 2L, 3L));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> function.call(1L, 2L, 3L));
    assertTrue(refused.getMessage().contains("at most 2"), refused::getMessage);
    assertEquals(1, evaluations.get());
  }

  /** Called through its method. */
  public String concatenated(String a, int b) {
    return joined(a, b);
  }

  @Test
  void method_isNamedByItselfAndCalledOnItsReceiver() throws Exception {
    RememberedCalls<Object> function =
        memoizer.memoize(
            MemoizerTest.class.getMethod("concatenated", String.class, int.class), this);
    assertEquals("[a, 1]", function.call("a", 1));
    assertEquals("[a, 1]", function.call("a", 1));
    assertEquals(1, evaluations.get());
    assertEquals(
        "io.klepto.memoize.MemoizerTest.concatenated(java.lang.String,int)", function.name());
  }

  @Test
  void key_neverEvaluates_andLookup_looksInMemoryAlone() {
    RememberedFunction<String, String> function = memoizer.memoize("f", a -> joined(a));
    assertEquals(List.of("f", "", "a"), function.key("a"));
    NoSuchElementException absent =
        assertThrows(NoSuchElementException.class, () -> function.lookup("a"));
    assertTrue(absent.getMessage().contains("function f"), absent::getMessage);
    assertEquals(0, evaluations.get());
    function.apply("a");
    assertEquals("[a]", function.lookup("a"));
    assertEquals(new CacheInfo(0, 1, 0, Long.MAX_VALUE, 1, 0), function.info());
    assertTrue(function.isValid("a"));
    assertFalse(function.isValid());
  }

  @Test
  void clear_forgetsAndResets() {
    RememberedFunction<String, String> function = memoizer.memoize("f", a -> joined(a));
    function.apply("a");
    function.clear();
    assertEquals(new CacheInfo(0, 0, 0, Long.MAX_VALUE, 0, 0), function.info());
    function.apply("a");
    assertEquals(2, evaluations.get());
  }

  @Test
  void bound_isEachFunctionsOwn() {
    use(Memoizer.builder("bounded").maxEntries(2));
    RememberedFunction<Integer, String> first = memoizer.memoize("first", a -> joined(a));
    RememberedFunction<Integer, String> second = memoizer.memoize("second", a -> joined(a));
    for (int i = 0; i < 5; i++) {
      first.apply(i);
    }
    second.apply(0);
    assertEquals(2, first.info().size());
    assertEquals(1, second.info().size());
    first.apply(3);
    first.apply(0);
    assertEquals("[3]", first.lookup(3), "used last but for one");
    assertThrows(NoSuchElementException.class, () -> first.lookup(4));
  }

  @Test
  void nameOfAnotherFunction_isRefusedUntilThatIsClosed() {
    RememberedFunction<String, String> first = memoizer.memoize("f", a -> joined(a));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> memoizer.memoize("f", () -> "another"));
    assertTrue(refused.getMessage().contains("\"f\""), refused::getMessage);
    assertThrows(IllegalArgumentException.class, () -> memoizer.memoize("", () -> "unnamed"));
    first.close();
    assertEquals("another", memoizer.memoize("f", () -> "another").get());
  }

  @Test
  void keymapOfTheCaches_isRefused() {
    MemoizerBuilder builder =
        Memoizer.builder("twice").configure(cache -> cache.rounding(Rounding.simple(2)));
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, builder::build);
    assertTrue(refused.getMessage().contains("of the memoizer itself"), refused::getMessage);
  }

  @Test
  void close_closesAllFunctions() {
    RememberedFunction<String, String> function = memoizer.memoize("f", a -> joined(a));
    assertSame(function, memoizer.function("f").orElseThrow());
    assertEquals(List.of(function), memoizer.functions());
    memoizer.close();
    memoizer.close();
    assertThrows(IllegalStateException.class, () -> function.apply("a"));
    assertThrows(IllegalStateException.class, () -> memoizer.memoize("g", () -> 1));
    assertEquals(0, evaluations.get());
  }
}
