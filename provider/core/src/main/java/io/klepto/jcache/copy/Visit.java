package io.klepto.jcache.copy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One object on the walk through a graph: the original, its parts, and how far its copy has come.
 */
final class Visit {
  /** How many classes of a path are shown beside the root's. */
  private static final int SHOWN = 10;

  final Object original;
  final Composite shape;
  final Object[] parts;
  final Object[] copies;

  /** From whom this object was reached first; null for the root. */
  final Visit parent;

  /** How many objects were reached before this one. */
  final int index;

  /** How many objects that serialization replaces lead here one from the other. */
  final int replacements;

  /** The smallest index that can be reached from here among the objects not yet complete. */
  int low;

  /** The part to look at next. */
  int next;

  /** How many parts have no copy yet. */
  int missing;

  /** The copy; null until there is at least a shell. */
  Object copy;

  /** Whether the copy is filled, though what it refers to may not be. */
  boolean filled;

  /** Whether everything that can be reached from here is filled. */
  boolean complete;

  private List<Slot> waiting;

  Visit(Object original, Composite shape, Object[] parts, Visit parent, int index) {
    this.original = original;
    this.shape = shape;
    this.parts = parts;
    this.copies = new Object[parts.length];
    this.parent = parent;
    this.index = index;
    this.low = index;
    this.replacements = replacements(shape, parent);
    this.copy = shape.shell(original);
  }

  /** Notes the copy of the next part, which another visit makes, and how far back it leads. */
  void take(Visit part) {
    if (part.copy != null) {
      copies[next] = part.copy;
    } else {
      missing++;
      part.await(this, next);
    }
    if (!part.complete) {
      low = Math.min(low, part.low);
    }
    next++;
  }

  /** Sets the copy, unless the shell has been set before, and marks it as filled. */
  void filled(Object made) {
    filled = true;
    if (copy == null) {
      deliver(made);
    }
  }

  /** Sets the copy and hands it to those who wait for it. */
  void deliver(Object made) {
    copy = made;
    if (waiting != null) {
      for (Slot slot : waiting) {
        slot.visit.copies[slot.index] = made;
        slot.visit.missing--;
      }
      waiting = null;
    }
  }

  /** Returns whether no part had to be copied. */
  boolean isUnchanged() {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] != copies[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the names of the classes on the way from the root to a part of this object. */
  String pathTo(Object part) {
    Deque<String> names = new ArrayDeque<>();
    names.add(part.getClass().getTypeName());
    int left = SHOWN;
    int hidden = 0;
    for (Visit visit = this; visit != null; visit = visit.parent) {
      if (left-- > 0 || visit.parent == null) {
        if (hidden > 0) {
          names.push("... " + hidden + " more");
        }
        names.push(visit.original.getClass().getTypeName());
      } else {
        hidden++;
      }
    }
    return String.join(" > ", names);
  }

  private static int replacements(Composite shape, Visit parent) {
    return shape instanceof SerializedShape serialized && !serialized.isReadInPlace()
        ? 1 + (parent == null ? 0 : parent.replacements)
        : 0;
  }

  private void await(Visit who, int slot) {
    if (waiting == null) {
      waiting = new ArrayList<>();
    }
    waiting.add(new Slot(who, slot));
  }

  private record Slot(Visit visit, int index) {}
}
