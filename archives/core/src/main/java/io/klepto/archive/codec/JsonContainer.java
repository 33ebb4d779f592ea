package io.klepto.archive.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;

/**
 * A collection or map of the JDK as JSON knows it: how it is made empty, and what stands for it
 * where it is not of the class that its place implies.
 *
 * <p>A declaration implies a class: {@code List}, {@code Collection} and none at all {@code
 * ArrayList}; {@code Set} {@code LinkedHashSet}; {@code SortedSet} {@code TreeSet}; {@code Queue}
 * and {@code Deque} {@code ArrayDeque}; maps likewise, {@code Map} and none at all {@code
 * LinkedHashMap}. Hashed ones come back linked, in the order of the text. Those of the JDK's hidden
 * classes (immutable, unmodifiable, synchronized, parts of lists) come back as the implied class,
 * to which they are equal.
 *
 * <p>Immutable.
 *
 * @param type the class
 * @param empty makes one
 */
@SuppressWarnings("JdkObsolete") // users have linked lists and vectors
record JsonContainer(Class<?> type, Supplier<Object> empty) {
  private static final Map<Class<?>, JsonContainer> BY_CLASS = new HashMap<>();
  private static final Map<String, JsonContainer> BY_NAME = new HashMap<>();

  static {
    add(ArrayList.class, ArrayList::new);
    add(LinkedList.class, LinkedList::new);
    add(Vector.class, Vector::new);
    add(CopyOnWriteArrayList.class, CopyOnWriteArrayList::new);
    add(ArrayDeque.class, ArrayDeque::new);
    add(HashSet.class, HashSet::new);
    add(LinkedHashSet.class, LinkedHashSet::new);
    add(TreeSet.class, TreeSet::new);
    add(ConcurrentSkipListSet.class, ConcurrentSkipListSet::new);
    add(CopyOnWriteArraySet.class, CopyOnWriteArraySet::new);
    add(HashMap.class, HashMap::new);
    add(LinkedHashMap.class, LinkedHashMap::new);
    add(TreeMap.class, TreeMap::new);
    add(ConcurrentHashMap.class, ConcurrentHashMap::new);
    add(ConcurrentSkipListMap.class, ConcurrentSkipListMap::new);
  }

  /** What a declaration may imply, the first that it admits. */
  private static final List<JsonContainer> IMPLIED_COLLECTIONS =
      all(ArrayList.class, LinkedHashSet.class, TreeSet.class, ArrayDeque.class);

  private static final List<JsonContainer> IMPLIED_MAPS =
      all(LinkedHashMap.class, TreeMap.class, ConcurrentHashMap.class, ConcurrentSkipListMap.class);

  /** The JDK's hidden classes, each with one that its objects are equal to. */
  private static final Map<Class<?>, JsonContainer> HIDDEN = new HashMap<>();

  static {
    List<Integer> list = new ArrayList<>(Arrays.asList(1, 2));
    NavigableSet<Integer> set = new TreeSet<>();
    NavigableMap<Integer, Integer> map = new TreeMap<>();
    hide(ArrayList.class, List.of(), List.of(1), List.of(1, 2, 3), List.of(1, 2, 3).subList(0, 1));
    hide(ArrayList.class, Arrays.asList(1, 2), Arrays.asList(1, 2).subList(0, 1));
    hide(ArrayList.class, list.subList(0, 1), list.subList(0, 1).subList(0, 1));
    hide(ArrayList.class, Collections.emptyList(), Collections.singletonList(1));
    hide(ArrayList.class, Collections.nCopies(1, 1), Collections.unmodifiableList(list));
    hide(ArrayList.class, Collections.unmodifiableList(new LinkedList<>(list)));
    hide(ArrayList.class, Collections.synchronizedList(list));
    hide(ArrayList.class, Collections.synchronizedList(new LinkedList<>(list)));
    hide(LinkedHashSet.class, Set.of(), Set.of(1), Set.of(1, 2, 3), Collections.emptySet());
    hide(LinkedHashSet.class, Collections.singleton(1), Collections.unmodifiableSet(set));
    hide(LinkedHashSet.class, Collections.synchronizedSet(set));
    hide(TreeSet.class, Collections.unmodifiableSortedSet(set));
    hide(TreeSet.class, Collections.unmodifiableNavigableSet(set));
    hide(TreeSet.class, Collections.synchronizedSortedSet(set));
    hide(TreeSet.class, Collections.synchronizedNavigableSet(set));
    hide(LinkedHashMap.class, Map.of(), Map.of(1, 2), Map.of(1, 2, 3, 4), Collections.emptyMap());
    hide(LinkedHashMap.class, Collections.singletonMap(1, 2), Collections.unmodifiableMap(map));
    hide(LinkedHashMap.class, Collections.synchronizedMap(map));
    hide(TreeMap.class, Collections.unmodifiableSortedMap(map));
    hide(TreeMap.class, Collections.unmodifiableNavigableMap(map));
    hide(TreeMap.class, Collections.synchronizedSortedMap(map));
    hide(TreeMap.class, Collections.synchronizedNavigableMap(map));
  }

