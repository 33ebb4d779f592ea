package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The forms of the JDK's maps; those that wrap another map keep its order, not its class. A linked
 * map becomes one in the order of insertion.
 */
final class MapForms {
  private MapForms() {}

  static void register() {
    hashed(HashMap.class, HashMap::new, UnaryOperator.identity());
    hashed(LinkedHashMap.class, LinkedHashMap::new, UnaryOperator.identity());
    hashed(ConcurrentHashMap.class, ConcurrentHashMap::new, UnaryOperator.identity());
    sorted(TreeMap.class, TreeMap::new, map -> map);
    sorted(ConcurrentSkipListMap.class, ConcurrentSkipListMap::new, map -> map);
    WellKnown.register(
        ListForms.distinct(Map.of(), Map.of(1, 2), Map.of(1, 2, 3, 4)),
        Container.<Map<?, ?>>hashed(
            Container::entries, (count, order) -> Container.Filling.late(MapForms::immutable), 2));
    ListForms.constant(Collections.emptyMap());
    WellKnown.register(
        ListForms.distinct(Collections.singletonMap(1, 2)),
        Container.<Map<?, ?>>plain(
            Container::entries,
            (count, order) ->
                Container.Filling.late(
                    items -> Collections.singletonMap(ListForms.exactly(2, items)[0], items[1]))));
    hashed(
        Collections.unmodifiableMap(new HashMap<>()).getClass(),
        LinkedHashMap::new,
        Collections::unmodifiableMap);
    hashed(
        Collections.synchronizedMap(new HashMap<>()).getClass(),
        LinkedHashMap::new,
        Collections::synchronizedMap);
    facade(Collections::unmodifiableSortedMap);
    facade(Collections::unmodifiableNavigableMap);
    facade(Collections::synchronizedSortedMap);
    facade(Collections::synchronizedNavigableMap);
    WellKnown.register(List.of(EnumMap.class), new OfEnum());
  }

  /** Returns the capacity for a number of elements that is already known to be possible. */
  static int capacity(int count) {
    return Math.max(16, (int) Math.min(Integer.MAX_VALUE, count * 4L / 3 + 1));
  }

  private static void hashed(
      Class<?> type,
      Function<Integer, Map<Object, Object>> sized,
      UnaryOperator<Map<Object, Object>> facade) {
    WellKnown.register(
        List.of(type),
        Container.<Map<?, ?>>hashed(
            Container::entries,
            (count, order) -> {
              Map<Object, Object> backing = sized.apply(capacity(count / 2));
              Map<Object, Object> map = facade.apply(backing);
              return Container.Filling.refillable(
                  map, items -> putAll(backing, items), backing::clear);
            },
            2));
  }

  private static void sorted(
      Class<?> type,
      Function<Comparator<Object>, NavigableMap<Object, Object>> empty,
      Function<NavigableMap<Object, Object>, SortedMap<Object, Object>> facade) {
    WellKnown.register(
        List.of(type),
        Container.<SortedMap<?, ?>>sorted(
            Container::entries,
            map -> map.comparator(),
            (count, order) -> {
              NavigableMap<Object, Object> backing = empty.apply(order);
              SortedMap<Object, Object> map = facade.apply(backing);
              return Container.Filling.refillable(
                  map, items -> putAll(backing, items), backing::clear);
            },
            2));
  }

  private static void facade(
      Function<NavigableMap<Object, Object>, SortedMap<Object, Object>> facade) {
    sorted(facade.apply(new TreeMap<>()).getClass(), TreeMap::new, facade);
  }

  private static void putAll(Map<Object, Object> map, Object[] items) {
    for (int i = 0; i < items.length; i += 2) {
      map.put(items[i], items[i + 1]);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of entries of objects
  private static Object immutable(Object[] items) {
    Map.Entry[] entries = new Map.Entry[items.length / 2];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = Map.entry(items[2 * i], items[2 * i + 1]);
    }
    return Map.ofEntries((Map.Entry<Object, Object>[]) entries);
  }

  /** Enum maps: the enum, then keys and values in turn; an empty one as a serialized object. */
  private static final class OfEnum extends GraphSerializer {
    @Override
    void write(KryoGraph graph, Output output, Object value) {
      EnumMap<?, ?> map = (EnumMap<?, ?>) value;
      Object[] items = Container.entries(map);
      output.writeVarInt(items.length, true);
      if (items.length == 0) {
        JavaRoute.INSTANCE.write(graph, output, value);
        return;
      }
      for (Object item : items) {
        graph.writeValue(output, item);
      }
    }

    @Override
    Object read(KryoGraph graph, Input input) {
      int count = graph.claim(input, input.readVarInt(true), 1);
      if (count == 0) {
        return JavaRoute.INSTANCE.read(graph, input);
      }
      return readItems(graph, input, count, graph.references().beginReading());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // checked to be constants of one enum
    private static Object readItems(KryoGraph graph, Input input, int count, int id) {
      Object first = graph.readValue(input);
      Missing missing = first instanceof Missing part ? part : null;
      if (missing == null && (!(first instanceof Enum<?>) || count % 2 != 0)) {
        throw new ArchiveException(
            "the record is damaged: expected constants and values in turn, found " + first);
      }
      EnumMap map = missing != null ? null : new EnumMap(((Enum<?>) first).getDeclaringClass());
      if (map != null) {
        graph.reference(map);
      }
      Object[] items = new Object[count];
      items[0] = first;
      for (int i = 1; i < count; i++) {
        items[i] = graph.readValue(input);
        missing = items[i] instanceof Missing part ? part : missing;
      }
      graph.references().endReading(id);
      if (missing != null) {
        if (map != null) {
          graph.references().setReadObject(id, missing);
        }
        return missing;
      }
      putAll(map, items);
      return map;
    }
  }
}
