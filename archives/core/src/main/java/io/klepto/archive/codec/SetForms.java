package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The forms of the JDK's sets; those that wrap another set keep its order, not its class. */
final class SetForms {
  private SetForms() {}

  static void register() {
    hashed(List.of(HashSet.class), HashSet::new, UnaryOperator.identity());
    hashed(List.of(LinkedHashSet.class), LinkedHashSet::new, UnaryOperator.identity());
    sorted(TreeSet.class, TreeSet::new, set -> set);
    sorted(ConcurrentSkipListSet.class, ConcurrentSkipListSet::new, set -> set);
    WellKnown.register(
        ListForms.distinct(Set.of(), Set.of(1), Set.of(1, 2, 3)),
        Container.<Collection<?>>hashed(
            Collection::toArray, (count, order) -> Container.Filling.late(Set::of), 1));
    ListForms.constant(Collections.emptySet());
    WellKnown.register(
        ListForms.distinct(Collections.singleton(1)),
        Container.<Collection<?>>plain(
            Collection::toArray,
            (count, order) ->
                Container.Filling.late(items -> Collections.singleton(ListForms.only(items)))));
    hashed(
        ListForms.distinct(Collections.unmodifiableSet(new HashSet<>())),
        LinkedHashSet::new,
        Collections::unmodifiableSet);
    hashed(
        ListForms.distinct(Collections.synchronizedSet(new HashSet<>())),
        LinkedHashSet::new,
        Collections::synchronizedSet);
    facade(new TreeSet<>(), Collections::unmodifiableSortedSet);
    facade(new TreeSet<>(), Collections::unmodifiableNavigableSet);
    facade(new TreeSet<>(), Collections::synchronizedSortedSet);
    facade(new TreeSet<>(), Collections::synchronizedNavigableSet);
    // A set of few constants has another class than one of many, and both are hidden.
    WellKnown.register(
        List.of(EnumSet.noneOf(TimeUnit.class).getClass(), largeEnumSet()), new OfEnum());
  }

  private static Class<?> largeEnumSet() {
    return EnumSet.noneOf(Character.UnicodeScript.class).getClass();
  }

  private static void hashed(
      Collection<? extends Class<?>> types,
      Function<Integer, Set<Object>> sized,
      UnaryOperator<Set<Object>> facade) {
    WellKnown.register(
        types,
        Container.<Collection<?>>hashed(
            Collection::toArray,
            (count, order) -> {
              Set<Object> backing = sized.apply(MapForms.capacity(count));
              Set<Object> set = facade.apply(backing);
              return Container.Filling.refillable(
                  set, items -> backing.addAll(Arrays.asList(items)), backing::clear);
            },
            1));
  }

  private static void sorted(
      Class<?> type,
      Function<Comparator<Object>, NavigableSet<Object>> empty,
      Function<NavigableSet<Object>, SortedSet<Object>> facade) {
    WellKnown.register(
        List.of(type),
        Container.<SortedSet<?>>sorted(
            Collection::toArray,
            set -> set.comparator(),
            (count, order) -> {
              NavigableSet<Object> backing = empty.apply(order);
              SortedSet<Object> set = facade.apply(backing);
              return Container.Filling.refillable(
                  set, items -> backing.addAll(Arrays.asList(items)), backing::clear);
            },
            1));
  }

  private static void facade(
      NavigableSet<Object> sample, Function<NavigableSet<Object>, SortedSet<Object>> facade) {
    sorted(facade.apply(sample).getClass(), TreeSet::new, facade);
  }

  /** Enum sets: the enum, then the names of the constants. */
  private static final class OfEnum extends GraphSerializer {
    @Override
    void write(KryoGraph graph, Output output, Object value) {
      @SuppressWarnings({"unchecked", "rawtypes"}) // of some enum
      EnumSet<?> set = EnumSet.copyOf((EnumSet) value);
      EnumSet<?> all = set.isEmpty() ? EnumSet.complementOf(set) : set;
      graph.writeValue(output, all.isEmpty() ? null : all.iterator().next().getDeclaringClass());
      graph.writeValue(output, set.toArray());
    }

    @Override
    Object read(KryoGraph graph, Input input) {
      Object type = graph.readValue(input);
      Object constants = graph.readValue(input);
      if (type instanceof Missing || constants instanceof Missing) {
        return type instanceof Missing ? type : constants;
      }
      return make(type, constants);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // checked to be an enum and its constants
    private static Object make(Object type, Object constants) {
      if (!(type instanceof Class<?> c) || !c.isEnum() || !(constants instanceof Object[] parts)) {
        throw new ArchiveException(
            "the record is damaged: expected an enum and its constants, found " + type);
      }
      EnumSet set = EnumSet.noneOf((Class) type);
      for (Object part : parts) {
        set.add((Enum) c.cast(part));
      }
      return set;
    }
  }
}
