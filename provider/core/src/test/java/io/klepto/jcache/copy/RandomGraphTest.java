package io.klepto.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Copies of random graphs have the shape of their originals and share nothing that can change. */
final class RandomGraphTest {
  private static final int GRAPHS = 300;

  private final Copier copier = Copiers.byValue(RandomGraphTest.class.getClassLoader());

  /** Equal by its number, so that hash tables of nodes can be told from broken ones. */
  private static class Node {
    Object first;
    Object second;
    final int id;

    // What deserialization of a subclass calls.
    Node() {
      this(0);
    }

    Node(int id) {
      this.id = id;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Node node && node.id == id;
    }

    @Override
    public int hashCode() {
      return 31 * id;
    }
  }

  private static final class Custom extends Node implements Serializable {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // whatever the graph has
    Object third;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
    }
  }

  private record Pair(Object left, List<Object> right) {}

  @RepeatedTest(3)
  void copy_randomGraph_isIsomorphicAndSharesNoMutable() {
    long seed = System.nanoTime();
    System.out.println("RandomGraphTest: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < GRAPHS; i++) {
      Object root = graph(random, 1 + random.nextInt(40));
      check(root, copier.copy(root), "seed " + seed + ", graph " + i);
    }
  }

  @Test
  void copy_fromManyThreads_isRightInEach() throws Exception {
    long seed = System.nanoTime();
    System.out.println("RandomGraphTest, threads: seed " + seed);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> results = new ArrayList<>();
      Object shared = graph(new Random(seed), 30);
      for (int t = 0; t < 8; t++) {
        Random random = new Random(seed + t);
        results.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    Object root = graph(random, 20);
                    check(root, copier.copy(root), "seed " + seed);
                    check(shared, copier.copy(shared), "seed " + seed + ", shared");
                  }
                }));
      }
      for (Future<?> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Object graph(Random random, int size) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(
          switch (random.nextInt(13)) {
            case 0, 1 -> new Node(i);
            case 2 -> new Custom();
            case 3 -> new Object[random.nextInt(4)];
            case 4 -> new ArrayList<>();
            case 5 -> new LinkedHashMap<>();
            case 6 -> new LinkedHashSet<>();
            case 7 -> new TreeMap<>();
            case 8 -> new int[] {random.nextInt()};
            case 9 -> new Pair(pick(all, random), new ArrayList<>(List.of(pick(all, random))));
            case 10 -> List.of(pick(all, random), pick(all, random));
            case 11 -> Optional.of(pick(all, random));
            default -> Collections.unmodifiableList(new ArrayList<>(List.of(pick(all, random))));
          });
    }
    for (Object object : all) {
      wire(object, all, random);
    }
    return pick(all, random);
  }

  @SuppressWarnings("unchecked") // as made above
  private static void wire(Object object, List<Object> all, Random random) {
    int count = random.nextInt(4);
    if (object instanceof Node node) {
      node.first = pick(all, random);
      node.second = pick(all, random);
      if (node instanceof Custom custom) {
        custom.third = pick(all, random);
        // Not of a serializable class, so never written: they must not be missed.
        custom.first = null;
        custom.second = null;
      }
    } else if (object instanceof Object[] array) {
      Arrays.setAll(array, i -> pick(all, random));
    } else if (object instanceof ArrayList<?> list) {
      for (int i = 0; i < count; i++) {
        ((List<Object>) list).add(pick(all, random));
      }
    } else if (object instanceof TreeMap<?, ?> map) {
      for (int i = 0; i < count; i++) {
        ((Map<Object, Object>) map).put("key " + random.nextInt(9), pick(all, random));
      }
    } else if (object instanceof LinkedHashMap<?, ?> map) {
      for (int i = 0; i < count; i++) {
        ((Map<Object, Object>) map).put(hashable(all, random), pick(all, random));
      }
    } else if (object instanceof LinkedHashSet<?> set) {
      for (int i = 0; i < count; i++) {
        ((Set<Object>) set).add(hashable(all, random));
      }
    }
  }

  private static Object pick(List<Object> all, Random random) {
    boolean immutable = all.isEmpty() || random.nextInt(5) == 0;
    return immutable ? (Object) ("text " + random.nextInt(100)) : any(all, random);
  }

  private static Object any(List<Object> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static Object hashable(List<Object> all, Random random) {
    Object picked = any(all, random);
    return picked.getClass() == Node.class ? picked : random.nextInt(5);
  }

  /** Walks both graphs side by side, by this test's own knowledge of the classes. */
  private static void check(Object root, Object copyOfRoot, String where) {
    IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();
    IdentityHashMap<Object, Object> originals = new IdentityHashMap<>();
    Deque<Object[]> toDo = new ArrayDeque<>();
    toDo.add(new Object[] {root, copyOfRoot});
    while (!toDo.isEmpty()) {
      Object[] pair = toDo.pop();
      Object original = pair[0];
      Object copy = pair[1];
      if (original == null || original instanceof String || original instanceof Integer) {
        assertEquals(original, copy, where);
        continue;
      }
      if (copies.containsKey(original) && isMutable(original)) {
        assertSame(copies.get(original), copy, where);
        continue;
      }
      boolean seen = copies.put(original, copy) == copy;
      Object before = originals.put(copy, original);
      if (seen) {
        continue;
      }
      assertTrue(
          before == null || before == original,
          () -> where + ": two objects became one, " + copy.getClass());
      if (isMutable(original)) {
        assertSame(original.getClass(), copy.getClass(), where);
      }
      Object[] parts = parts(original, where);
      if (parts == null) {
        assertNotSame(original, copy, where);
        assertEquals(((int[]) original)[0], ((int[]) copy)[0], where);
        continue;
      }
      Object[] others = parts(copy, where);
      assertEquals(parts.length, others.length, where);
      for (int i = 0; i < parts.length; i++) {
        toDo.push(new Object[] {parts[i], others[i]});
      }
    }
    for (Object original : copies.keySet()) {
      if (isMutable(original)) {
        assertFalse(originals.containsKey(original), where + ": shared");
      }
    }
  }

  private static boolean isMutable(Object object) {
    return object instanceof Node
        || object instanceof Object[]
        || object instanceof int[]
        || object instanceof Map<?, ?>
        || object instanceof ArrayList<?>
        || object instanceof Set<?>;
  }

  private static Object[] parts(Object object, String where) {
    if (object instanceof Custom custom) {
      return new Object[] {custom.third};
    } else if (object instanceof Node node) {
      return new Object[] {node.first, node.second, node.id};
    } else if (object instanceof Pair pair) {
      return new Object[] {pair.left(), pair.right()};
    } else if (object instanceof Object[] array) {
      return array;
    } else if (object instanceof Optional<?> optional) {
      return new Object[] {optional.get()};
    } else if (object instanceof List<?> list) {
      return list.toArray();
    } else if (object instanceof Set<?> set) {
      assertTrue(set.stream().allMatch(set::contains), where + ": a set does not find its own");
      return set.toArray();
    } else if (object instanceof Map<?, ?> map) {
      List<Object> parts = new ArrayList<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        assertTrue(map.containsKey(entry.getKey()), where + ": a map does not find its own");
        parts.add(entry.getKey());
        parts.add(entry.getValue());
      }
      return parts.toArray();
    }
    return null;
  }
}
