package io.klepto.archive.codec;

import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The forms of the JDK's lists, queues and holders of one or two objects.
 *
 * <p>A part of a list ({@code subList}) becomes a list of its own, and {@code nCopies} one that has
 * its elements.
 */
@SuppressWarnings("JdkObsolete") // users have linked lists
final class ListForms {
  private ListForms() {}

  static void register() {
    lists(List.of(ArrayList.class), ArrayList::new, UnaryOperator.identity());
    lists(List.of(LinkedList.class), n -> new LinkedList<>(), UnaryOperator.identity());
    register(
        List.of(ArrayDeque.class),
        Container.<Collection<?>>plain(
            Collection::toArray,
            (count, order) -> {
              ArrayDeque<Object> deque = new ArrayDeque<>(count);
              return Container.Filling.early(deque, items -> deque.addAll(Arrays.asList(items)));
            }));
    lists(
        List.of(CopyOnWriteArrayList.class),
        n -> new CopyOnWriteArrayList<>(),
        UnaryOperator.identity());
    registerFixed();
    lists(
        distinct(
            Collections.unmodifiableList(new ArrayList<>()),
            Collections.unmodifiableList(new LinkedList<>())),
        ArrayList::new,
        Collections::unmodifiableList);
    lists(
        distinct(
            Collections.synchronizedList(new ArrayList<>()),
            Collections.synchronizedList(new LinkedList<>())),
        ArrayList::new,
        Collections::synchronizedList);
    collections(
        Collections.unmodifiableCollection(new ArrayList<>()).getClass(),
        Collections::unmodifiableCollection);
    collections(
        Collections.synchronizedCollection(new ArrayList<>()).getClass(),
        Collections::synchronizedCollection);
    List<Object> array = new ArrayList<>(Arrays.asList(1, 2));
    lists(
        distinct(
            array.subList(0, 1),
            array.subList(0, 1).subList(0, 1),
            new LinkedList<>(array).subList(0, 1),
            Arrays.asList(1, 2).subList(0, 1)),
        ArrayList::new,
        UnaryOperator.identity());
    registerHolders();
  }

  private static void registerFixed() {
    register(
        distinct(
            List.of(),
            List.of(1),
            List.of(1, 2, 3),
            List.of(1, 2, 3).subList(0, 1),
            Collections.nCopies(1, 1)),
        Container.<Collection<?>>plain(
            Collection::toArray, (count, order) -> Container.Filling.late(ListForms::immutable)));
    register(
        distinct(Arrays.asList(1, 2)),
        Container.<Collection<?>>plain(
            Collection::toArray,
            (count, order) -> {
              Object[] elements = new Object[count];
              List<Object> list = Arrays.asList(elements);
              return Container.Filling.early(
                  list, items -> System.arraycopy(items, 0, elements, 0, count));
            }));
    constant(Collections.emptyList());
    register(
        distinct(Collections.singletonList(1)),
        Container.<Collection<?>>plain(
            Collection::toArray,
            (count, order) ->
                Container.Filling.late(items -> Collections.singletonList(only(items)))));
  }

  private static Object immutable(Object[] items) {
    boolean hasNull = Stream.of(items).anyMatch(item -> item == null);
    return hasNull ? Stream.of(items).toList() : List.of(items);
  }

  private static void registerHolders() {
    register(
        List.of(Optional.class),
        Container.<Optional<?>>plain(
            optional -> optional.stream().toArray(),
            (count, order) ->
                Container.Filling.late(
                    items -> items.length == 0 ? Optional.empty() : Optional.of(only(items)))));
    register(
        List.of(AtomicReference.class),
        Container.<AtomicReference<?>>plain(
            reference -> new Object[] {reference.get()},
            (count, order) -> {
              AtomicReference<Object> reference = new AtomicReference<>();
              return Container.Filling.early(reference, items -> reference.set(only(items)));
            }));
    entries(Map.entry(1, 2).getClass(), Map::entry);
    entries(AbstractMap.SimpleEntry.class, AbstractMap.SimpleEntry::new);
    entries(AbstractMap.SimpleImmutableEntry.class, AbstractMap.SimpleImmutableEntry::new);
  }

  /** Makes an entry of its key and value. */
  @FunctionalInterface
  private interface EntryMaker {
    Map.Entry<?, ?> make(Object key, Object value);
  }

  private static void entries(Class<?> type, EntryMaker maker) {
    register(
        List.of(type),
        Container.<Map.Entry<?, ?>>plain(
            entry -> new Object[] {entry.getKey(), entry.getValue()},
            (count, order) ->
                Container.Filling.late(items -> maker.make(exactly(2, items)[0], items[1]))));
  }

  private static void lists(
      Collection<? extends Class<?>> types,
      Function<Integer, List<Object>> empty,
      UnaryOperator<List<Object>> facade) {
    register(
        types,
        Container.<Collection<?>>plain(
            Collection::toArray,
            (count, order) -> {
              List<Object> backing = empty.apply(count);
              List<Object> list = facade.apply(backing);
              return Container.Filling.early(list, items -> backing.addAll(Arrays.asList(items)));
            }));
  }

  private static void collections(
      Class<?> type, Function<Collection<Object>, Collection<Object>> facade) {
    register(
        List.of(type),
        Container.<Collection<?>>plain(
            Collection::toArray,
            (count, order) -> {
              List<Object> backing = new ArrayList<>(count);
              Collection<Object> collection = facade.apply(backing);
              return Container.Filling.early(
                  collection, items -> backing.addAll(Arrays.asList(items)));
            }));
  }

  /** Registers a class that has one object. */
  static void constant(Object value) {
    register(List.of(value.getClass()), new Scalar<Object>((g, out, v) -> {}, (g, in) -> value));
  }

  static Object only(Object[] items) {
    return exactly(1, items)[0];
  }

  static Object[] exactly(int count, Object[] items) {
    if (items.length != count) {
      throw new IllegalArgumentException("expected " + count + " parts, found " + items.length);
    }
    return items;
  }

  /** Returns the classes of some objects, each once. */
  static Set<Class<?>> distinct(Object... samples) {
    Set<Class<?>> types = new LinkedHashSet<>();
    for (Object sample : samples) {
      types.add(sample.getClass());
    }
    return types;
  }

  private static void register(Collection<? extends Class<?>> types, GraphSerializer serializer) {
    WellKnown.register(types, serializer);
  }
}
