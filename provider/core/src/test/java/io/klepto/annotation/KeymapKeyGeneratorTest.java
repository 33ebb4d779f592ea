package io.klepto.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.CallKey;
import io.klepto.keymap.Arguments;
import io.klepto.keymap.Ignored;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Rounding;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keys by keymaps: canonical, rounded, without what is ignored, with versions of the code. */
final class KeymapKeyGeneratorTest {
  interface Model {
    @CacheResult(cacheName = "energies")
    Double energy(Double x, List<String> options, boolean verbose);

    @CacheRemove(cacheName = "energies")
    void forget(Double x, List<String> options);

    @CachePut(cacheName = "energies")
    void know(Double x, List<String> options, @CacheValue Double energy);
  }

  private static class Computed implements Model {
    int calls;

    @Override
    public Double energy(Double x, List<String> options, boolean verbose) {
      return (double) ++calls;
    }

    @Override
    public void forget(Double x, List<String> options) {}

    @Override
    public void know(Double x, List<String> options, Double energy) {}
  }

  @RegisterExtension final TestManager caches = new TestManager();
  @TempDir Path folder;
  private final Computed computed = new Computed();

  private static CacheKeyGenerator keys(UnaryOperator<KeymapKeyGenerator.Builder> said) {
    return said.apply(KeymapKeyGenerator.builder()).build();
  }

  private Interpreter interpreter(CacheKeyGenerator generator) {
    return Annotations.builder().manager(caches.manager()).keyGenerator(generator).build();
  }

  private Model model(UnaryOperator<KeymapKeyGenerator.Builder> said) {
    return interpreter(keys(said)).proxy(Model.class, computed);
  }

  @Test
  void arguments_areComparedByCanonicalBytes() {
    Model model = model(said -> said);
    List<String> options = new ArrayList<>(List.of("fast"));

    model.energy(0.1, options, true);
    options.add("exact");
    model.energy(0.1, Arrays.asList("fast"), true);
    assertEquals(1, computed.calls);

    model.energy(0.1, options, true);
    model.energy(0.1, List.of("fast"), false);
    assertEquals(3, computed.calls);
  }

  @Test
  void keymap_makesTheKeys() {
    model(said -> said.keymap(Keymaps.hash())).energy(0.1, List.of(), true);

    Object key = caches.cache("energies").iterator().next().getKey();

    assertEquals(CallKey.of(Keymaps.hash().key(Arguments.of(0.1, List.of(), true))), key);
  }

  @Test
  void rounding_makesNearNumbersOne() {
    Model model = model(said -> said.rounding(Rounding.simple(3)));

    model.energy(0.1, List.of(), true);
    model.energy(0.10001, List.of(), true);
    assertEquals(1, computed.calls);

    model.energy(0.11, List.of(), true);
    assertEquals(2, computed.calls);
  }

  @Test
  void ignoredName_doesNotCount_andOtherMethodsNeedNotHaveIt() {
    Model model = model(said -> said.ignore(Ignored.names("verbose")));

    model.energy(0.1, List.of(), true);
    model.energy(0.1, List.of(), false);
    assertEquals(1, computed.calls);

    model.forget(0.1, List.of());
    model.energy(0.1, List.of(), false);
    assertEquals(2, computed.calls);

    model.know(0.1, List.of(), 9.0);
    assertEquals(9.0, model.energy(0.1, List.of(), true));
  }

  @Test
  void ignoredPosition_doesNotCount() {
    Model model = model(said -> said.ignore(Ignored.indexes(1, 2)));

    model.energy(0.1, List.of(), true);
    model.energy(0.1, List.of("fast"), false);

    assertEquals(1, computed.calls);
  }

  @Test
  void ignoredNameThatIsNone_isRefusedByName() {
    CacheException refused =
        assertThrows(
            CacheException.class, () -> model(said -> said.ignore(Ignored.names("verbsoe"))));

    assertTrue(refused.getMessage().contains("verbsoe"), refused.getMessage());
    assertTrue(refused.getMessage().contains("[x, options, verbose]"), refused.getMessage());
  }

  interface Varied {
    @CacheResult(cacheName = "varied")
    String join(String first, String... rest);
  }

  @Test
  void ignoredSurplus_isTheVariableArguments() {
    List<String> calls = new ArrayList<>();
    Varied varied =
        interpreter(keys(said -> said.ignore(Ignored.surplusPositional())))
            .proxy(
                Varied.class,
                (first, rest) -> {
                  calls.add(first);
                  return first;
                });

    varied.join("a", "b");
    varied.join("a", "c", "d");
    varied.join("e");

    assertEquals(List.of("a", "e"), calls);
  }

  @Test
  void argumentWithoutCanonicalBytes_isRefusedByMethod() {
    Varied varied = interpreter(keys(said -> said)).proxy(Varied.class, (first, rest) -> first);
    Opaque opaque =
        interpreter(keys(said -> said)).proxy(Opaque.class, argument -> "never for a thread");

    assertEquals("a", varied.join("a"));
    CacheException refused =
        assertThrows(CacheException.class, () -> opaque.call(Thread.currentThread()));
    assertTrue(refused.getMessage().contains("Opaque.call("), refused.getMessage());
  }

