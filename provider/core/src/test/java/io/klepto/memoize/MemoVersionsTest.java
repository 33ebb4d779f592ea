package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of code that has changed are not found, and can be told and removed. */
final class MemoVersionsTest {
  @TempDir Path folder;

  /** A function whose code can be looked at. */
  @FunctionalInterface
  interface Code extends Function<Integer, Integer>, Serializable {}

  private static int evaluations;

  private final List<URLClassLoader> loaders = new ArrayList<>();

  private static int callee(int n) {
    evaluations++;
    return n;
  }

  private Memoizer open() {
    return Memoizer.builder("test").archive(folder).versioned().build();
  }

  @Test
  void changedCode_isEvaluatedAgainAndExplained() throws Exception {
    Function<Integer, Integer> old = compiled("first", "n + 1");
    Function<Integer, Integer> same = compiled("second", "/* a comment */ n + 1");
    Function<Integer, Integer> changed = compiled("third", "n + 2");
    try (Memoizer memoizer = open()) {
      RememberedFunction<Integer, Integer> function = memoizer.memoize("f", old);
      assertEquals(11, function.apply(10));
      assertEquals(List.of(), function.explain());
    }
    try (Memoizer memoizer = open()) {
      RememberedFunction<Integer, Integer> function = memoizer.memoize("f", same);
      function.load();
      assertEquals(11, function.lookup(10));
      assertEquals(List.of(), function.explain());
    }
    for (int run = 0; run < 2; run++) {
      try (Memoizer memoizer = open()) {
        RememberedFunction<Integer, Integer> function = memoizer.memoize("f", changed);
        function.load();
        assertEquals(run, function.info().size(), "results of this version");
        assertEquals(12, function.apply(10));
        assertEquals(List.of("pack.Code.step(java.lang.Integer) has changed"), function.explain());
      }
    }
  }

  /** Returns a function of a class that is compiled anew. */
  @SuppressWarnings("unchecked")
  private Function<Integer, Integer> compiled(String place, String body) throws Exception {
    Path source = folder.resolve(place).resolve("pack/Code.java");
    Files.createDirectories(source.getParent());
    Files.writeString(
        source,
        "package pack; public class Code implements java.util.function.Function<Integer, Integer> {"
            + " public Integer apply(Integer n) { return step(n); }"
            + " static Integer step(Integer n) { return "
            + body
            + "; } }");
    Path root = source.getParent().getParent();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-nowarn", "-d", root.toString(), source.toString());
    assertEquals(0, failed, body);
    loaders.add(new URLClassLoader(new URL[] {root.toUri().toURL()}));
    return (Function<Integer, Integer>)
        loaders
            .get(loaders.size() - 1)
            .loadClass("pack.Code")
            .getDeclaredConstructor()
            .newInstance();
  }

  @AfterEach
  void closeLoaders() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
  }

  @Test
  void prune_removesResultsOfOtherVersionsAlone() {
    Code old = n -> callee(n) + 1;
    Code changed = n -> callee(n) + 2;
    try (Memoizer memoizer = open()) {
      RememberedFunction<Integer, Integer> first = memoizer.memoize("f", old);
      RememberedFunction<Integer, Integer> other = memoizer.memoize("g", old);
      for (int i = 0; i < 5; i++) {
        first.apply(i);
      }
      other.apply(1);
    }
    try (Memoizer memoizer = open()) {
      RememberedFunction<Integer, Integer> function = memoizer.memoize("f", changed);
      function.apply(1);
      assertEquals(5, function.prune());
      assertEquals(0, function.prune());
      assertEquals(List.of(), function.explain());
      evaluations = 0;
      function.clear();
      assertEquals(3, function.apply(1));
      assertEquals(2, memoizer.memoize("g", old).apply(1));
      assertEquals(0, evaluations, "what is of this version, or another function's, stays");
    }
  }

  @Test
  void version_isPartOfTheKey() {
    Code old = n -> callee(n) + 1;
    Code changed = n -> callee(n) + 2;
    try (Memoizer memoizer = open();
        Memoizer other = Memoizer.builder("other").versioned().build();
        Memoizer plain = Memoizer.builder("plain").build()) {
      RememberedFunction<Integer, Integer> function = memoizer.memoize("f", old);
      assertEquals(List.of("f", function.version().orElseThrow().digest(), 1), function.key(1));
      assertNotEquals(function.key(1), other.memoize("f", changed).key(1));
      RememberedFunction<Integer, Integer> unversioned = plain.memoize("f", old);
      assertTrue(unversioned.version().isEmpty());
      assertThrows(IllegalStateException.class, unversioned::prune);
      assertEquals(List.of(), unversioned.explain());
    }
  }

  @Test
  void lambdaWhoseCodeCantBeFound_isRefused() {
    try (Memoizer memoizer = open()) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> memoizer.memoize("f", () -> "not serialisable"));
      assertTrue(refused.getMessage().contains("serialisable"), refused::getMessage);
      assertTrue(memoizer.function("f").isEmpty());
    }
  }

  /** What proxies remember. */
  public interface Model {
    /** Evaluates. */
    int run(int n);
  }

  /** One way to do it. */
  public static final class First implements Model {
    @Override
    public int run(int n) {
      return n + 1;
    }
  }

  /** Another way. */
  public static final class Second implements Model {
    @Override
    public int run(int n) {
      return n + 2;
    }
  }

  @Test
  void methodsOfAProxy_haveTheVersionOfTheTargetsCode() {
    try (Memoizer memoizer = open()) {
      assertEquals(2, memoizer.proxy("model", Model.class, new First()).run(1));
    }
    try (Memoizer memoizer = open()) {
      assertEquals(3, memoizer.proxy("model", Model.class, new Second()).run(1));
      List<String> changes = memoizer.function("model.run(int)").orElseThrow().explain();
      assertTrue(changes.stream().anyMatch(line -> line.contains("Second.run")), changes::toString);
    }
  }
}
