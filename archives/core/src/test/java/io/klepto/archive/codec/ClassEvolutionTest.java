package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one version of an application's classes wrote, read by another. */
final class ClassEvolutionTest {
  private static final String PERSON =
      """
      public class Person implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
        int age = 42; String name = "Ada"; double height = 1.7;
        public static Object make() { return new Person(); }
        public String toString() { return name + " " + age + " " + height; }
      }
      """;

  @TempDir private Path folder;

  private String reread(String codec, String type, String[] before, String... after)
      throws ReflectiveOperationException {
    Compiled old = Compiled.of(folder, before);
    byte[] bytes = old.codec(codec).encode(old.make(type));
    Codec reader = Compiled.of(folder, after).codec(codec);
    return reader.decode(reader.version(), bytes, 0, bytes.length).toString();
  }

  private String refusal(String codec, String type, String[] before, String... after) {
    ArchiveException e =
        assertThrows(ArchiveException.class, () -> reread(codec, type, before, after));
    return e.getMessage();
  }

  private static String[] just(String... types) {
    return types;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java", "json", "fory"})
  void fieldsAddedDroppedAndReordered_keepTheirValues(String codec) throws Exception {
    String changed =
        """
        public class Person implements java.io.Serializable {
          private static final long serialVersionUID = 1L;
          String added = "new"; double height = -1; String name = "x";
          public String toString() { return name + " " + height + " " + added; }
        }
        """;
    String added = codec.equals("fory") ? "new" : "null"; // Fory runs a constructor
    assertEquals("Ada 1.7 " + added, reread(codec, "Person", just(PERSON), changed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java", "json", "fory"})
  void fieldOfOtherType_isRefusedByName(String codec) {
    String type = codec.equals("fory") ? "java.util.List<String>" : "String"; // Fory reads "42"
    String changed = PERSON.replace("int age = 42", type + " age = null");
    String message = refusal(codec, "Person", just(PERSON), changed);
    assertTrue(message.contains("age") && message.contains("Person"), message);
  }

  @Test
  void primitiveFieldWidened_isRead() throws Exception {
    String changed = PERSON.replace("int age", "long age");
    assertEquals("Ada 42 1.7", reread("kryo", "Person", just(PERSON), changed));
  }

  @Test
  void primitiveFieldBoxed_isRead() throws Exception {
    String changed = PERSON.replace("int age", "Integer age");
    assertEquals("Ada 42 1.7", reread("kryo", "Person", just(PERSON), changed));
    assertEquals("Ada 42 1.7", reread("kryo", "Person", just(changed), PERSON));
  }

  @Test
  void primitiveFieldNarrowed_isRefusedByName() {
    String changed = PERSON.replace("int age = 42", "short age = 42");
    String message = refusal("kryo", "Person", just(PERSON), changed);
    assertTrue(message.contains("field age of app.Person is of type short"), message);
  }

  @Test
  void nullInFieldThatBecamePrimitive_isRefusedByName() {
    String old = PERSON.replace("int age = 42", "Integer age = null");
    String message = refusal("kryo", "Person", just(old), PERSON);
    assertTrue(message.contains("age") && message.contains("holds null"), message);
  }

  @Test
  void fieldMovedToSuperclass_keepsItsValue() throws Exception {
    String parent = "public class Being { String name = \"?\"; }";
    String changed =
        PERSON
            .replace("public class Person", "public class Person extends Being")
            .replace("String name = \"Ada\";", "");
    assertEquals("Ada 42 1.7", reread("kryo", "Person", just(PERSON), parent, changed));
  }

  @Test
  void fieldThatShadowsAnother_doesNotTakeItsValue() throws Exception {
    String parent = "public class Being { String name = \"parent's\"; }";
    String child = PERSON.replace("public class Person", "public class Person extends Being");
    String withoutName = child.replace("String name = \"Ada\";", "");
    assertEquals("null 42 1.7", reread("kryo", "Person", just(parent, withoutName), parent, child));
  }

  @Test
  void fieldThatGotAShadowAbove_keepsItsValue() throws Exception {
    String child = PERSON.replace("public class Person", "public class Person extends Being");
    assertEquals(
        "Ada 42 1.7",
        reread(
            "kryo",
            "Person",
            just("public class Being {}", child),
            "public class Being { String name = \"parent's\"; }",
            child));
  }

  @Test
  void droppedFieldOfClassThatIsGone_leavesTheOthersInPlace() throws Exception {
    String shared = "public class Shared { String text = \"kept\"; Gone gone; }";
    String gone =
        "public class Gone { Shared shared; int[] numbers = {1, 2}; Gone self = this; Kind kind ="
            + " Kind.ODD; Gone[] all = {this}; }";
    String kind = "public enum Kind { ODD }";
    String old =
        """
        public class Holder {
          Gone a = new Gone(); Shared b = new Shared(); Shared c = b; int z = 7;
          public static Object make() { Holder h = new Holder(); h.a.shared = h.b; return h; }
        }
        """;
    String changed =
        """
        public class Holder {
          Shared b; Shared c; int z;
          public String toString() { return b.text + " " + (b == c) + " " + z; }
        }
        """;
    assertEquals(
        "kept true 7",
        reread(
            "kryo",
            "Holder",
            just(shared, gone, kind, old),
            shared.replace("Gone gone;", ""),
            changed));
  }

  @Test
  void classThatIsGone_isRefusedByName() {
    String message = refusal("kryo", "Person", just(PERSON), "public class Other {}");
    assertTrue(message.contains("class app.Person"), message);
  }

  @Test
  void recordComponentsAddedRemovedAndReordered_keepTheirValues() throws Exception {
    String old =
        """
        public record Item(int id, String name, long price) {
          public static Object make() { return new Item(1, "pen", 99L); }
        }
        """;
    String changed = "public record Item(String name, boolean added, String text, double id) {}";
    assertEquals(
        "Item[name=pen, added=false, text=null, id=1.0]",
        reread("kryo", "Item", just(old), changed));
  }

  @Test
  void classThatBecameARecord_isRead() throws Exception {
    String changed = "public record Person(String name, int age, double height) {}";
    assertEquals(
        "Person[name=Ada, age=42, height=1.7]", reread("kryo", "Person", just(PERSON), changed));
  }

  @Test
  void recordThatRefusesTheDefault_isRefusedWithItsReason() {
    String changed =
        """
        public record Person(String name, String title) {
          public Person { java.util.Objects.requireNonNull(title, "title is missing"); }
        }
        """;
    String message = refusal("kryo", "Person", just(PERSON), changed);
    assertTrue(message.contains("title is missing"), message);
  }

  @Test
  void classThatGotAProtocol_isRefusedByName() {
    String changed =
        PERSON.replace(
            "public static", "private Object readResolve() { return this; } public static");
    String message = refusal("kryo", "Person", just(PERSON), changed);
    assertTrue(message.contains("app.Person was written as its fields"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java", "json", "fory"})
  void enumConstantsAddedAndReordered_keepTheirNames(String codec) throws Exception {
    String old = "public enum Color { RED, BLUE; public static Object make() { return BLUE; } }";
    assertEquals(
        "BLUE", reread(codec, "Color", just(old), "public enum Color { BLUE, GREEN, RED }"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java", "json", "fory"})
  void enumConstantRemoved_isRefusedByName(String codec) {
    String old = "public enum Color { RED, BLUE; public static Object make() { return BLUE; } }";
    String message = refusal(codec, "Color", just(old), "public enum Color { RED }");
    assertTrue(message.contains("BLUE"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "json", "fory"})
  void primitiveFieldWidened_isReadOrRefusedByName(String codec) throws Exception {
    String changed = PERSON.replace("int age", "long age");
    assertReadOrRefused(codec, "Ada 42 1.7", "age", PERSON, changed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java", "json", "fory"})
  void fieldRenamed_neverTakesAnothersValue(String codec) throws Exception {
    String changed =
        PERSON
            .replace("String name = \"Ada\"", "String label = \"?\"")
            .replace("name + ", "label + ");
    String added = codec.equals("fory") ? "?" : "null"; // Fory runs a constructor
    assertEquals(added + " 42 1.7", reread(codec, "Person", just(PERSON), changed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "json", "fory"})
  void recordComponentsChanged_areReadByName(String codec) throws Exception {
    String old =
        """
        public record Item(int id, String name, long price) {
          public static Object make() { return new Item(1, "pen", 99L); }
        }
        """;
    assertEquals(
        "Item[name=pen, added=false, text=null, id=1]",
        reread(
            codec,
            "Item",
            just(old),
            "public record Item(String name, boolean added, String text, int id) {}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "json", "fory"})
  void superclassInserted_leavesTheFieldsInPlace(String codec) throws Exception {
    String child = PERSON.replace("public class Person", "public class Person extends Being");
    assertEquals(
        "Ada 42 1.7",
        reread(codec, "Person", just(PERSON), "public class Being { int rank = 9; }", child));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java", "json", "fory"})
  void classMoved_isRefusedByName(String codec) {
    String message = refusal(codec, "Person", just(PERSON), "public class Human {}");
    assertTrue(message.contains("app.Person"), message);
  }

  private void assertReadOrRefused(
      String codec, String expected, String name, String before, String after) throws Exception {
    String found;
    try {
      found = reread(codec, "Person", just(before), after);
    } catch (ArchiveException e) {
      assertTrue(e.getMessage().contains(name), e.getMessage());
      return;
    }
    assertEquals(expected, found);
  }
}
