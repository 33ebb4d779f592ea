package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyRefusalTest {
  private static final CanonicalEncoder ENCODER = CanonicalEncoder.standard();

  private static final Object NO_VALUE = new Object();

  record Holder(String name, List<Object> items) {}

  record Link(Object next) {}

  static final class Counter extends AtomicInteger {
    private static final long serialVersionUID = 1L;
  }

  static final class Resource implements AutoCloseable {
    @Override
    public void close() {}
  }

  static final class Bag extends ArrayDeque<String> {
    private static final long serialVersionUID = 1L;
  }

  static final class Changing {
    final List<Object> owner;

    Changing(List<Object> owner) {
      this.owner = owner;
    }
  }

  private static KeyEncodingException refused(Object key) {
    return refused(ENCODER, key);
  }

  private static KeyEncodingException refused(CanonicalEncoder encoder, Object key) {
    return assertThrows(KeyEncodingException.class, () -> encoder.encode(key));
  }

  private static void assertMessage(KeyEncodingException e, String... parts) {
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), () -> "expected " + part + " in " + e);
    }
  }

  @Test
  void encode_null_isRefused() {
    assertThrows(NullPointerException.class, () -> ENCODER.encode(null));
  }

  @Test
  void encode_thingsWithoutValue_areRefusedByName() throws Exception {
    for (Object key :
        List.of(
            new Object(),
            Thread.currentThread(),
            new IllegalStateException("x"),
            getClass().getClassLoader(),
            new ByteArrayInputStream(new byte[0]),
            new AtomicInteger(),
            new AtomicReference<>(),
            new ReentrantLock(),
            CharBuffer.allocate(1),
            new CompletableFuture<>(),
            new WeakReference<>(""),
            URI.create("http://a").toURL(),
            Path.of("a"),
            new File("a"),
            new ArrayDeque<>(),
            new PriorityQueue<>(),
            new HashMap<>().values(),
            List.of().iterator(),
            new Counter(),
            new Resource(),
            new Bag(),
            Thread.class.getMethod("start"),
            ThreadLocal.withInitial(() -> 1))) {
      KeyEncodingException e = refused(key);
      String name = key.getClass().getName();
      assertMessage(
          e,
          "key of type " + name + ": class " + name + ": expected ",
          ", found ",
          "register a KeyEncoder");
    }
    try (Stream<String> stream = Stream.of("a")) {
      assertMessage(refused(stream), "expected ", "register a KeyEncoder");
    }
  }

  @Test
  void encode_thingsWithAnObviousValue_nameIt() throws Exception {
    assertMessage(refused(URI.create("http://a").toURL()), "use its toURI() or");
    assertMessage(refused(Path.of("a")), "use its toString() or toUri() or");
    assertMessage(refused(new ArrayDeque<>()), "a List or a Set", "copy it into a List or");
    assertMessage(refused(CharBuffer.allocate(1)), "use its toString() or");
    assertMessage(refused(new AtomicInteger()), "use its value or");
  }

  @Test
  void encode_namesMadeUpAtRunTime_areRefused() {
    Supplier<String> lambda = () -> "a";
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Supplier.class}, (p, m, a) -> null);
    for (Object key :
        List.of(
            lambda, proxy, lambda.getClass(), proxy.getClass(), lambda.getClass().arrayType())) {
      assertMessage(refused(Optional.of(key)), "value: class ", "a lambda, proxy or hidden class");
    }
  }

  @Test
  void encode_classWithHiddenFields_isRefused() {
    String captured = String.valueOf(System.nanoTime());
    Object local =
        new Object() {
          @Override
          public String toString() {
            return captured;
          }
        };
    assertMessage(refused(local), "hidden field", "make it a static class or a record");
  }

  @Test
  void encode_failingPart_isNamedByItsPath() {
    List<Object> items = List.of("a", "b", "c", new Thread());
    assertMessage(
        refused(new Holder("n", items)),
        "key of type "
            + Holder.class.getName()
            + ": field items, element 3: class java.lang.Thread: ");
    assertMessage(
        refused(
            new TreeMap<>(Map.of("k", new Object[] {1, Optional.of(new Link(Set.of(NO_VALUE)))}))),
        "key of type java.util.TreeMap: value of entry 0, element 1, value, field next, element 0:"
            + " ",
        ": class java.lang.Object: ");
    assertMessage(refused(Map.of(NO_VALUE, 1)), ": key of entry 0: class java.lang.Object: ");
    assertMessage(refused(Map.entry(NO_VALUE, 1)), ": key: class java.lang.Object: ");
  }

  @Test
  void encode_cycles_areRefused() {
    List<Object> list = new ArrayList<>();
    list.add(1);
    list.add(Optional.of(list));
    assertMessage(refused(list), "element 1, value", "contains itself", "break the cycle");

    Map<Object, Object> map = new HashMap<>();
    map.put("self", map);
    assertMessage(refused(map), "contains itself");

    Object[] array = new Object[1];
    array[0] = new Link(array);
    assertMessage(refused(array), "element 0, field next", "contains itself");
  }

  @Test
  void encode_tooDeepNesting_isRefused() {
    Object key = 1;
    for (int i = 0; i <= CanonicalEncoder.MAX_DEPTH; i++) {
      key = new Link(key);
    }
    assertMessage(
        refused(key), "1,000 levels of nesting", "field next, field next", "… (990 more levels)");
    for (int i = 0; i < 100_000; i++) {
      key = List.of(key);
    }
    assertMessage(refused(key), "1,000 levels of nesting");
  }

  @Test
  void encode_tooLittleStack_isRefusedWithoutError() {
    List<Integer> endless =
        new AbstractList<>() {
          @Override
          public Integer get(int index) {
            return size();
          }

          @Override
          public int size() {
            return get(0);
          }
        };
    KeyEncodingException e = refused(List.of(endless));
    assertMessage(e, "element 0: ", "a thread with the stack for them");
    assertInstanceOf(StackOverflowError.class, e.getCause());
  }

  @Test
  void encode_keyThatExceedsTheLimit_isRefused() {
    Object key = "x";
    for (int i = 0; i < 60; i++) {
      key = List.of(key, key);
    }
    Object huge = key;
    KeyWriter writer = new KeyWriter(new Registrations(Map.of()), 100_000);
    KeyEncodingException e = assertThrows(KeyEncodingException.class, () -> writer.write(huge));
    assertMessage(e, "expected at most 100,000 canonical bytes", "use a smaller key");
    for (Object large :
        List.of(
            new long[20_000], new byte[100_000], "y".repeat(100_000), Set.of(new int[50_000]))) {
      KeyWriter another = new KeyWriter(new Registrations(Map.of()), 100_000);
      assertThrows(KeyEncodingException.class, () -> another.write(large));
    }
    assertEquals(
        100_000,
        new KeyWriter(new Registrations(Map.of()), 100_000).write(new byte[99_995]).length());
  }

  @Test
  void encode_listThatChangesMeanwhile_isRefused() {
    List<Object> list = new ArrayList<>();
    list.add(new Changing(list));
    list.add(1);
    CanonicalEncoder encoder =
        CanonicalEncoder.builder()
            .register(
                Changing.class,
                changing -> {
                  changing.owner.add(2);
                  return 1;
                })
            .build();
    KeyEncodingException e = refused(encoder, List.of(list));
    assertMessage(e, "element 0, element 0", "stays as it is", "copy it first");
    assertInstanceOf(ConcurrentModificationException.class, e.getCause());
  }

  @Test
  void encode_collectionWhoseSizeIsWrong_isRefused() {
    List<Integer> wrong =
        new AbstractList<>() {
          @Override
          public Integer get(int index) {
            return index;
          }

          @Override
          public int size() {
            return 3;
          }

          @Override
          public Iterator<Integer> iterator() {
            return List.of(1, 2).iterator();
          }
        };
    assertMessage(refused(wrong), "a size of 3 and 2 elements", "stays as it is");
  }

  @Test
  void encode_collectionThatFails_keepsTheCause() {
    IllegalStateException cause = new IllegalStateException("session is closed");
    List<Integer> lazy =
        new AbstractList<>() {
          @Override
          public Integer get(int index) {
            throw cause;
          }

          @Override
          public int size() {
            return 1;
          }
        };
    KeyEncodingException e = refused(new Holder("n", List.of(lazy)));
    assertMessage(e, "field items, element 0: ", "session is closed");
    assertEquals(cause, e.getCause());
  }
}
