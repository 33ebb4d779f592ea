package io.klepto.golden.archives;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cache object of klepto's: a dictionary in memory with an archive behind, which is read and
 * written when that is asked for.
 */
abstract class CacheParty extends Party {
  /** The entries of the dictionary that {@link Verb#OPEN_DICT} attaches. */
  static final Map<Object, Object> NEWLY_ATTACHED = Map.of("other", 1);

  @Override
  final String answer(Step step) {
    return switch (step.verb()) {
      case ITEMS -> PythonValues.entries(memory());
      case ARCHIVE_ITEMS -> PythonValues.entries(archive());
      case GET -> PythonValues.text(required(memory().get(step.value(0))));
      case IN -> Boolean.toString(memory().containsKey(step.value(0)));
      case POPKEYS -> PythonValues.text(takeAll(step));
      case ARCHIVETYPE -> archiveType();
      case ARCHIVED -> {
        if (!step.has(0)) {
          yield Boolean.toString(isArchived());
        }
        archived(step.flag(0));
        yield none();
      }
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
        required(memory().get(step.value(0)));
        remove(step.value(0));
      }
      case CLEAR -> clear();
      case LOAD -> load(step.arguments().isEmpty() ? List.of() : List.of(step.value(0)));
      case DUMP -> dump(step.arguments().isEmpty() ? List.of() : List.of(step.value(0)));
      case SYNC -> sync(step.has(0) && step.flag(0));
      case DROP -> drop();
      case ARCHIVE_SET -> putInArchive(step.value(0), step.value(1));
      case OPEN_DICT -> attachDictionary();
      default -> throw unexpected(step);
    }
  }

  private List<Object> takeAll(Step step) {
    Map<Object, Object> found = new LinkedHashMap<>(memory());
    List<Object> keys = step.keys(0);
    if (!step.has(1) && !found.keySet().containsAll(keys)) {
      throw new Raised("KeyError");
    }
    List<Object> values = new ArrayList<>();
    for (Object key : keys) {
      values.add(found.containsKey(key) ? found.remove(key) : step.value(1));
      remove(key);
    }
    return values;
  }

  private static Object required(Object found) {
    return DictionaryParty.required(found);
  }

  /** Returns what is in memory. */
  abstract Map<Object, Object> memory();

  /** Returns what is in the archive that is attached; nothing if none is. */
  abstract Map<Object, Object> archive();

  abstract void put(Object key, Object value);

  abstract void remove(Object key);

  /** Empties memory. */
  abstract void clear();

  /** Brings entries into memory: of these keys, or if there are none, of all. */
  abstract void load(List<Object> keys);

  /** Writes entries to the archive: of these keys, or if there are none, of all. */
  abstract void dump(List<Object> keys);

  abstract void sync(boolean clearArchiveFirst);

  /** Takes the archive off and destroys it; raises ValueError if there is none. */
  abstract void drop();

  abstract boolean isArchived();

  /** Puts the archive on again, or takes it off; raises ValueError if there is none to put on. */
  abstract void archived(boolean on);

  /** Writes to the archive past the cache; does nothing if none is attached. */
  abstract void putInArchive(Object key, Object value);

  /** Attaches a dictionary with {@link #NEWLY_ATTACHED} in place of what was attached. */
  abstract void attachDictionary();

  /** Returns the name of klepto's class for the archive that is attached, or for none. */
  abstract String archiveType();
}