  interface Opaque {
    @CacheResult(cacheName = "opaque")
    String call(Object argument);
  }

  /** As an application writes it. */
  public static final class RoundedKeys extends KeymapKeyGenerator {
    public RoundedKeys() {
      super(builder().rounding(Rounding.simple(1)));
    }
  }

  @CacheDefaults(cacheName = "named", cacheKeyGenerator = RoundedKeys.class)
  interface Named {
    @CacheResult
    Double rounded(Double x);

    @CacheResult(cacheKeyGenerator = KeymapKeyGenerator.class)
    Double asItIs(@CacheKey Double x, String reader);
  }

  @Test
  void generatorsNamedByAnnotations_areMadeAndUsed() {
    List<Object> calls = new ArrayList<>();
    Named named =
        Annotations.with(caches.manager())
            .proxy(
                Named.class,
                new Named() {
                  @Override
                  public Double rounded(Double x) {
                    calls.add("rounded " + x);
                    return x;
                  }

                  @Override
                  public Double asItIs(Double x, String reader) {
                    calls.add("as it is " + x);
                    return x;
                  }
                });

    named.rounded(0.11);
    named.rounded(0.12);
    named.asItIs(0.11, "Ann");
    named.asItIs(0.11, "Bob");

    assertEquals(List.of("rounded 0.11", "as it is 0.11"), calls);
  }

  /** Another body. */
  private static final class Changed extends Computed {
    @Override
    public Double energy(Double x, List<String> options, boolean verbose) {
      return 100.0 + ++calls;
    }
  }

  /** The method of {@code Model} whose annotation allows versions. */
  interface Versioned {
    Double energy(Double x, List<String> options, boolean verbose);
  }

  @Test
  void versions_tellChangedCodeFromUnchanged() {
    Interpreter interpreter = interpreter(keys(KeymapKeyGenerator.Builder::versioned));
    Changed changed = new Changed();
    Versioned old = interpreter.facade(Versioned.class, computed);
    Versioned same = interpreter.facade(Versioned.class, new Computed());
    Versioned other = interpreter.facade(Versioned.class, changed);

    assertEquals(1.0, old.energy(0.1, List.of(), true));
    assertEquals(1.0, same.energy(0.1, List.of(), true));
    assertEquals(101.0, other.energy(0.1, List.of(), true));
  }

  @Test
  void versions_ofOtherAnnotations_areRefused() {
    CacheException refused =
        assertThrows(CacheException.class, () -> model(KeymapKeyGenerator.Builder::versioned));

    assertTrue(refused.getMessage().contains("expected @CacheResult"), refused.getMessage());
  }

  @Test
  void missingNames_areToldWithTheRemedy() throws Exception {
    try (URLClassLoader loader =
        compiled("Nameless", "String call(String text, boolean verbose);")) {
      Class<?> nameless = loader.loadClass("Nameless");
      Interpreter interpreter = interpreter(keys(said -> said.ignore(Ignored.names("verbose"))));

      CacheException refused =
          assertThrows(
              CacheException.class,
              () -> interpreter.method(nameless, nameless.getDeclaredMethods()[0]));

      assertTrue(refused.getMessage().contains("-parameters"), refused.getMessage());
      assertTrue(refused.getMessage().contains("@ParameterName"), refused.getMessage());
    }
  }

  @Test
  void namesOfAnnotations_standForMissingOnes() throws Exception {
    String declaration =
        "String call(@io.klepto.annotation.ParameterName(\"text\") String text,"
            + " @io.klepto.annotation.ParameterName(\"verbose\") boolean verbose);";
    try (URLClassLoader loader = compiled("Named", declaration)) {
      Class<?> named = loader.loadClass("Named");
      Interpreter interpreter = interpreter(keys(said -> said.ignore(Ignored.names("verbose"))));
      CachedMethod method = interpreter.method(named, named.getDeclaredMethods()[0]).orElseThrow();
      List<Object> calls = new ArrayList<>();
      MethodBody<RuntimeException> body =
          (target, arguments) -> {
            calls.add(arguments[1]);
            return "done";
          };

      method.call(this, new Object[] {"a", true}, body);
      method.call(this, new Object[] {"a", false}, body);

      assertEquals(List.of(true), calls);
    }
  }

  /** Compiles an interface without the names of its parameters. */
  private URLClassLoader compiled(String name, String method) throws IOException {
    Path source = folder.resolve(name + ".java");
    Files.writeString(
        source,
        "public interface %s { @javax.cache.annotation.CacheResult(cacheName = \"c\") %s }"
            .formatted(name, method));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                errors,
                "-proc:none",
                "-cp",
                placesOf(CacheResult.class, ParameterName.class),
                "-d",
                folder.toString(),
                source.toString());
    assertEquals(0, failed, errors::toString);
    return new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, KeymapKeyGeneratorTest.class.getClassLoader());
  }

  private static String placesOf(Class<?>... types) {
    return Arrays.stream(types)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(place -> Path.of(URI.create(place.toString())).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
