package io.klepto.golden;

import java.util.Map;
import java.util.Set;

/**
 * A remembered function with klepto's operations: who can do what was recorded.
 *
 * <p>An operation that raises throws {@link Raised}.
 */
abstract class Performer {
  /** An operation raises an error that the vectors have a name for. */
  static final class Raised extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failed answer;

    Raised(Failed answer, Throwable cause) {
      super(answer.type(), cause);
      this.answer = answer;
    }
  }

  /** Brings about what was there before the first operation. */
  final void start(Scenario scenario) {
    if (scenario.start() == Scenario.Start.DICT) {
      scenario.initial().forEach((x, value) -> putBehind(Scenario.FIRST_ARCHIVE, x, value));
      attach(Scenario.FIRST_ARCHIVE);
    } else {
      scenario.initial().forEach(this::put);
    }
  }

  /** Returns the values in the archive that is attached; none if none is. */
  abstract Map<Integer, Integer> archivedValues();

  /** Returns the values in memory. */
  abstract Map<Integer, Integer> residentValues();

  /** Does an operation, and returns its effect. */
  final Effect perform(Operation operation) {
    prepare(operation);
    int before = evaluations();
    Object answer;
    try {
      answer = answer(operation);
    } catch (Raised e) {
      answer = e.answer;
    }
    return effect(answer, evaluations() - before);
  }

  private Object answer(Operation operation) {
    boolean flag = Boolean.TRUE.equals(operation.flag());
    switch (operation.kind()) {
      case CALL -> {
        return call(operation.key());
      }
      case LOOKUP -> {
        return lookup(operation.key());
      }
      case ARCHIVED -> {
        if (operation.flag() == null) {
          return isArchived();
        }
        archived(flag);
      }
      case LOAD -> load(operation.keys());
      case DUMP -> dump(operation.keys());
      case CLEAR -> clear(flag);
      case SYNC -> sync(flag);
      case DROP -> drop();
      case ARCHIVE, ARCHIVE_CACHED -> attach(operation.archive());
      case EXT_PUT -> putBehind(operation.archive(), operation.key(), operation.value());
      case CACHE_PUT -> put(operation.key(), operation.value());
      case CACHE_DEL -> remove(operation.key());
      case KEY -> key(operation.key());
    }
    return null;
  }

  /** Is told each operation before it is done. */
  abstract void prepare(Operation operation);

  /** Returns how often the function was evaluated. */
  abstract int evaluations();

  /** Returns the state as it is, together with what is known of the operation. */
  abstract Effect effect(Object answer, int evaluations);

  /** Returns the value of the function, remembered or evaluated. */
  abstract int call(int x);

  /** Returns the value in memory; raises KeyError if there is none. */
  abstract int lookup(int x);

  /** Forms the key of a call. */
  abstract void key(int x);

  abstract void load(Set<Integer> keys);

  abstract void dump(Set<Integer> keys);

  /** Empties memory. */
  abstract void clear(boolean keepStatistics);

  abstract boolean isArchived();

  /** Puts on again, or takes off; raises ValueError if there is none to put on. */
  abstract void archived(boolean on);

  /** Attaches the archive of that name. */
  abstract void attach(String name);

  abstract void sync(boolean clear);

  /** Destroys the archive that is attached; raises ValueError if none is. */
  abstract void drop();

  /** Writes to an archive as another user of it. */
  abstract void putBehind(String name, int x, int value);

  abstract void put(int x, int value);

  abstract void remove(int x);
}
