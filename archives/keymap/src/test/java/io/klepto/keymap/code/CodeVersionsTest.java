package io.klepto.keymap.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeVersionsTest {
  /** A function that is a lambda whose code can be found. */
  interface Remembered extends Function<Integer, Integer>, Serializable {}

  /** Compiling takes longest: each text once. */
  private static final Map<List<Object>, CompiledSource> COMPILED = new ConcurrentHashMap<>();

  private static final String MODEL =
      """
      package model;
      import java.util.function.*;
      public class Model {
        static final int[] WEIGHTS = {1, 2, 3};
        static int limit = 10;
        enum Color { RED, GREEN }
        public static int run(int x) {
          Supplier<Integer> later = () -> Helper.twice(x) + 1;
          Runnable anonymous = new Runnable() {
            @Override public void run() { System.out.println("ran " + x); }
          };
          anonymous.run();
          try {
            return later.get() + WEIGHTS[0] + limit + of(Color.RED) + new Part(x).size();
          } catch (RuntimeException e) {
            return -1;
          }
        }
        private static int of(Color color) {
          return switch (color) { case RED -> 1; case GREEN -> 2; };
        }
        public static int other(int x) {
          Function<Integer, Integer> f = y -> y + 7;
          return f.apply(x);
        }
      }
      """;

  private static final String HELPER =
      """
      package model;
      public class Helper {
        static final long SCALE = Long.getLong("scale", 2);
        public static int twice(int x) { return model.deep.Deep.once(x) * 2; }
        public static int unused(int x) { return 3; }
      }
      """;

  private static final String PART =
      """
      package model;
      public class Part extends Base {
        private final int x;
        public Part(int x) { this.x = x; }
        @Override public int size() { return x + 1; }
      }
      """;

  private static final String BASE =
      """
      package model;
      public abstract class Base {
        public abstract int size();
      }
      """;

  private static final String DEEP =
      """
      package model.deep;
      public class Deep {
        public static int once(int x) { return elsewhere.Elsewhere.same(x); }
      }
      """;

  private static final String ELSEWHERE =
      """
      package elsewhere;
      public class Elsewhere {
        public static int same(int x) { return x; }
      }
      """;

  private static Map<String, String> sources() {
    return new HashMap<>(
        Map.of(
            "model.Model", MODEL,
            "model.Helper", HELPER,
            "model.Part", PART,
            "model.Base", BASE,
            "model.deep.Deep", DEEP,
            "elsewhere.Elsewhere", ELSEWHERE));
  }

  private static Map<String, String> with(String type, String before, String after) {
    Map<String, String> sources = sources();
    String source = sources.get(type);
    assertTrue(source.contains(before), () -> "no \"" + before + "\" in " + source);
    sources.put(type, source.replace(before, after));
    return sources;
  }

  private static CodeVersion version(
      CodeVersions versions, Map<String, String> sources, String... options) throws Exception {
    CompiledSource compiled =
        COMPILED.computeIfAbsent(
            List.of(sources, List.of(options)), absent -> CompiledSource.compile(sources, options));
    return version(versions, compiled);
  }

  private static CodeVersion version(CodeVersions versions, CompiledSource compiled)
      throws Exception {
    Method run = compiled.type("model.Model").getMethod("run", int.class);
    return versions.of(run);
  }

  private static CodeVersion version(Map<String, String> sources, String... options)
      throws Exception {
    return version(CodeVersions.standard(), sources, options);
  }

  private static void assertSensitive(String type, String before, String after, String part)
      throws Exception {
    CodeVersion earlier = version(sources());
    CodeVersion later = version(with(type, before, after));
    assertNotEquals(earlier.digest(), later.digest(), () -> before + " to " + after);
    List<String> changes = later.changesSince(earlier);
    assertTrue(
        changes.stream().anyMatch(line -> line.startsWith(part)),
        () -> "expected " + part + " among " + changes);
  }

  private static void assertInsensitive(String type, String before, String after) throws Exception {
    assertEquals(
        List.of(),
        version(with(type, before, after)).changesSince(version(sources())),
        () -> before + " to " + after);
  }

  @Test
  void debugInformationAndLines_doNotCount() throws Exception {
    CodeVersion plain = version(sources(), "-g:none");
    assertEquals(plain, version(sources(), "-g"));
    assertInsensitive(
        "model.Model", "public static int run", "\n\n// moved\n\npublic static int run");
    assertInsensitive("model.Model", "RuntimeException e", "RuntimeException renamed");
    assertInsensitive("model.Model", "Runnable anonymous", "final Runnable anonymous");
  }

  @Test
  void otherMembersAndTheirOrder_doNotCount() throws Exception {
    assertInsensitive(
        "model.Model",
        "public static int run",
        "public static Runnable before() { return () -> System.out.println(new Object() {}); }\n"
            + "public static int run");
    assertInsensitive("model.Model", "y + 7", "y + 8");
    assertInsensitive("model.Helper", "return 3", "return 4");
    assertInsensitive(
        "model.Helper", "static final long SCALE", "/* a comment */ static final long SCALE");
  }

  @Test
  void bodiesOfTheFunction_count() throws Exception {
    assertSensitive("model.Model", "return -1", "return -2", "model.Model.run(int) has changed");
    assertSensitive("model.Model", "(x) + 1;", "(x) + 2;", "model.Model.run(int) has changed");
    assertSensitive("model.Model", "\"ran \"", "\"run \"", "model.Model.run(int) has changed");
    assertSensitive(
        "model.Model",
        "catch (RuntimeException e)",
        "catch (ArithmeticException e)",
        "model.Model.run(int) has changed");
    assertSensitive(
        "model.Model", "System.out.println", "System.err.println", "model.Model.run(int) has");
  }

  @Test
  void codeThatIsCalled_countsWithinThePackage() throws Exception {
    assertSensitive("model.Helper", "* 2", "* 3", "model.Helper.twice(int) has changed");
    assertSensitive("model.deep.Deep", "same(x)", "same(x + 1)", "model.deep.Deep.once(int) has");
    assertSensitive(
        "model.Model", "case RED -> 1", "case RED -> 4", "model.Model.of(model.Model$Color) has");
    assertSensitive("model.Part", "return x + 1", "return x + 2", "model.Part.size() has changed");
    assertInsensitive("elsewhere.Elsewhere", "return x;", "return x + 1;");
  }

  @Test
  void staticInitializers_count() throws Exception {
    assertSensitive("model.Model", "{1, 2, 3}", "{1, 2, 4}", "model.Model.<clinit>() has changed");
    assertSensitive(
        "model.Model", "limit = 10", "limit = 11", "model.Model.<clinit>() has changed");
    assertSensitive(
        "model.Helper", "(\"scale\", 2)", "(\"scale\", 3)", "model.Helper.<clinit>() has changed");
  }

  @Test
  void depth_limitsWhatIsFollowed() throws Exception {
    CodeVersions own = CodeVersions.builder().depth(0).build();
    CodeVersion earlier = version(own, sources());
    assertEquals(earlier, version(own, with("model.Helper", "* 2", "* 3")));
    assertNotEquals(earlier, version(own, with("model.Model", "(x) + 1;", "(x) + 2;")));
    CodeVersions one = CodeVersions.builder().depth(1).build();
    assertNotEquals(version(one, sources()), version(one, with("model.Helper", "* 2", "* 3")));
    assertEquals(
        version(one, sources()), version(one, with("model.deep.Deep", "same(x)", "same(x + 1)")));
  }

  @Test
  void packages_areWhatIsFollowed() throws Exception {
    CodeVersions all = CodeVersions.builder().packages("model", "elsewhere").build();
    assertNotEquals(
        version(all, sources()),
        version(all, with("elsewhere.Elsewhere", "return x;", "return 1;")));
    CodeVersions deepAlone = CodeVersions.builder().packages("model.deep").build();
    assertEquals(
        version(deepAlone, sources()), version(deepAlone, with("model.Helper", "* 2", "* 3")));
  }

  @Test
  void lambda_isItsCodeAndWhatItCaptured() {
    CodeVersions versions = CodeVersions.standard();
    assertEquals(versions.ofFunction(adding(1)), versions.ofFunction(adding(1)));
    assertNotEquals(versions.ofFunction(adding(1)), versions.ofFunction(adding(2)));
    Remembered subtracting = x -> x - 1;
    Remembered multiplying = x -> x * 5;
    assertNotEquals(versions.ofFunction(subtracting), versions.ofFunction(multiplying));
    Remembered reference = Math::abs;
    assertNotEquals(
        versions.ofFunction(reference), versions.ofFunction((Remembered) Math::negateExact));
  }

  @Test
  void serialisableLambda_isNamedWithoutTheDigestThatTheCompilerGivesIt() {
    Remembered first = x -> x + 7;
    Remembered second = x -> x + 7;
    CodeVersion version = CodeVersions.standard().ofFunction(first);
    assertEquals(version, CodeVersions.standard().ofFunction(second));
    assertTrue(
        version.parts().keySet().stream()
            .anyMatch(
                part ->
                    part.contains(
                        "lambda in"
                            + " serialisableLambda_isNamedWithoutTheDigestThatTheCompilerGivesIt(")),
        version.parts().toString());
  }

  private static Remembered adding(int captured) {
    return x -> x + captured;
  }

  @Test
  void functionObject_isItsClassAndFields() {
    CodeVersions versions = CodeVersions.standard();
    assertEquals(versions.ofFunction(new Power(2)), versions.ofFunction(new Power(2)));
    assertNotEquals(versions.ofFunction(new Power(2)), versions.ofFunction(new Power(3)));
  }

  private record Power(int exponent) implements ToIntFunction<Integer> {
    @Override
    public int applyAsInt(Integer base) {
      return (int) Math.pow(base, exponent);
    }
  }

  @Test
  void lambdaThatCantBeFound_isRefusedWithTheRemedy() {
    Function<Integer, Integer> plain = x -> x + 1;
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> CodeVersions.standard().ofFunction(plain))
            .getMessage();
    assertTrue(message.contains("Serializable"), message);
    Thread captured = Thread.currentThread();
    Remembered holding = x -> x + captured.getPriority();
    String held =
        assertThrows(
                IllegalArgumentException.class, () -> CodeVersions.standard().ofFunction(holding))
            .getMessage();
    assertTrue(held.contains("java.lang.Thread"), held);
  }

  @Test
  void version_survivesBeingTakenApart() throws Exception {
    CodeVersion version = version(sources());
    assertEquals(version, CodeVersion.of(version.parts()));
    assertEquals(64, version.digest().length());
  }

  @Test
  void versionByAnotherCompiler_isTheSameWhereTheInstructionsAgree(@TempDir Path folder)
      throws Exception {
    Path javac = otherCompiler();
    Map<String, String> agreeing =
        with("model.Model", " + of(Color.RED)", ""); // switches over enums differ
    for (Map.Entry<String, String> source : agreeing.entrySet()) {
      Path file = folder.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
    }
    Path out = folder.resolve("out");
    List<String> command =
        Stream.concat(
                Stream.of(javac.toString(), "--release", "17", "-d", out.toString()),
                agreeing.keySet().stream()
                    .map(name -> folder + "/src/" + name.replace('.', '/') + ".java"))
            .toList();
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertEquals(0, process.waitFor());
    Map<String, byte[]> classes = new HashMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = out.relativize(file).toString().replaceAll("[/\\\\]", ".");
        classes.put(name.substring(0, name.length() - 6), Files.readAllBytes(file));
      }
    }
    CodeVersion theirs = version(CodeVersions.standard(), CompiledSource.of(classes));
    CodeVersion ours = version(agreeing, "--release", "17");
    assertEquals(List.of(), theirs.changesSince(ours));
  }

  /** Returns the javac of another JDK of this machine. */
  private static Path otherCompiler() throws Exception {
    Path jvms = Path.of("/usr/lib/jvm");
    Assumptions.assumeTrue(Files.isDirectory(jvms), "no other JDK is installed here");
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    try (Stream<Path> homes = Files.list(jvms)) {
      List<Path> others =
          homes
              .map(home -> home.resolve("bin/javac"))
              .filter(Files::isExecutable)
              .filter(javac -> !javac.startsWith(own))
              .filter(javac -> !javac.toString().contains("17"))
              .toList();
      Assumptions.assumeFalse(others.isEmpty(), "no other JDK is installed here");
      return others.get(others.size() - 1);
    }
  }
}
