package io.klepto.jcache.copy;

import io.klepto.jcache.copy.Composite.Making;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * The classes of the JDK that we copy ourselves, because it is faster than Java serialization or
 * because they are not serializable. A class that extends one of them is none of them.
 *
 * <p>Left to Java serialization on purpose: the views and wrappers of {@link Collections}. What
 * they wrap is one of their fields there, so that a view in a graph stays the view of the
 * collection beside it, and keeps a look-up that is not by {@code equals}. Only a {@code subList}
 * can't be had that way; its copy is an {@link ArrayList} of its own.
 */
// Old classes, because users may hold objects of them.
@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "UnnecessaryStringBuilder"})
final class JdkShapes {
  private static final Map<Class<?>, Shape> SHAPES = new HashMap<>();

  static {
    SHAPES.put(Object.class, Leaf.of(original -> new Object()));
    addValues();
    addLists();
    addSets();
    addMaps();
    addUnmodifiables();
  }

  private JdkShapes() {}

  /** Returns the shape of a class, or null if we know none. */
  static Shape find(Class<?> type) {
    Shape shape = SHAPES.get(type);
    boolean isSqlDate =
        shape == null && Date.class.isAssignableFrom(type) && Shapes.isOfPlatform(type);
    return isSqlDate ? SHAPES.get(Date.class) : shape;
  }

  private static void addValues() {
    SHAPES.put(Date.class, Leaf.of(original -> ((Date) original).clone()));
    Leaf calendar = Leaf.of(original -> ((Calendar) original).clone());
    SHAPES.put(java.util.GregorianCalendar.class, calendar);
    Leaf zone = Leaf.of(original -> ((TimeZone) original).clone());
    SHAPES.put(java.util.SimpleTimeZone.class, zone);
    SHAPES.put(TimeZone.getTimeZone("Europe/Paris").getClass(), zone);
    SHAPES.put(BitSet.class, Leaf.of(original -> ((BitSet) original).clone()));
    SHAPES.put(
        StringBuilder.class, Leaf.of(original -> new StringBuilder((StringBuilder) original)));
    SHAPES.put(StringBuffer.class, Leaf.of(original -> new StringBuffer((StringBuffer) original)));
    SHAPES.put(
        AtomicInteger.class,
        Leaf.of(original -> new AtomicInteger(((AtomicInteger) original).get())));
    SHAPES.put(
        AtomicLong.class, Leaf.of(original -> new AtomicLong(((AtomicLong) original).get())));
    SHAPES.put(
        AtomicBoolean.class,
        Leaf.of(original -> new AtomicBoolean(((AtomicBoolean) original).get())));
  }

  private static void addLists() {
    add(ArrayList.class, Making.FILLED, list -> new ArrayList<>(list.size()));
    add(LinkedList.class, Making.FILLED, list -> new LinkedList<>());
    add(Vector.class, Making.FILLED, list -> new Vector<>(list.size()));
    add(ArrayDeque.class, Making.FILLED, list -> new ArrayDeque<>(list.size()));
    add(CopyOnWriteArrayList.class, Making.FILLED, list -> new CopyOnWriteArrayList<>());
    add(ConcurrentLinkedQueue.class, Making.FILLED, list -> new ConcurrentLinkedQueue<>());
    add(ConcurrentLinkedDeque.class, Making.FILLED, list -> new ConcurrentLinkedDeque<>());
    add(
        PriorityQueue.class,
        Making.HASHED,
        queue ->
            new PriorityQueue<>(
                Math.max(1, queue.size()), ((PriorityQueue<Object>) queue).comparator()));
    for (Class<?> subList :
        List.of(
            new ArrayList<>(List.of(1)).subList(0, 1).getClass(),
            new LinkedList<>(List.of(1)).subList(0, 1).getClass(),
            Arrays.asList(1).subList(0, 1).getClass())) {
      add(subList, Making.FILLED, list -> new ArrayList<>(list.size()));
    }
  }

  private static void addSets() {
    add(HashSet.class, Making.HASHED, set -> new HashSet<>(capacity(set.size())));
    add(LinkedHashSet.class, Making.HASHED, set -> new LinkedHashSet<>(capacity(set.size())));
    add(CopyOnWriteArraySet.class, Making.HASHED, set -> new CopyOnWriteArraySet<>());
    add(
        ConcurrentSkipListSet.class,
        Making.HASHED,
        set -> new ConcurrentSkipListSet<>(((ConcurrentSkipListSet<Object>) set).comparator()));
    SHAPES.put(TreeSet.class, SortedShape.OF_SET);
    Leaf ofEnums = Leaf.of(original -> ((EnumSet<?>) original).clone());
    SHAPES.put(EnumSet.noneOf(Making.class).getClass(), ofEnums);
    SHAPES.put(EnumSet.noneOf(Character.UnicodeScript.class).getClass(), ofEnums);
  }

