package io.klepto.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

/** Classes that are copied field by field, and records. */
@SuppressWarnings({"ArrayRecordComponent", "UnusedMethod"}) // what users may write
final class FieldCopyTest {
  private final Copier copier = Copiers.byValue(FieldCopyTest.class.getClassLoader());

  private static class Base {
    private final int id;
    private String name;

    Base(int id, String name) {
      if (name == null) {
        throw new IllegalArgumentException("constructors must not run for a copy");
      }
      this.id = id;
      this.name = name;
    }

    int baseId() {
      return id;
    }
  }

  private static final class Derived extends Base {
    static int made;
    private final long id;
    private transient String note = "note";
    private transient int count = 7;
    private boolean flag = true;
    private byte b = 1;
    private short s = 2;
    private char c = 'c';
    private float f = 3f;
    private double d = 4d;

    Derived(long id) {
      super(5, "base");
      this.id = id;
      made++;
    }
  }

  @Test
  void copy_flatClass_hasAllFieldsAndRanNoConstructor() {
    Derived original = new Derived(9);
    int made = Derived.made;
    ((Base) original).name = null;
    Derived copy = (Derived) copier.copy(original);
    assertNotSame(original, copy);
    assertSame(Derived.class, copy.getClass());
    assertEquals(made, Derived.made);
    assertEquals(9, copy.id);
    assertEquals(5, copy.baseId());
    assertNull(((Base) copy).name);
    assertTrue(copy.flag);
    assertEquals(1, copy.b);
    assertEquals(2, copy.s);
    assertEquals('c', copy.c);
    assertEquals(3f, copy.f);
    assertEquals(4d, copy.d);
  }

  @Test
  void copy_transientFields_areLeftAtTheirDefault() {
    Derived copy = (Derived) copier.copy(new Derived(1));
    assertNull(copy.note);
    assertEquals(0, copy.count);
  }

  @Test
  void copy_flatClass_isIndependentBothWays() {
    Derived original = new Derived(1);
    Derived copy = (Derived) copier.copy(original);
    original.flag = false;
    copy.b = 9;
    assertTrue(copy.flag);
    assertEquals(1, original.b);
  }

  private static final class Arrays {
    private final int[] numbers = {1, 2};
    private final int[] same = numbers;
    private final byte[][] bytes = {{1}, {2, 3}, null};
    private final String[][] texts = {{"a"}, {}};
    private final Object[] any = {1, "b", new int[] {3}, null};
    private List<List<String>> nested = new ArrayList<>(List.of(new ArrayList<>(List.of("x"))));
  }

  @Test
  void copy_arraysAndArraysOfArrays_areEqualAndIndependent() {
    Arrays original = new Arrays();
    Arrays copy = (Arrays) copier.copy(original);
    assertArrayEquals(new int[] {1, 2}, copy.numbers);
    assertNotSame(original.numbers, copy.numbers);
    assertSame(copy.numbers, copy.same);
    assertArrayEquals(original.bytes, copy.bytes);
    assertNotSame(original.bytes[1], copy.bytes[1]);
    assertArrayEquals(original.texts, copy.texts);
    assertNotSame(original.texts[0], copy.texts[0]);
    assertArrayEquals(original.any, copy.any);
    assertNotSame(original.any[2], copy.any[2]);
    assertEquals(original.nested, copy.nested);
    original.nested.get(0).add("y");
    copy.bytes[0][0] = 9;
    assertEquals(List.of(List.of("x")), copy.nested);
    assertEquals(1, original.bytes[0][0]);
  }

  private static final class Generic<T, U extends Number> {
    private final T first;
    private final U second;

    Generic(T first, U second) {
      this.first = first;
      this.second = second;
    }
  }

  @Test
  void copy_genericFields_areCopiedByWhatTheyHold() {
    StringBuilder text = new StringBuilder("a");
    Generic<StringBuilder, Integer> original = new Generic<>(text, 300_000);
    Generic<?, ?> copy = (Generic<?, ?>) copier.copy(original);
    text.append("b");
    assertEquals("a", copy.first.toString());
    assertSame(original.second, copy.second);
  }

  private static final class Outer {
    private int value = 1;

    private final class Inner {
      int ofOuter() {
        return value;
      }
    }

    Supplier<Integer> anonymous(int captured) {
      return new Supplier<>() {
        @Override
        public Integer get() {
          return value + captured;
        }
      };
    }
  }

  @Test
  void copy_innerAndAnonymousClasses_bringACopyOfTheOuterObject() {
    Outer outer = new Outer();
    Outer.Inner inner = (Outer.Inner) copier.copy(outer.new Inner());
    @SuppressWarnings("unchecked")
    Supplier<Integer> anonymous = (Supplier<Integer>) copier.copy(outer.anonymous(10));
    outer.value = 2;
    assertEquals(1, inner.ofOuter());
    assertEquals(11, anonymous.get());
  }

  private record Counted(List<String> names, int[] counts, int size) implements Serializable {
    private static int made;

    private Counted {
      made++;
      if (names.size() != size) {
        throw new IllegalArgumentException("size " + size + ", names " + names);
      }
    }

    @Override
    public int[] counts() {
      throw new AssertionError("accessors must not be asked");
    }
  }

  @Test
  void copy_recordWithMutableComponents_goesThroughTheCanonicalConstructor() {
    List<String> names = new ArrayList<>(List.of("a", "b"));
    Counted original = new Counted(names, new int[] {1}, 2);
    int made = Counted.made;
    Counted copy = (Counted) copier.copy(original);
    assertEquals(made + 1, Counted.made);
    assertEquals(names, copy.names);
    assertNotSame(names, copy.names);
    assertNotSame(original.counts, copy.counts);
    names.add("c");
    assertEquals(2, copy.names.size());
  }

  @Test
  void copy_recordWhoseConstructorRefuses_namesTheClassAndKeepsTheCause() {
    List<String> names = new ArrayList<>(List.of("a"));
    Object original = new Counted(names, new int[] {1}, 1);
    names.clear();
    CacheException error = assertThrows(CacheException.class, () -> copier.copy(original));
    assertTrue(error.getMessage().contains(Counted.class.getTypeName()), error.getMessage());
    assertSame(IllegalArgumentException.class, error.getCause().getClass());
  }

  @Test
  void copy_objectWithoutFields_isAnotherObject() {
    Object original = new Object();
    Object copy = copier.copy(original);
    assertSame(Object.class, copy.getClass());
    assertFalse(original == copy);
  }

  /** More to copy than the short way looks at. */
  private static final class Wide {
    private final Object[][][] a = {{{1}}};
    private Object f0 = list(0), f1 = list(1), f2 = list(2), f3 = list(3), f4 = list(4);
    private Object f5 = list(5), f6 = list(6), f7 = list(7), f8 = list(8), f9 = list(9);
    private Object g0 = list(10), g1 = list(11), g2 = "x", g3 = 4, g4 = f4;

    private static List<Integer> list(int element) {
      return new ArrayList<>(List.of(element));
    }

    List<Object> all() {
      return List.of(f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, g0, g1, g2, g3, g4);
    }
  }

  @Test
  void copy_manyFields_eachLandsInItsPlace() {
    Wide original = new Wide();
    Wide copy = (Wide) copier.copy(original);
    assertEquals(original.all(), copy.all());
    assertSame(copy.f4, copy.g4);
    assertNotSame(original.f4, copy.f4);
    assertArrayEquals(original.a, copy.a);
    assertNotSame(original.a[0][0], copy.a[0][0]);
  }
}
