package io.klepto.golden;

import static java.util.Comparator.comparingLong;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is right: a cache with eviction and archives, written from the definition of each policy and
 * of klepto's verbs, without regard to speed. Wherever klepto has no defect it does the same.
 *
 * <p>Memory is never over-full: after each arrival, rounds of {@code batch} victims go until the
 * bound is met (a purge, if asked for and possible, dumps all and empties memory instead), and a
 * load stops when there is no more room. Every entry can be a victim, wherever it came from;
 * arriving counts as a use, and so does a put over an entry. A victim is written to the archive
 * unless it is the same there. A load does not overwrite what memory has newer. What is removed
 * from the cache is removed from its archive too.
 */
final class ReferenceCache extends Performer {
  /**
   * Tells in which order an archive hands out what is to be loaded: that is the archive's affair.
   */
  interface LoadOrder {
    /** Returns the keys that the archive has, of those given, or of all if none are given. */
    List<Integer> keys(String archive, Set<Integer> wanted);
  }

  private static final class Entry {
    int value;
    long uses;
    long lastUse;
    long arrival;

    /** Whether the archive that is attached, if one is, may not have the same. */
    boolean owed;
  }

  private final Scenario scenario;
  private final RecordedFunction function;
  private final LoadOrder order;

  /** In the order of arrival. */
  private final LinkedHashMap<Integer, Entry> memory = new LinkedHashMap<>();

  private final Map<String, Map<Integer, Integer>> archives = new HashMap<>();
  private String attached;
  private String aside;
  private Integer choice;
  private long now;
  private int evaluations;
  private long hits;
  private long misses;
  private long loads;

  ReferenceCache(Scenario scenario, LoadOrder order) {
    this.scenario = scenario;
    this.function = RecordedFunction.named(scenario.function());
    this.order = order;
  }

  @Override
  void prepare(Operation operation) {
    choice = operation.choice();
  }

  @Override
  Map<Integer, Integer> archivedValues() {
    return attached == null ? Map.of() : archive();
  }

  @Override
  Map<Integer, Integer> residentValues() {
    Map<Integer, Integer> values = new HashMap<>();
    memory.forEach((x, entry) -> values.put(x, entry.value));
    return values;
  }

  @Override
  int evaluations() {
    return evaluations;
  }

  @Override
  Effect effect(Object answer, int evaluationsNow) {
    return new Effect(
        answer,
        evaluationsNow,
        hits,
        misses,
        loads,
        scenario.bound(),
        memory.size(),
        new TreeSet<>(memory.keySet()),
        new TreeSet<>(attached == null ? Set.of() : archive().keySet()));
  }

  @Override
  int call(int x) {
    Entry entry = memory.get(x);
    if (entry != null) {
      hits++;
      use(entry);
      return entry.value;
    }
    if (attached != null && archive().containsKey(x)) {
      int value = archive().get(x);
      loads++;
      arrive(x, value, /* owed= */ false);
      return value;
    }
    int value = evaluate(x);
    misses++;
    arrive(x, value, /* owed= */ true);
    return value;
  }

  private int evaluate(int x) {
    evaluations++;
    try {
      return function.of(x, evaluations);
    } catch (RecordedFunction.Boom e) {
      throw new Raised(Failed.BOOM, e);
    }
  }

  private void use(Entry entry) {
    entry.uses++;
    entry.lastUse = ++now;
  }

  private void arrive(int x, int value, boolean owed) {
    Entry entry = new Entry();
    entry.value = value;
    entry.owed = owed;
    use(entry);
    entry.arrival = entry.lastUse;
    memory.put(x, entry);
    if (memory.size() > scenario.bound() && scenario.purge() && attached != null) {
      dump(Set.of());
      memory.clear();
    }
    while (memory.size() > scenario.bound()) {
      for (int i = 0; i < scenario.batch() && !memory.isEmpty(); i++) {
        evict(victim(entry));
      }
    }
  }

