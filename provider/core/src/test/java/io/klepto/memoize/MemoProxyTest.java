package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.keymap.Ignored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole interface, remembered method by method. */
final class MemoProxyTest {
  /** What is remembered. */
  public interface Model {
    /** A result. */
    String run(int n);

    /** An overload. */
    String run(long n);

    /** Two arguments, one of which may not count. */
    String draw(String shape, boolean verbose);

    /** Fails as it declares. */
    String read(String file) throws IOException;

    /** Any number of arguments. */
    int count(String... words);

    /** Calls another method. */
    default String twice(int n) {
      return run(n) + run(n);
    }

    /** Has an effect alone. */
    void reset();
  }

  /** With a result of a narrower type. */
  public interface Narrowed extends Model {
    @Override
    default String twice(int n) {
      return "narrowed " + run(n);
    }
  }

  private static class Recorded implements Narrowed {
    final List<String> calls = new ArrayList<>();
    final IOException failure = new IOException("disk");

    @Override
    public String run(int n) {
      calls.add("int " + n);
      return "i" + n;
    }

    @Override
    public String run(long n) {
      calls.add("long " + n);
      return "l" + n;
    }

    @Override
    public String draw(String shape, boolean verbose) {
      calls.add("draw " + shape + " " + verbose);
      return shape;
    }

    @Override
    public String read(String file) throws IOException {
      calls.add("read " + file);
      throw failure;
    }

    @Override
    public int count(String... words) {
      calls.add("count " + List.of(words));
      return words.length;
    }

    @Override
    public void reset() {
      calls.add("reset");
    }

    @Override
    public String toString() {
      return "recorded";
    }
  }

  private final Recorded target = new Recorded();
  private final Memoizer memoizer = Memoizer.builder("test").build();

  @AfterEach
  void close() {
    memoizer.close();
  }

  @Test
  void methodsAndOverloads_areFunctionsOfTheirOwn() {
    Model model = memoizer.proxy(Model.class, target);
    for (int i = 0; i < 2; i++) {
      assertEquals("i1", model.run(1));
      assertEquals("l1", model.run(1L));
      assertEquals(2, model.count("a", "b"));
    }
    assertEquals(List.of("int 1", "long 1", "count [a, b]"), target.calls);
    Remembered run =
        memoizer.function("io.klepto.memoize.MemoProxyTest$Model.run(int)").orElseThrow();
    assertEquals("i1", run.lookup(1));
    run.clear();
    model.run(1);
    model.run(1L);
    assertEquals(4, target.calls.size());
  }

  @Test
  void defaultMethod_runsOnTheProxy() {
    Model model = memoizer.proxy(Model.class, new Recorded() {});
    assertEquals("narrowed i3", model.twice(3), "overridden by the class of the target");
    Narrowed narrowed = memoizer.proxy("narrowed", Narrowed.class, target);
    assertEquals("narrowed i3", narrowed.twice(3));
    assertEquals("i3", narrowed.run(3));
    assertEquals(List.of("int 3"), target.calls, "what a default method calls is remembered");
  }

  @Test
  void checkedException_passesAsItIs() {
    Model model = memoizer.proxy(Model.class, target);
    assertSame(target.failure, assertThrows(IOException.class, () -> model.read("a")));
    assertEquals(1, target.calls.size());
  }

  @Test
  void methodWithoutResult_runsEachTime() {
    Model model = memoizer.proxy(Model.class, target);
    model.reset();
    model.reset();
    assertEquals(List.of("reset", "reset"), target.calls);
  }

  @Test
  void methodsOfObject_areTheProxys() {
    Model model = memoizer.proxy(Model.class, target);
    assertEquals("remembered recorded", model.toString());
    assertEquals(model, model);
    assertNotEquals(model, memoizer.proxy("other", Model.class, target));
    assertEquals(System.identityHashCode(model), model.hashCode());
    assertEquals(List.of(), target.calls);
  }

  @Test
  void twoTargets_needTwoNames() {
    memoizer.proxy(Model.class, target);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> memoizer.proxy(Model.class, new Recorded()));
    assertTrue(refused.getMessage().contains("MemoProxyTest$Model"), refused::getMessage);
  }

  @Test
  void argumentIgnoredByPosition_doesNotCount() {
    try (Memoizer ignoring = Memoizer.builder("ignoring").ignore(Ignored.indexes(1)).build()) {
      RememberedBiFunction<String, Boolean, String> draw =
          ignoring.memoize("draw", (shape, verbose) -> target.draw(shape, verbose));
      draw.apply("circle", true);
      draw.apply("circle", false);
      assertEquals(List.of("draw circle true"), target.calls);
    }
  }
}
