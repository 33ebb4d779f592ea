package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The form of the JDK's containers: a comparator where there is one, the number of parts, the
 * parts; of a map its keys and values in turn.
 *
 * <p>What is read is filled when all parts are there, so that they are hashed and compared when
 * they are complete; in a graph with cycles what hashes is filled again at the end.
 *
 * @param <T> the container
 */
final class Container<T> extends GraphSerializer {
  /** Begins to read a container. */
  @FunctionalInterface
  interface Opening {
    /**
     * Makes the container.
     *
     * @param count the number of parts
     * @param order the comparator, or null
     */
    Filling open(int count, Comparator<Object> order);
  }

  /**
   * A container whose parts are being read.
   *
   * @param early what other objects may refer to meanwhile; null if it can't be made before its
   *     parts
   * @param fill puts the parts in, and returns the container
   * @param clear empties the container so that it can be filled again; null if that is never needed
   */
  record Filling(Object early, Function<Object[], Object> fill, Runnable clear) {
    static Filling late(Function<Object[], Object> fill) {
      return new Filling(null, fill, null);
    }

    static Filling early(Object container, Consumer<Object[]> put) {
      return refillable(container, put, null);
    }

    /** Returns one whose parts find their place by their content. */
    static Filling refillable(Object container, Consumer<Object[]> put, Runnable clear) {
      return new Filling(
          container,
          items -> {
            put.accept(items);
            return container;
          },
          clear);
    }

    void fillAgain(Object[] items) {
      clear.run();
      Object unused = fill.apply(items);
    }
  }

  private final Function<T, Object[]> parts;
  private final Function<T, Comparator<?>> order;
  private final Opening opening;
  private final int partsPerKey;
  private final boolean hashes;
  private final boolean late;

  private Container(
      Function<T, Object[]> parts,
      Function<T, Comparator<?>> order,
      Opening opening,
      int partsPerKey,
      boolean hashes) {
    this.parts = parts;
    this.order = order;
    this.opening = opening;
    this.partsPerKey = partsPerKey;
    this.hashes = hashes;
    this.late = opening.open(partsPerKey, null).early() == null;
  }

  /** Returns the form of a container whose parts stand in a row. */
  static <T> Container<T> plain(Function<T, Object[]> parts, Opening opening) {
    return new Container<>(parts, null, opening, 1, false);
  }

  /** Returns the form of a set, or of a map if a key has two parts, that compares. */
  static <T> Container<T> sorted(
      Function<T, Object[]> parts,
      Function<T, Comparator<?>> order,
      Opening opening,
      int partsPerKey) {
    return new Container<>(parts, order, opening, partsPerKey, false);
  }

  /** Returns the form of a set, or of a map if a key has two parts, that hashes. */
  static <T> Container<T> hashed(Function<T, Object[]> parts, Opening opening, int partsPerKey) {
    return new Container<>(parts, null, opening, partsPerKey, true);
  }

  @Override
  @SuppressWarnings("unchecked") // registered for the class alone
  void write(KryoGraph graph, Output output, Object value) {
    T container = (T) value;
    if (late || order != null) {
      graph.references().beginParts(value);
    }
    if (order != null) {
      graph.writeValue(output, order.apply(container));
      graph.references().endParts(value);
    }
    Object[] items = parts.apply(container);
    output.writeVarInt(items.length, true);
    for (Object item : items) {
      graph.writeValue(output, item);
    }
    for (int i = 0; hashes && i < items.length; i += partsPerKey) {
      graph.chargeWritten(items[i]);
    }
    if (late) {
      graph.references().endParts(value);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // a comparator of anything else fails when it compares
  Object read(KryoGraph graph, Input input) {
    int id = graph.references().beginReading();
    Object comparator = order == null ? null : graph.readValue(input);
    int count = graph.claim(input, input.readVarInt(true), 1);
    if (count % partsPerKey != 0) {
      throw new ArchiveException(
          "the record is damaged: expected keys and values in turn, found " + count + " in all");
    }
    Missing missing = comparator instanceof Missing part ? part : null;
    Filling filling = opening.open(count, missing != null ? null : (Comparator<Object>) comparator);
    if (filling.early() != null) {
      graph.reference(filling.early());
    }
    Object[] items = new Object[count];
    missing = readItems(graph, input, items, missing);
    Object result = missing != null ? missing : fill(graph, filling, items);
    graph.references().endReading(id);
    if (filling.early() != null && result instanceof Missing) {
      graph.references().setReadObject(id, result);
    }
    return result;
  }

  private static Missing readItems(KryoGraph graph, Input input, Object[] items, Missing before) {
    Missing missing = before;
    for (int i = 0; i < items.length; i++) {
      items[i] = graph.readValue(input);
      if (items[i] instanceof Missing part) {
        missing = part;
      }
    }
    return missing;
  }

  private Object fill(KryoGraph graph, Filling filling, Object[] items) {
    chargeKeys(graph, items);
    boolean refillable = filling.clear() != null && hasNumberedKey(items);
    if (refillable) {
      graph.atEndOfCycles(
          () -> {
            chargeKeys(graph, items); // what was missing before may be what costs
            filling.fillAgain(items);
          });
    }
    try {
      return filling.fill().apply(items);
    } catch (RuntimeException e) {
      if (refillable && graph.references().isCyclic()) {
        return filling.early(); // its keys are not complete yet
      }
      return graph.missing(
          new ArchiveException(
              "a collection of " + items.length + " parts can't be made of them: " + e, e));
    }
  }

  private void chargeKeys(KryoGraph graph, Object[] items) {
    for (int i = 0; hashes && i < items.length; i += partsPerKey) {
      graph.chargeRead(items[i]);
    }
  }

  private boolean hasNumberedKey(Object[] items) {
    for (int i = 0; i < items.length; i += partsPerKey) {
      if (items[i] != null && GraphReferences.isNumbered(items[i].getClass())) {
        return true;
      }
    }
    return false;
  }

  /** Returns the parts of a map: its keys and values in turn. */
  static Object[] entries(Map<?, ?> map) {
    List<Object> parts = new ArrayList<>(2 * map.size());
    map.forEach(
        (key, value) -> {
          parts.add(key);
          parts.add(value);
        });
    return parts.toArray();
  }
}