  private static void addMaps() {
    addMap(HashMap.class, Making.HASHED, map -> new HashMap<>(capacity(map.size())));
    // The clone knows whether it is ordered by access, which can't be asked for.
    addMap(LinkedHashMap.class, Making.HASHED, map -> cleared(((LinkedHashMap<?, ?>) map).clone()));
    addMap(Hashtable.class, Making.HASHED, map -> new Hashtable<>(capacity(map.size())));
    addMap(ConcurrentHashMap.class, Making.HASHED, map -> new ConcurrentHashMap<>(map.size()));
    addMap(
        ConcurrentSkipListMap.class,
        Making.HASHED,
        map ->
            new ConcurrentSkipListMap<>(
                ((ConcurrentSkipListMap<Object, Object>) map).comparator()));
    addMap(IdentityHashMap.class, Making.FILLED, map -> new IdentityHashMap<>(map.size()));
    // The clone knows its class of keys, which can't be asked for.
    addMap(EnumMap.class, Making.FILLED, map -> cleared(((EnumMap<?, ?>) (Object) map).clone()));
    SHAPES.put(TreeMap.class, SortedShape.OF_MAP);
  }

  private static void addUnmodifiables() {
    SHAPES.put(
        Optional.class,
        new BuiltShape(
            original -> new Object[] {((Optional<?>) original).orElse(null)},
            copies -> Optional.ofNullable(copies[0])));
    BuiltShape entry = new BuiltShape(JdkShapes::pair, copies -> Map.entry(copies[0], copies[1]));
    SHAPES.put(Map.entry(1, 1).getClass(), entry);
    SHAPES.put(
        AbstractMap.SimpleImmutableEntry.class,
        new BuiltShape(
            JdkShapes::pair,
            copies -> new AbstractMap.SimpleImmutableEntry<>(copies[0], copies[1])));
    // A list made by Stream.toList may hold null, which List.of refuses.
    BuiltShape list =
        new BuiltShape(
            original -> ((Collection<?>) original).toArray(),
            copies -> Arrays.stream(copies).toList());
    BuiltShape set = new BuiltShape(original -> ((Collection<?>) original).toArray(), Set::of);
    BuiltShape map =
        new BuiltShape(original -> MapShape.flatten((Map<?, ?>) original), JdkShapes::mapOf);
    for (Class<?> type :
        List.of(
            List.of().getClass(),
            List.of(1).getClass(),
            List.of(1, 2, 3).getClass(),
            List.of(1, 2, 3).subList(0, 2).getClass())) {
      SHAPES.put(type, list);
    }
    for (Class<?> type :
        List.of(Set.of().getClass(), Set.of(1).getClass(), Set.of(1, 2, 3).getClass())) {
      SHAPES.put(type, set);
    }
    for (Class<?> type : List.of(Map.of().getClass(), Map.of(1, 1).getClass())) {
      SHAPES.put(type, map);
    }
    SHAPES.put(
        Collections.singletonList(1).getClass(),
        new BuiltShape(
            original -> ((Collection<?>) original).toArray(),
            copies -> Collections.singletonList(copies[0])));
    SHAPES.put(
        Collections.singleton(1).getClass(),
        new BuiltShape(
            original -> ((Collection<?>) original).toArray(),
            copies -> Collections.singleton(copies[0])));
    SHAPES.put(
        Collections.singletonMap(1, 1).getClass(),
        new BuiltShape(
            original -> MapShape.flatten((Map<?, ?>) original),
            copies -> Collections.singletonMap(copies[0], copies[1])));
  }

  private static void add(Class<?> type, Making making, UnaryOperator<Collection<Object>> empty) {
    SHAPES.put(type, new CollectionShape(making, empty));
  }

  private static void addMap(
      Class<?> type, Making making, UnaryOperator<Map<Object, Object>> empty) {
    SHAPES.put(type, new MapShape(making, empty));
  }

  private static int capacity(int size) {
    return (int) Math.min(1 << 30, size / 0.75 + 1);
  }

  @SuppressWarnings("unchecked") // a clone of the map that is copied
  private static Map<Object, Object> cleared(Object clone) {
    Map<Object, Object> map = (Map<Object, Object>) clone;
    map.clear();
    return map;
  }

  private static Object[] pair(Object original) {
    Map.Entry<?, ?> entry = (Map.Entry<?, ?>) original;
    return new Object[] {entry.getKey(), entry.getValue()};
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // an array of entries
  private static Object mapOf(Object[] keysAndValues) {
    Map.Entry[] entries = new Map.Entry[keysAndValues.length / 2];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = Map.entry(keysAndValues[2 * i], keysAndValues[2 * i + 1]);
    }
    return Map.ofEntries(entries);
  }
}
