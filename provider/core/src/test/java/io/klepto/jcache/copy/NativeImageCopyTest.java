package io.klepto.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies where no class can be defined, as a native image says of itself. */
final class NativeImageCopyTest {
  private static final String SAYS_SO = "org.graalvm.nativeimage.imagecode";

  private static class Flat {
    private final int id;
    private String name;
    private transient String note = "note";

    Flat(int id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  private static final class Deep extends Flat {
    private List<int[]> rows = new ArrayList<>();
    private Deep self;

    Deep(int id) {
      super(id, "deep");
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // what users may write
  private record Row(String name, int[] numbers) {}

  private record Plain(String name, List<String> words) {}

  @BeforeEach
  void sayIt() {
    System.setProperty(SAYS_SO, "runtime");
  }

  @AfterEach
  void unsayIt() {
    System.clearProperty(SAYS_SO);
  }

  private static Copier copier() {
    return Copiers.byValue(NativeImageCopyTest.class.getClassLoader());
  }

  @Test
  void flatClass_isCopiedFieldByField() {
    assertInstanceOf(FlatHandle.class, FieldShapes.shapeFor(Flat.class));
    Flat original = new Flat(7, "seven");
    Flat copy = (Flat) copier().copy(original);
    assertNotSame(original, copy);
    assertEquals(7, copy.id);
    assertEquals("seven", copy.name);
    assertEquals(null, copy.note);
    original.name = "changed";
    assertEquals("seven", copy.name);
  }

  @Test
  void graph_isCopiedWithItsCycles() {
    assertInstanceOf(FieldHandle.class, FieldShapes.shapeFor(Deep.class));
    Deep original = new Deep(3);
    original.rows.add(new int[] {1, 2});
    original.self = original;
    Deep copy = (Deep) copier().copy(original);
    assertSame(copy, copy.self);
    assertNotSame(original.rows.get(0), copy.rows.get(0));
    assertArrayEquals(new int[] {1, 2}, copy.rows.get(0));
  }

  @Test
  void records_areBuiltOrShared() {
    assertTrue(((Composite) FieldShapes.shapeFor(Row.class)).isShareable());
    assertFalse(((Composite) FieldShapes.shapeFor(Deep.class)).isShareable());
    Row original = new Row("a", new int[] {1});
    Row copy = (Row) copier().copy(original);
    assertNotSame(original.numbers(), copy.numbers());
    assertArrayEquals(original.numbers(), copy.numbers());
    Plain plain = new Plain("b", List.of("c"));
    assertSame(plain, copier().copy(plain));
  }
}
