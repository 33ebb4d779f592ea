package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassAllowListTest {
  private static final String TRAP =
      """
      public class Trap implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
        static { System.setProperty("klepto.test.trap", "sprung"); }
        public static Object make() { return new Trap(); }
      }
      """;

  @TempDir private Path folder;

  private static ClassAllowList list(Class<?> declared, String... patterns) {
    return ClassAllowList.of(List.of(declared), List.of(patterns));
  }

  @Test
  void declaredType_impliesItsPackage() {
    ClassAllowList list = list(Codec.class);
    assertTrue(list.allows("io.klepto.archive.codec.Codec"));
    assertTrue(list.allows("io.klepto.archive.codec.Other$Nested"));
    assertFalse(list.allows("io.klepto.archive.Archive"));
    assertFalse(list.allows("io.klepto.archive.codec.below.Other"));
  }

  @Test
  void declaredArray_impliesItsComponent() {
    assertTrue(list(Codec[][].class).allows("io.klepto.archive.codec.Codec"));
  }

  @Test
  void declaredTypeOfJdk_doesNotImplyItsPackage() {
    assertFalse(list(Object.class).allows("java.lang.ProcessBuilder"));
    assertFalse(list(Map.class).allows("java.util.ServiceLoader"));
    assertTrue(list(java.net.URL.class).allows("java.net.URL"));
    assertFalse(list(Object.class).allows("java.net.URL"));
  }

  @Test
  void pattern_allowsOneClassOrATree() {
    ClassAllowList list = list(Object.class, "a.b.C", "x.y.*", "a.b.D$E");
    assertTrue(list.allows("a.b.C"));
    assertFalse(list.allows("a.b.C$D"));
    assertTrue(list.allows("a.b.D$E"));
    assertTrue(list.allows("x.y.Z"));
    assertTrue(list.allows("x.y.z.Z$A"));
    assertFalse(list.allows("x.yy.Z"));
    assertFalse(list.allows("x.y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", ".*", "a..b", "a.b.", "a.*.b", "a b", "a.b.**", "[La.B;"})
  void patternThatIsNeither_isRefused(String pattern) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> list(Object.class, pattern));
    assertTrue(e.getMessage().contains('"' + pattern + '"'), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.String",
        "java.util.ArrayList",
        "java.time.Instant",
        "java.math.BigDecimal",
        "java.util.Collections$UnmodifiableList",
        "java.io.FileNotFoundException",
        "int"
      })
  void valueTypeOfJdk_isAllowed(String name) {
    assertTrue(list(Object.class).allows(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Runtime",
        "java.lang.invoke.SerializedLambda",
        "java.lang.reflect.Proxy",
        "javax.management.BadAttributeValueExpException",
        "java.rmi.server.UnicastRemoteObject",
        "java.util.ServiceLoader",
        "com.example.IOException",
        "String",
        "java.util.logging.Handler"
      })
  void otherClass_isNotAllowed(String name) {
    assertFalse(list(Object.class).allows(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java"})
  void encode_classNotAllowed_givesTheSetting(String codec) throws Exception {
    Compiled app = Compiled.of(folder, TRAP);
    Codec strict = Codecs.named(codec, new CodecOptions(list(Object.class), app.loader()));
    Object trap = app.make("Trap");
    for (Object value : List.of(trap, List.of(trap), new Object[] {trap}, Map.of("a", trap))) {
      assertRefused(assertThrows(ArchiveException.class, () -> strict.encode(value)));
    }
    Object array = java.lang.reflect.Array.newInstance(trap.getClass(), 0);
    assertRefused(assertThrows(ArchiveException.class, () -> strict.encode(array)));
    assertRefused(assertThrows(ArchiveException.class, () -> strict.encode(trap.getClass())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java"})
  void decode_classNotAllowed_givesTheSettingAndRunsNoneOfIt(String codec) throws Exception {
    Compiled writer = Compiled.of(folder, TRAP);
    byte[] bytes = writer.codec(codec).encode(writer.make("Trap"));
    System.clearProperty("klepto.test.trap");
    Compiled reader = Compiled.of(folder, TRAP);
    Codec strict = Codecs.named(codec, new CodecOptions(list(Object.class), reader.loader()));
    assertRefused(
        assertThrows(
            ArchiveException.class, () -> strict.decode(strict.version(), bytes, 0, bytes.length)));
    assertNull(System.getProperty("klepto.test.trap"), "its static initializer has run");
  }

  private static void assertRefused(ArchiveException e) {
    assertEquals(
        "class app.Trap is not allowed in archived records; if its bytes can be trusted, add"
            + " ArchiveConfiguration.builder(...).allow(\"app.Trap\"), or for a cache"
            + " KleptoConfiguration.builder(...).allow(\"app.Trap\")",
        e.getMessage());
  }

  @Test
  void decode_literalOfAllowedClass_doesNotInitializeIt() throws Exception {
    Compiled writer = Compiled.of(folder, TRAP);
    byte[] bytes = writer.codec("kryo").encode(writer.make("Trap").getClass());
    System.clearProperty("klepto.test.trap");
    Codec reader = Compiled.of(folder, TRAP).codec("kryo");
    Class<?> type = (Class<?>) reader.decode(reader.version(), bytes, 0, bytes.length);
    assertEquals("app.Trap", type.getName());
    assertNull(System.getProperty("klepto.test.trap"), "its static initializer has run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java"})
  void encode_classOfAnotherLoader_isRefused(String codec) throws Exception {
    Compiled one = Compiled.of(folder, TRAP);
    Compiled other = Compiled.of(folder, TRAP);
    Object trap = one.make("Trap");
    ArchiveException e =
        assertThrows(ArchiveException.class, () -> other.codec(codec).encode(trap));
    assertTrue(e.getMessage().contains("app.Trap"), e.getMessage());
    assertTrue(e.getMessage().contains("classLoader(...)"), e.getMessage());
  }
}