  private static void hide(Class<?> type, Object... samples) {
    for (Object sample : samples) {
      HIDDEN.put(sample.getClass(), BY_CLASS.get(type));
    }
  }

  private static void add(Class<?> type, Supplier<Object> empty) {
    JsonContainer container = new JsonContainer(type, empty);
    BY_CLASS.put(type, container);
    BY_NAME.put(type.getName(), container);
  }

  private static List<JsonContainer> all(Class<?>... types) {
    return Arrays.stream(types).map(BY_CLASS::get).toList();
  }

  /** Returns the container that a record names, or null if it is none. */
  static JsonContainer named(String name) {
    return BY_NAME.get(name);
  }

  /** Returns the collection that a declaration implies. */
  static JsonContainer impliedCollection(Class<?> declared) {
    return implied(declared, IMPLIED_COLLECTIONS);
  }

  /** Returns the map that a declaration implies. */
  static JsonContainer impliedMap(Class<?> declared) {
    return implied(declared, IMPLIED_MAPS);
  }

  private static JsonContainer implied(Class<?> declared, List<JsonContainer> candidates) {
    JsonContainer exact = BY_CLASS.get(declared);
    if (exact != null && exact.isMap() == candidates.get(0).isMap()) {
      return exact;
    }
    for (JsonContainer candidate : candidates) {
      if (declared.isAssignableFrom(candidate.type)) {
        return candidate;
      }
    }
    return candidates.get(0);
  }

  /**
   * Returns the container as which a collection or map is written, or null if it is none of the
   * JDK's that JSON can bring back.
   */
  static JsonContainer of(Object value) {
    JsonContainer container = BY_CLASS.get(value.getClass());
    if (container == null) {
      container = HIDDEN.get(value.getClass());
    }
    return container != null && isSorted(value) && hasComparator(value) ? null : container;
  }

  private static boolean isSorted(Object value) {
    return value instanceof SortedMap<?, ?> || value instanceof SortedSet<?>;
  }

  private static boolean hasComparator(Object value) {
    return value instanceof SortedMap<?, ?> map
        ? map.comparator() != null
        : ((SortedSet<?>) value).comparator() != null;
  }

  boolean isMap() {
    return Map.class.isAssignableFrom(type);
  }

  /** Returns whether the container finds its parts by their hash. */
  boolean hashes() {
    return HashSet.class.isAssignableFrom(type)
        || HashMap.class.isAssignableFrom(type)
        || type == ConcurrentHashMap.class;
  }

  /** Returns whether a place that implies another class still brings this one back. */
  boolean comesBackAs(JsonContainer implied) {
    return implied.type == type
        || (type == HashMap.class && implied.type == LinkedHashMap.class)
        || (type == HashSet.class && implied.type == LinkedHashSet.class);
  }

  @SuppressWarnings("unchecked") // made by this class for any objects
  Collection<Object> newCollection() {
    return (Collection<Object>) empty.get();
  }

  @SuppressWarnings("unchecked") // made by this class for any objects
  Map<Object, Object> newMap() {
    return (Map<Object, Object>) empty.get();
  }
}
