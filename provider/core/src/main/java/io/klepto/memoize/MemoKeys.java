package io.klepto.memoize;

import io.klepto.keymap.Arguments;
import io.klepto.keymap.CallKeys;
import java.util.List;
import java.util.function.Supplier;

/**
 * The keys of one function's calls, made again as rarely as can be.
 *
 * <p>With the raw keymap and nothing to round or ignore, the key of one string or number is that
 * itself. With any other, the keys of recent calls are remembered, since a digest costs more than
 * all the rest of a call. Only calls with strings of at most {@value #MAX_TEXT} characters, boxed
 * numbers and enum constants are, which never change and whose {@code equals} agrees with their
 * keys.
 *
 * <p>Safe for use by many threads without locks: a slot is written and read by races, and holds
 * arguments with their key in one immutable object, so that who reads it finds both or another
 * pair.
 */
final class MemoKeys {
  private static final int WAYS = 4;
  private static final int SETS = 1024;
  private static final int MAX_TEXT = 256;
  private static final int SPREAD = 0x9E3779B9;
  private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(SETS);

  /** An argument, or a list of several, and the key. */
  private record Recent(Object arguments, Object key) {}

  private final CallKeys keys;
  private final boolean plain;
  private final Object receiverOrNull;
  private final Recent[] recents;
  private int turn; // which way of a full set is overwritten next; lost updates do no harm

  /**
   * Creates the keys.
   *
   * @param plain whether the key of a string or number is itself
   * @param receiverOrNull what counts beside the arguments, as it is at each call; null for nothing
   */
  MemoKeys(CallKeys keys, boolean plain, Object receiverOrNull) {
    this.keys = keys;
    this.plain = plain && receiverOrNull == null;
    this.receiverOrNull = receiverOrNull;
    this.recents = plain || receiverOrNull != null ? null : new Recent[SETS * WAYS];
  }

  CallKeys all() {
    return keys;
  }

  /** Returns whether {@link #isKeyItself} is the answer for calls with one argument. */
  boolean arePlain() {
    return plain;
  }

  /** Returns whether an argument is its own key, if keys are {@linkplain #arePlain plain}. */
  static boolean isKeyItself(Object argument) {
    return argument instanceof String
        || argument instanceof Long
        || argument instanceof Integer
        || argument instanceof Double;
  }

  /** Returns the key of a call with one argument. */
  Object ofOne(Object argument) {
    if (receiverOrNull != null) {
      return keys.keyOn(receiverOrNull, Arguments.of(new Object[] {argument}));
    }
    return plain || !isLasting(argument)
        ? keys.keyOfOne(argument)
        : recent(argument, () -> keys.keyOfOne(argument));
  }

  /** Returns the key of a call whose arguments are given by position. */
  Object of(Object... arguments) {
    if (receiverOrNull != null) {
      return keys.keyOn(receiverOrNull, Arguments.of(arguments));
    }
    if (arguments.length == 1) {
      return ofOne(arguments[0]);
    }
    for (Object argument : arguments) {
      if (!isLasting(argument)) {
        return keys.key(arguments);
      }
    }
    // A list is never taken for a single argument, since no list is lasting.
    List<Object> together = List.of(arguments);
    return plain ? together : recent(together, () -> keys.key(arguments));
  }

  /** Returns the key of any call. */
  Object of(Arguments call) {
    return call.named().isEmpty()
        ? of(call.positional().toArray())
        : keys.keyOn(receiverOrNull, call);
  }

  private static boolean isLasting(Object argument) {
    if (argument instanceof String text) {
      return text.length() <= MAX_TEXT;
    }
    return argument instanceof Integer
        || argument instanceof Long
        || argument instanceof Double
        || argument instanceof Float
        || argument instanceof Enum<?>
        || argument instanceof Character
        || argument instanceof Boolean
        || argument instanceof Short
        || argument instanceof Byte;
  }

  private Object recent(Object arguments, Supplier<Object> making) {
    int first = ((arguments.hashCode() * SPREAD) >>> SHIFT) * WAYS;
    for (int slot = first; slot < first + WAYS; slot++) {
      Recent recent = recents[slot];
      if (recent == null) {
        break;
      }
      if (recent.arguments().equals(arguments)) {
        return recent.key();
      }
    }
    Object key = making.get();
    int free = first;
    while (free < first + WAYS && recents[free] != null) {
      free++;
    }
    int slot = free < first + WAYS ? free : first + (turn++ & (WAYS - 1));
    recents[slot] = new Recent(arguments, key);
    return key;
  }
}
