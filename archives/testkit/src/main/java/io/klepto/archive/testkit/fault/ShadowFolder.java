package io.klepto.archive.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names in a folder: those that were forced, and in order how they changed since.
 *
 * <p>Strict: a name is on the disk when its folder was forced, and not when its file was. A rename
 * within a folder is one change. One into another folder is two, of which the second, that the old
 * name goes, never survives without the first.
 *
 * <p>Guarded by the monitor of the file system's {@link Faults}.
 */
final class ShadowFolder implements ShadowNode {
  private final Map<String, ShadowNode> forced = new TreeMap<>();
  private final Map<String, ShadowNode> current = new TreeMap<>();
  private final List<Change> unforced = new ArrayList<>();

  /**
   * A name that appears, or goes if the node is null.
   *
   * @param movedTo the folder into which it goes, or null if it goes for good
   */
  private record Change(long number, String name, ShadowNode node, ShadowFolder movedTo) {}

  /** Puts a name in that was there before anybody watched. */
  void putForced(String name, ShadowNode node) {
    forced.put(name, node);
    current.put(name, node);
  }

  ShadowNode get(String name) {
    return current.get(name);
  }

  void put(long number, String name, ShadowNode node) {
    current.put(name, node);
    unforced.add(new Change(number, name, node, null));
  }

  void remove(long number, String name) {
    current.remove(name);
    unforced.add(new Change(number, name, null, null));
  }

  void move(long number, String name, ShadowFolder target, String newName) {
    ShadowNode node = current.remove(name);
    unforced.add(new Change(number, name, null, target == this ? null : target));
    target.put(number, newName, node);
  }

  void force() {
    for (Change change : unforced) {
      if (change.movedTo() != null) {
        change.movedTo().forceUpTo(change.number());
      }
    }
    forced.clear();
    forced.putAll(current);
    unforced.clear();
  }

  private void forceUpTo(long number) {
    for (Change change : List.copyOf(unforced)) {
      if (change.number() <= number) {
        apply(forced, change);
        unforced.remove(change);
      }
    }
  }

  private boolean holdsUnforced(long number) {
    return unforced.stream().anyMatch(change -> change.number() == number);
  }

  /** Returns the names that are left after a crash. */
  Map<String, ShadowNode> after(Survival survival) {
    Map<String, ShadowNode> left = new TreeMap<>(forced);
    for (Change change : unforced) {
      boolean survives =
          change.movedTo() == null
              ? survival.keeps(change.number())
              : survival.keepsOldNameGone(change.number())
                  && (survival.keeps(change.number())
                      || !change.movedTo().holdsUnforced(change.number()));
      if (survives) {
        apply(left, change);
      }
    }
    return left;
  }

  private static void apply(Map<String, ShadowNode> names, Change change) {
    if (change.node() == null) {
      names.remove(change.name());
    } else {
      names.put(change.name(), change.node());
    }
  }
}
