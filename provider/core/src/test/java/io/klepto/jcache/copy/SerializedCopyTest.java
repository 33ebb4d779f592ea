package io.klepto.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

/** Classes with a serialization protocol of their own. */
// Versions matter to nobody here; fields hold what the test wants; serialization alone reads some.
@SuppressWarnings({"serial", "ArrayRecordComponent", "UnusedVariable"})
final class SerializedCopyTest {
  private final Copier copier = Copiers.byValue(SerializedCopyTest.class.getClassLoader());

  private static final class Singleton implements Serializable {
    static final Singleton INSTANCE = new Singleton();
    private String state = "one";

    private Object readResolve() {
      return INSTANCE;
    }
  }

  private static final class Plain {
    Object a;
    Object b;

    Plain(Object a, Object b) {
      this.a = a;
      this.b = b;
    }
  }

  @Test
  void copy_singletonWithReadResolve_survivesAnywhere() {
    assertSame(Singleton.INSTANCE, copier.copy(Singleton.INSTANCE));
    Object[] graph = {new Plain(Singleton.INSTANCE, Singleton.INSTANCE.state)};
    Plain copy = (Plain) ((Object[]) copier.copy(graph))[0];
    assertSame(Singleton.INSTANCE, copy.a);
    assertEquals("one", copy.b);
  }

  /** A list in the manner of libraries: replaced by a form that makes it anew. */
  private static final class FrozenList implements Serializable {
    final transient Object[] elements;
    final transient Set<Object> index;

    FrozenList(Object... elements) {
      this.elements = elements.clone();
      this.index = new HashSet<>(List.of(elements));
    }

    private Object writeReplace() {
      return new Form(elements);
    }

    private void readObject(ObjectInputStream in) throws IOException {
      throw new InvalidObjectException("use the form");
    }

    private record Form(Object[] elements) implements Serializable {
      private Object readResolve() {
        return new FrozenList(elements);
      }
    }
  }

  @Test
  void copy_writeReplace_isHonouredWithCompleteParts() {
    List<String> inner = new ArrayList<>(List.of("a"));
    FrozenList original = new FrozenList(inner, new HashSet<>(Set.of("b")), "c");
    FrozenList copy = (FrozenList) copier.copy(original);
    assertNotSame(original, copy);
    assertEquals(original.index, copy.index);
    assertNotSame(inner, copy.elements[0]);
    assertTrue(copy.index.contains(copy.elements[1]));
    FrozenList nested = (FrozenList) copier.copy(new FrozenList(new FrozenList(inner)));
    assertEquals(inner, ((FrozenList) nested.elements[0]).elements[0]);
  }

  @Test
  void copy_plainRecordKeyedByProtocolObject_isBuiltAfterIt() {
    record Key(FrozenList list) {
      Key {
        if (list.elements.length == 0) {
          throw new IllegalArgumentException("empty");
        }
      }

      @Override
      public boolean equals(Object other) {
        return other instanceof Key key && key.list.index.equals(list.index);
      }

      @Override
      public int hashCode() {
        return list.index.hashCode();
      }
    }
    Map<Key, Integer> original =
        new HashMap<>(Map.of(new Key(new FrozenList("a")), 1, new Key(new FrozenList("b")), 2));
    Map<?, ?> copy = (Map<?, ?>) copier.copy(original);
    assertEquals(original, copy);
  }

