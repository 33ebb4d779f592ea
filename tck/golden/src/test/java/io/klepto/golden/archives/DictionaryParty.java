package io.klepto.golden.archives;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dictionary with the operations of Python's, and what klepto's archives have beyond. */
abstract class DictionaryParty extends Party {
  @Override
  final String answer(Step step) {
    return switch (step.verb()) {
      case LEN -> Long.toString(size());
      case KEYS -> PythonValues.listing(keys());
      case ITER -> PythonValues.listing(walk());
      case VALUES -> PythonValues.listing(values());
      case ITEMS -> PythonValues.entries(entries());
      case ASDICT -> PythonValues.entries(bulk());
      case GET -> PythonValues.text(required(get(step.value(0))));
      case GETD -> {
        Object found = get(step.value(0));
        yield PythonValues.text(found == null ? step.valueOrNone(1) : found);
      }
      case IN -> Boolean.toString(contains(step.value(0)));
      case POP -> {
        Object found = take(step.value(0));
        yield PythonValues.text(found == null && step.has(1) ? step.value(1) : required(found));
      }
      case POPKEYS -> PythonValues.text(takeAll(step));
      case POPITEM -> PythonValues.entries(takeAny());
      case SETDEFAULT -> {
        Object found = putIfAbsent(step.value(0), step.valueOrNone(1));
        yield PythonValues.text(found == null ? step.valueOrNone(1) : found);
      }
      case FROMKEYS -> {
        Map<Object, Object> entries = new LinkedHashMap<>();
        step.keys(0).forEach(key -> entries.put(key, step.valueOrNone(1)));
        yield PythonValues.entries(newDictionary(entries));
      }
      case EQSELF -> Boolean.toString(equalsItsEntries());
      case COPY -> copy();
      default -> {
        change(step);
        yield none();
      }
    };
  }

  private void change(Step step) {
    switch (step.verb()) {
      case SET -> put(step.value(0), step.value(1));
      case DEL -> {
        if (!remove(step.value(0))) {
          throw new Raised("KeyError");
        }
      }
      case UPDATE, UPDATEKW -> putAll(step.entries());
      case CLEAR -> clear();
      case SYNC -> sync();
      default -> throw unexpected(step);
    }
  }

  /** Takes several keys out: all, or without a default and with a key that is not there, none. */
  private List<Object> takeAll(Step step) {
    List<Object> keys = step.keys(0);
    if (!step.has(1) && !keys.stream().allMatch(this::contains)) {
      throw new Raised("KeyError");
    }
    Map<Object, Object> taken = takeAll(keys);
    List<Object> values = new ArrayList<>();
    for (Object key : keys) {
      Object value = taken.remove(key);
      values.add(value == null ? step.value(1) : value);
    }
    return values;
  }

  static Object required(Object found) {
    if (found == null) {
      throw new Raised("KeyError");
    }
    return found;
  }

  abstract long size();

  abstract Iterable<Object> keys();

  /** Returns the keys as an iterator finds them. */
  abstract Iterable<Object> walk();

  abstract Iterable<Object> values();

  abstract Map<Object, Object> entries();

  /** Returns the entries as a bulk read finds them. */
  abstract Map<Object, Object> bulk();

  /** Returns a value, or null. */
  abstract Object get(Object key);

  abstract boolean contains(Object key);

  abstract void put(Object key, Object value);

  abstract void putAll(Map<Object, Object> entries);

  /** Returns the value that is there, or null and puts. */
  abstract Object putIfAbsent(Object key, Object value);

  abstract boolean remove(Object key);

  /** Removes an entry, and returns its value or null. */
  abstract Object take(Object key);

  /** Removes entries, and returns those that were there in a map that can be changed. */
  abstract Map<Object, Object> takeAll(List<Object> keys);

  /** Removes any entry, and returns it; raises KeyError if there is none. */
  abstract Map<Object, Object> takeAny();

  abstract void clear();

  abstract void sync();

  abstract boolean equalsItsEntries();

  /** Returns the entries of a new dictionary of the same kind that was given these. */
  abstract Map<Object, Object> newDictionary(Map<Object, Object> entries);

  /**
   * Copies, writes to the copy, looks whether that is here too, and removes it from the copy:
   * raises KeyError if it is not there.
   */
  abstract String copy();
}