  private int victim(Entry newest) {
    return switch (scenario.policy()) {
      case "lru" -> first(comparingLong(entry -> entry.lastUse));
      case "lfu" ->
          first(
              Comparator.<Entry>comparingLong(entry -> entry.uses)
                  .thenComparingLong(entry -> entry.arrival));
      case "mru" ->
          first(
              Comparator.<Entry, Boolean>comparing(entry -> entry == newest)
                  .thenComparingLong(entry -> -entry.lastUse));
      case "rr" -> drawn();
      case "no" -> memory.keySet().iterator().next();
      default -> throw new IllegalStateException("no victims: " + scenario.policy());
    };
  }

  private int first(Comparator<Entry> sequence) {
    return memory.entrySet().stream().min(Map.Entry.comparingByValue(sequence)).get().getKey();
  }

  private int drawn() {
    int place = Draw.place(choice, memory.size());
    return List.copyOf(memory.keySet()).get(place);
  }

  private void evict(int x) {
    write(x);
    memory.remove(x);
  }

  private void write(int x) {
    Entry entry = memory.get(x);
    if (attached != null && entry != null && entry.owed) {
      archive().put(x, entry.value);
      entry.owed = false;
    }
  }

  private Map<Integer, Integer> archive() {
    return archives.get(attached);
  }

  @Override
  int lookup(int x) {
    if (!memory.containsKey(x)) {
      throw new Raised(Failed.KEY_ERROR, null);
    }
    return memory.get(x).value;
  }

  @Override
  void key(int x) {}

  @Override
  void load(Set<Integer> keys) {
    if (attached == null) {
      return;
    }
    for (int x : order.keys(attached, keys)) {
      if (!archive().containsKey(x)) {
        continue; // gone from here, and about to go from the archive that was asked
      }
      boolean hasRoom = memory.size() < scenario.bound();
      boolean asked = keys.contains(x);
      Entry entry = memory.get(x);
      if (entry == null && hasRoom) {
        arrive(x, archive().get(x), /* owed= */ false);
      } else if (entry != null && !entry.owed && (hasRoom || asked)) {
        entry.value = archive().get(x);
      }
    }
  }

  @Override
  void dump(Set<Integer> keys) {
    Set<Integer> dumped = keys.isEmpty() ? memory.keySet() : keys;
    dumped.forEach(this::write);
  }

  @Override
  void clear(boolean keepStatistics) {
    memory.clear();
    if (!keepStatistics) {
      hits = 0;
      misses = 0;
      loads = 0;
    }
  }

  @Override
  boolean isArchived() {
    return attached != null;
  }

  @Override
  void archived(boolean on) {
    if (on && attached == null && aside == null) {
      throw new Raised(Failed.VALUE_ERROR, null);
    }
    if (on && attached == null) {
      change(aside, null);
    } else if (!on && attached != null) {
      change(null, attached);
    }
  }

  @Override
  void attach(String name) {
    archives.computeIfAbsent(name, absent -> new TreeMap<>());
    change(name, null);
  }

  /** Changes archives: of no entry is it known that the archive has the same. */
  private void change(String newAttached, String newAside) {
    attached = newAttached;
    aside = newAside;
    memory.values().forEach(entry -> entry.owed = true);
  }

  @Override
  void sync(boolean clear) {
    if (attached == null) {
      return;
    }
    if (clear) {
      archive().clear();
      memory.values().forEach(entry -> entry.owed = true);
    }
    load(Set.of());
    dump(Set.of());
  }

  @Override
  void drop() {
    if (attached == null) {
      throw new Raised(Failed.VALUE_ERROR, null);
    }
    archives.remove(attached);
    change(null, null);
  }

  @Override
  void putBehind(String name, int x, int value) {
    archives.computeIfAbsent(name, absent -> new TreeMap<>()).put(x, value);
  }

  @Override
  void put(int x, int value) {
    Entry entry = memory.get(x);
    if (entry == null) {
      arrive(x, value, /* owed= */ true);
    } else {
      entry.value = value;
      entry.owed = true;
      use(entry);
    }
  }

  @Override
  void remove(int x) {
    memory.remove(x);
    if (attached != null) {
      archive().remove(x);
    }
  }
}