  private static class Custom implements Serializable {
    transient int seen;
    Object held;

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeInt(seen + 1);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      seen = in.readInt();
    }
  }

  private static final class Extended extends Custom {
    private final int[] own = {1};
    private transient String left = "left";
  }

  @Test
  void copy_writeObjectAndReadObject_areCalledAlsoForSubclasses() {
    Extended original = new Extended();
    original.held = new Plain(original.own, original);
    Extended copy = (Extended) copier.copy(original);
    assertEquals(1, copy.seen);
    assertNull(copy.left);
    assertNotSame(original.own, copy.own);
    Plain held = (Plain) copy.held;
    assertSame(copy.own, held.a, "a reference shared with an object that is not serializable");
    assertSame(copy, held.b, "a cycle through an object that is not serializable");
  }

  @Test
  void copy_serializedObjectsInADirectCycle_areSerializedTogether() {
    for (int length = 2; length < 6; length++) {
      Custom first = new Custom();
      Custom last = first;
      for (int i = 1; i < length; i++) {
        Custom next = new Custom();
        last.held = next;
        last = next;
      }
      last.held = first;
      Plain copy = (Plain) copier.copy(new Plain(first, last));
      Custom copied = (Custom) copy.a;
      for (int i = 1; i < length; i++) {
        assertEquals(1, copied.seen);
        copied = (Custom) copied.held;
      }
      assertSame(copy.b, copied);
      assertSame(copy.a, copied.held);
    }
  }

  @Test
  void copy_chainOfSerializedObjects_doesNotOverflowTheStack() {
    Custom first = new Custom();
    Custom last = first;
    for (int i = 0; i < 20_000; i++) {
      Custom next = new Custom();
      last.held = next;
      last = next;
    }
    int length = 0;
    for (Custom c = (Custom) copier.copy(first); c != null; c = (Custom) c.held) {
      length++;
    }
    assertEquals(20_001, length);
  }

  /** Public, with a public constructor, as the specification demands. */
  public static final class External implements Externalizable {
    Object value;
    boolean read;

    /** For deserialization. */
    public External() {}

    External(Object value) {
      this.value = value;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeObject(value);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
      value = in.readObject();
      read = true;
    }
  }

  @Test
  void copy_externalizable_readsAndWritesItself() {
    List<String> list = new ArrayList<>(List.of("a"));
    External copy = (External) copier.copy(new External(list));
    assertTrue(copy.read);
    assertEquals(list, copy.value);
    assertNotSame(list, copy.value);
  }

  private static final class Chosen implements Serializable {
    private static final ObjectStreamField[] serialPersistentFields = {
      new ObjectStreamField("kept", String.class)
    };
    String kept = "kept";
    String dropped = "dropped";
  }

  @Test
  void copy_serialPersistentFields_areHonoured() {
    Chosen copy = (Chosen) copier.copy(new Chosen());
    assertEquals("kept", copy.kept);
    assertNull(copy.dropped);
  }

  private static final class Tags extends ArrayList<Object> {
    private final List<String> extra = new ArrayList<>(List.of("x"));
    private transient int cached = 5;

    Tags(int neededByNobodyElse) {
      super(neededByNobodyElse);
    }
  }

  @Test
  void copy_subclassOfACollection_keepsElementsAndItsOwnFields() {
    Tags original = new Tags(3);
    original.add(original.extra);
    original.add(Optional.of(new ArrayList<>(List.of("y"))));
    Tags copy = (Tags) copier.copy(original);
    assertEquals(original, copy);
    assertEquals(0, copy.cached);
    assertNotSame(original.extra, copy.extra);
    assertSame(copy.extra, copy.get(0));
    assertNotSame(original.get(1), copy.get(1));
  }

  @Test
  void copy_anonymousSubclassOfAMap_keepsItsClass() {
    Map<String, List<String>> original = anonymousMap();
    original.put("a", new ArrayList<>(List.of("b")));
    Map<?, ?> copy = (Map<?, ?>) copier.copy(original);
    assertSame(original.getClass(), copy.getClass());
    assertEquals(original, copy);
    assertNotSame(original.get("a"), copy.get("a"));
  }

  private static Map<String, List<String>> anonymousMap() {
    return new HashMap<>() {
      @Override
      public String toString() {
        return "mine";
      }
    };
  }

  private static final class Failure extends RuntimeException {
    private final List<String> details = new ArrayList<>(List.of("d"));
    private final Plain plain = new Plain(details, this);

    Failure(Throwable cause) {
      super("failed", cause);
    }
  }

  @Test
  void copy_throwable_keepsMessageCauseTraceSuppressedAndFields() {
    Failure original = new Failure(new IOException("cause"));
    original.addSuppressed(new IllegalStateException("suppressed"));
    Failure copy = (Failure) copier.copy(original);
    assertNotSame(original, copy);
    assertEquals("failed", copy.getMessage());
    assertEquals("cause", copy.getCause().getMessage());
    assertNotSame(original.getCause(), copy.getCause());
    assertEquals(List.of(original.getStackTrace()), List.of(copy.getStackTrace()));
    assertEquals("suppressed", copy.getSuppressed()[0].getMessage());
    assertEquals(List.of("d"), copy.details);
    assertSame(copy.details, copy.plain.a);
    assertSame(copy, copy.plain.b);
    copy.addSuppressed(new IllegalStateException("another"));
    assertEquals(1, original.getSuppressed().length);
  }

  @Test
  void copy_throwablesThatCauseEachOther_doSoAgain() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);
    Exception copy = (Exception) copier.copy(first);
    assertEquals("second", copy.getCause().getMessage());
    assertSame(copy, copy.getCause().getCause());
  }

  @Test
  void copy_serializableLambda_isCopiedWithWhatItCaptured() {
    List<String> captured = new ArrayList<>(List.of("a"));
    Supplier<List<String>> lambda = (Supplier<List<String>> & Serializable) () -> captured;
    @SuppressWarnings("unchecked")
    Supplier<List<String>> copy = (Supplier<List<String>>) copier.copy(lambda);
    captured.clear();
    assertEquals(List.of("a"), copy.get());
  }

  private record Handler(Object state) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return state;
    }
  }

  @Test
  void copy_proxy_isCopiedWithItsHandler() {
    StringBuilder state = new StringBuilder("a");
    Supplier<?> proxy =
        (Supplier<?>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Supplier.class}, new Handler(state));
    Supplier<?> copy = (Supplier<?>) copier.copy(proxy);
    assertNotSame(proxy, copy);
    state.append("b");
    assertEquals("a", copy.get().toString());
  }

  /** Replaced by a form that refers to another such object directly. */
  private static final class Swapped implements Serializable {
    private Object other;

    private Object writeReplace() {
      return new SwappedForm(other);
    }

    private record SwappedForm(Object other) implements Serializable {
      private Object readResolve() {
        Swapped made = new Swapped();
        made.other = other;
        return made;
      }
    }
  }

  @Test
  void copy_replacedObjects_inChainsAreCopiedAndInDirectCyclesRefused() {
    Swapped first = new Swapped();
    Swapped last = first;
    for (int i = 0; i < 100; i++) {
      Swapped next = new Swapped();
      last.other = next;
      last = next;
    }
    Object end = copier.copy(first);
    for (int i = 0; i < 100; i++) {
      end = ((Swapped) end).other;
    }
    assertNull(((Swapped) end).other);
    last.other = new Plain(first, null);
    Object copy = copier.copy(first);
    Object found = copy;
    for (int i = 0; i <= 100; i++) {
      found = ((Swapped) found).other;
    }
    assertSame(copy, ((Plain) found).a);
    last.other = first;
    CacheException error = assertThrows(CacheException.class, () -> copier.copy(first));
    assertTrue(error.getMessage().contains("more > "), error.getMessage());
    assertTrue(error.getMessage().length() < 3_000, error.getMessage());
  }

  private static final class Broken implements Serializable {
    private void readObject(ObjectInputStream in) throws IOException {
      throw new InvalidObjectException("broken on purpose");
    }
  }

  private static final class Vanishing implements Serializable {
    private Object readResolve() {
      return null;
    }
  }

  @Test
  void copy_protocolThatFails_namesTheClassThePathAndTheCause() {
    CacheException error =
        assertThrows(
            CacheException.class,
            () -> copier.copy(new ArrayList<>(List.of(new Plain(new Broken(), null)))));
    assertTrue(error.getMessage().contains(Broken.class.getTypeName()), error.getMessage());
    assertTrue(
        error.getMessage().contains("java.util.ArrayList > " + Plain.class.getTypeName() + " > "),
        error.getMessage());
    assertTrue(error.getMessage().contains("broken on purpose"), error.getMessage());
    assertNotNull(error.getCause());
    assertThrows(CacheException.class, () -> copier.copy(new Vanishing()));
    assertThrows(CacheException.class, () -> copier.copy(new Plain(new Vanishing(), null)));
  }

  private static final class NotSerializable {
    final int[] data = {1};

    @SuppressWarnings("unused") // by nobody, which is the point
    private Object readResolve() {
      throw new AssertionError("not serializable");
    }
  }

  @Test
  void copy_protocolWithoutSerializable_isIgnored() {
    NotSerializable original = new NotSerializable();
    NotSerializable copy = (NotSerializable) copier.copy(original);
    assertNotSame(original.data, copy.data);
    assertEquals(1, copy.data[0]);
  }
}
