package io.klepto.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.SimpleDateFormat;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mutable classes of the JDK: copies are equal, of the same class, and independent. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // what users may hold
final class JdkCopyTest {
  private final Copier copier = Copiers.byValue(JdkCopyTest.class.getClassLoader());

  static List<Collection<Object>> collections() {
    List<Collection<Object>> all =
        new ArrayList<>(
            List.of(
                new ArrayList<>(),
                new LinkedList<>(),
                new Vector<>(),
                new Stack<>(),
                new ArrayDeque<>(),
                new CopyOnWriteArrayList<>(),
                new ConcurrentLinkedQueue<>(),
                new ConcurrentLinkedDeque<>(),
                new LinkedBlockingQueue<>(10),
                new ArrayBlockingQueue<>(10),
                new HashSet<>(),
                new LinkedHashSet<>(),
                new CopyOnWriteArraySet<>(),
                ConcurrentHashMap.newKeySet(),
                Collections.newSetFromMap(new HashMap<>()),
                Collections.synchronizedList(new ArrayList<>()),
                Collections.synchronizedSet(new HashSet<>()),
                Collections.checkedList(new ArrayList<>(), Object.class)));
    for (Collection<Object> collection : all) {
      collection.add("a");
      collection.add(new ArrayList<>(List.of("b")));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("collections")
  void copy_collection_isEqualAndIndependent(Collection<Object> original) {
    @SuppressWarnings("unchecked")
    Collection<Object> copy = (Collection<Object>) copier.copy(original);
    assertSame(original.getClass(), copy.getClass());
    assertEquals(new ArrayList<>(original), new ArrayList<>(copy));
    for (Object element : copy) {
      assertTrue(copy.contains(element));
      for (Object other : original) {
        assertTrue(other != element || other instanceof String, "shared: " + element);
      }
    }
    copy.add("c");
    assertEquals(2, original.size());
    original.clear();
    assertEquals(3, copy.size());
  }

  static List<Map<Object, Object>> maps() {
    List<Map<Object, Object>> all =
        new ArrayList<>(
            List.of(
                new HashMap<>(),
                new LinkedHashMap<>(),
                new Hashtable<>(),
                new ConcurrentHashMap<>(),
                new Properties(),
                Collections.synchronizedMap(new HashMap<>()),
                new TreeMap<>(),
                new ConcurrentSkipListMap<>(),
                new TreeMap<>(Comparator.comparing(Object::toString))));
    for (Map<Object, Object> map : all) {
      map.put("a", "b");
      map.put("c", new ArrayList<>(List.of("d")));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("maps")
  void copy_map_isEqualAndIndependent(Map<Object, Object> original) {
    @SuppressWarnings("unchecked")
    Map<Object, Object> copy = (Map<Object, Object>) copier.copy(original);
    assertSame(original.getClass(), copy.getClass());
    assertEquals(original, copy);
    assertNotSame(original.get("c"), copy.get("c"));
    copy.put("x", 1);
    assertFalse(original.containsKey("x"));
    original.clear();
    assertEquals(3, copy.size());
  }

  static List<Object> values() {
    GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    calendar.setTimeInMillis(1_000);
    BitSet bits = new BitSet();
    bits.set(3);
    return List.of(
        new Date(5),
        new java.sql.Timestamp(6),
        new java.sql.Date(7),
        calendar,
        bits,
        new SimpleTimeZone(1, "x"),
        TimeZone.getTimeZone("Asia/Tokyo"),
        EnumSet.of(TimeUnit.DAYS),
        EnumSet.noneOf(TimeUnit.class),
        EnumSet.of(Character.UnicodeScript.LATIN),
        new EnumMap<>(Map.of(TimeUnit.DAYS, new ArrayList<>(List.of("a")))),
        new TreeSet<>(List.of("b", "a")),
        new ConcurrentSkipListSet<>(List.of("b", "a")),
        new AbstractMap.SimpleEntry<>("a", "b"),
        new SimpleDateFormat("yyyy", Locale.ROOT),
        Collections.unmodifiableList(new ArrayList<>(List.of("a"))),
        Collections.unmodifiableSet(new HashSet<>(List.of("a"))),
        Collections.unmodifiableMap(new HashMap<>(Map.of("a", "b"))),
        Collections.nCopies(3, "a"),
        Collections.singletonList(new Date(1)),
        Arrays.asList("a", null, 3),
        new ArrayList<>(List.of(1, 2, 3)).subList(1, 3),
        new LinkedList<>(List.of(1, 2, 3)).subList(1, 3),
        Arrays.asList(1, 2, 3).subList(1, 2),
        Arrays.asList(new ArrayList<>(List.of(1)), null).stream().toList());
  }

  @ParameterizedTest
  @MethodSource("values")
  void copy_value_isEqualButNotTheSame(Object original) {
    Object copy = copier.copy(original);
    assertNotSame(original, copy);
    assertEquals(original, copy);
    assertEquals(copy, original);
    assertEquals(original.hashCode(), copy.hashCode());
  }

  @Test
  void copy_emptyCollections_areNewOnes() {
    assertNotSame(Collections.EMPTY_LIST, copier.copy(new ArrayList<>()));
    @SuppressWarnings("unchecked")
    List<Object> copy = (List<Object>) copier.copy(new ArrayList<>());
    copy.add(1);
    @SuppressWarnings("unchecked")
    EnumMap<TimeUnit, Object> map =
        (EnumMap<TimeUnit, Object>) copier.copy(new EnumMap<>(TimeUnit.class));
    map.put(TimeUnit.DAYS, 1);
    assertEquals(1, map.size());
  }

  @Test
  void copy_subList_staysAListOfItsOwn() {
    List<Integer> parent = new ArrayList<>(List.of(1, 2, 3));
    @SuppressWarnings("unchecked")
    List<Integer> copy = (List<Integer>) copier.copy(parent.subList(0, 2));
    copy.add(9);
    parent.clear();
    assertEquals(List.of(1, 2, 9), copy);
  }

  @Test
  void copy_mutableScalars_areIndependent() {
    StringBuilder builder = new StringBuilder("a");
    StringBuffer buffer = new StringBuffer("a");
    AtomicInteger integer = new AtomicInteger(1);
    AtomicLong number = new AtomicLong(1);
    AtomicBoolean flag = new AtomicBoolean(true);
    AtomicReference<Object> reference = new AtomicReference<>(new ArrayList<>(List.of(1)));
    Object[] copy =
        (Object[])
            copier.copy(new Object[] {builder, buffer, integer, number, flag, reference, flag});
    builder.append("b");
    buffer.append("b");
    integer.set(2);
    number.set(2);
    flag.set(false);
    ((List<?>) reference.get()).clear();
    reference.set(null);
    assertEquals("a", copy[0].toString());
    assertEquals("a", copy[1].toString());
    assertEquals(1, ((AtomicInteger) copy[2]).get());
    assertEquals(1, ((AtomicLong) copy[3]).get());
    assertTrue(((AtomicBoolean) copy[4]).get());
    assertEquals(List.of(1), ((AtomicReference<?>) copy[5]).get());
    assertSame(copy[4], copy[6]);
  }

  @Test
  void copy_view_remainsTheViewOfTheCollectionBesideIt() {
    List<String> list = new ArrayList<>(List.of("a"));
    Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    map.put("Key", "v");
    Object[] original = {
      list, Collections.unmodifiableList(list), map, Collections.unmodifiableMap(map)
    };
    Object[] copy = (Object[]) copier.copy(original);
    @SuppressWarnings("unchecked")
    List<String> copiedList = (List<String>) copy[0];
    copiedList.add("b");
    assertEquals(List.of("a", "b"), copy[1]);
    assertEquals(List.of("a"), original[1]);
    ((Map<?, ?>) copy[2]).clear();
    assertTrue(((Map<?, ?>) copy[3]).isEmpty());
    assertEquals("v", ((Map<?, ?>) copier.copy(original[3])).get("KEY"));
  }

  @Test
  void copy_linkedHashMapInAccessOrder_staysSo() {
    Map<String, Integer> original = new LinkedHashMap<>(16, 0.75f, true);
    original.put("a", 1);
    original.put("b", 2);
    Map<?, ?> copy = (Map<?, ?>) copier.copy(original);
    assertEquals(1, copy.get("a"));
    assertEquals("b", copy.keySet().iterator().next());
    assertEquals("a", original.keySet().iterator().next());
  }

  @Test
  void copy_identityHashMap_findsTheCopiesOfItsKeys() {
    Object key = new ArrayList<>();
    Object other = new ArrayList<>();
    IdentityHashMap<Object, Object> map = new IdentityHashMap<>();
    map.put(key, "first");
    map.put(other, "second");
    Object[] copy = (Object[]) copier.copy(new Object[] {key, map, other});
    Map<?, ?> copied = (Map<?, ?>) copy[1];
    assertEquals(2, copied.size());
    assertEquals("first", copied.get(copy[0]));
    assertEquals("second", copied.get(copy[2]));
    assertNull(copied.get(key));
  }

  @Test
  void copy_priorityQueue_comesOutInItsOrder() {
    PriorityQueue<String> queue = new PriorityQueue<>(Comparator.reverseOrder());
    queue.addAll(List.of("b", "d", "a", "c"));
    PriorityQueue<?> copy = (PriorityQueue<?>) copier.copy(queue);
    for (String expected : List.of("d", "c", "b", "a")) {
      assertEquals(expected, copy.poll());
    }
    assertEquals(4, queue.size());
  }

  @Test
  void copy_immutableSetAndMapOfMutables_findTheirElements() {
    Set<Object> set = Set.of(new ArrayList<>(List.of(1)), new ArrayList<>(List.of(2)), 3);
    Set<?> copy = (Set<?>) copier.copy(set);
    for (Iterator<?> i = copy.iterator(); i.hasNext(); ) {
      assertTrue(copy.contains(i.next()));
    }
    Map<?, ?> map = (Map<?, ?>) copier.copy(Map.of(new ArrayList<>(List.of(1)), 1, "b", 2));
    assertEquals(1, map.get(List.of(1)));
    assertTrue(set.contains(List.of(2)));
  }
}
