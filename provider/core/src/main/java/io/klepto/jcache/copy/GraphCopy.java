package io.klepto.jcache.copy;

import io.klepto.jcache.copy.Composite.Making;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import javax.cache.CacheException;

/**
 * One copy of one graph of objects: each object is copied once, so shared references and cycles
 * come out as they went in.
 *
 * <p>A depth-first walk with a stack of its own (a chain of a million objects is no deeper than one
 * of two). An object is filled when the walk leaves it, after all that it refers to. That is what
 * hash tables, sorted queues, the constructors of records and {@code readObject} need: they look
 * into their parts.
 *
 * <p>Only cycles stand in the way of this order. Tarjan's algorithm ("Depth-first search and linear
 * graph algorithms", 1972) tells where they are: objects that refer to each other form a component,
 * and all else that they refer to is complete before. Within a component, plain objects and lists
 * are filled first, from shells; then hash tables; then what can only be built from its parts, once
 * the copies of those exist. A hash table whose keys have changed since is filled again. Where only
 * objects that are built refer to each other, one that goes through serialization is taken before
 * it is complete, as it is while it is read.
 *
 * <p>Cost: linear in objects and references; a component with hash tables that depend on each
 * other, up to their number more.
 *
 * <p>Used once, by one thread.
 */
final class GraphCopy {
  /**
   * How many replaced objects may follow one from the other. {@code writeReplace} gives a new
   * object each time, so a cycle of such objects is endless to us; Java serialization can't read
   * one either.
   */
  private static final int MOST_REPLACEMENTS = 1_000;

  private final ClassLoader loader;

  /** For each original its copy, or the visit that makes it. */
  private final IdentityHashMap<Object, Object> known = new IdentityHashMap<>();

  /** The visits that are not complete, as they began: Tarjan's stack. */
  private final List<Visit> open = new ArrayList<>();

  /** Those among them that the walk has left unfilled, as it left them. */
  private final List<Visit> late = new ArrayList<>();

  private int visits;

  private GraphCopy(ClassLoader loader) {
    this.loader = loader;
  }

  /** Copies an object and all that it holds. */
  static Object copy(Object root, Composite shape, ClassLoader loader) {
    Object[] parts = takeApart(root, shape, loader, null);
    Object copy = SmallCopy.of(root, shape, parts);
    return copy != null ? copy : new GraphCopy(loader).walk(root, shape, parts);
  }

  private Object walk(Object root, Composite shape, Object[] parts) {
    Visit first = enter(root, shape, parts, null);
    Visit visit = first;
    while (visit != null) {
      Visit child = advance(visit);
      if (child != null) {
        visit = child;
      } else {
        leave(visit);
        if (visit.parent != null) {
          visit.parent.take(visit);
        }
        visit = visit.parent;
      }
    }
    return first.copy;
  }

  private Visit enter(Object original, Composite shape, Object[] parts, Visit parent) {
    Visit visit = new Visit(original, shape, parts, parent, visits++);
    if (visit.replacements > MOST_REPLACEMENTS) {
      throw unbuildable(visit);
    }
    known.put(original, visit);
    open.add(visit);
    return visit;
  }

  /** Copies parts until one has to be visited, and returns that visit, or null at the end. */
  private Visit advance(Visit visit) {
    while (visit.next < visit.parts.length) {
      Object part = visit.parts[visit.next];
      if (part == null) {
        visit.next++;
        continue;
      }
      Shape shape = Shapes.of(part.getClass());
      if (shape == Leaf.IMMUTABLE) {
        visit.copies[visit.next++] = part;
        continue;
      }
      Object seen = known.get(part);
      if (seen instanceof Visit other) {
        visit.take(other);
        continue;
      }
      if (seen == null) {
        if (shape instanceof Leaf leaf) {
          seen = copyLeaf(leaf, part, visit);
        } else {
          Composite composite = (Composite) shape;
          Object[] parts = takeApart(part, composite, loader, visit);
          if (!SmallCopy.isAllImmutable(parts)) {
            return enter(part, composite, parts, visit);
          }
          seen = SmallCopy.assemble(part, composite, parts, parts, visit);
        }
        known.put(part, seen);
      }
      visit.copies[visit.next++] = seen;
    }
    return null;
  }

  private void leave(Visit visit) {
    boolean endsComponent = visit.low == visit.index;
    boolean alone = endsComponent && open.get(open.size() - 1) == visit;
    if (visit.missing == 0 && (alone || !visit.shape.inspects())) {
      fill(visit);
    } else {
      late.add(visit);
      if (visit.shape.making() == Making.PATCHED) {
        fillShell(visit);
      }
    }
    if (endsComponent) {
      int from = indexInOpen(visit);
      List<Visit> component = open.subList(from, open.size());
      if (!alone || !visit.filled) {
        completeComponent(visit, component);
      }
      for (Visit member : component) {
        member.complete = true;
      }
      component.clear();
    }
  }

  private int indexInOpen(Visit visit) {
    int i = open.size() - 1;
    while (open.get(i) != visit) {
      i--;
    }
    return i;
  }

  private void completeComponent(Visit root, List<Visit> component) {
    int from = late.size();
    while (from > 0 && late.get(from - 1).index >= root.index) {
      from--;
    }
    List<Visit> pending = late.subList(from, late.size());
    while (!pending.isEmpty()) {
      if (!fillReady(pending)) {
        breakCycle(pending);
      }
    }
    settle(component);
  }

  /** Fills those whose parts are all there, of the first kind of which there is one. */
  private boolean fillReady(List<Visit> pending) {
    for (Making making : Making.values()) {
      boolean any = false;
      for (Visit visit : pending) {
        if (visit.missing == 0 && visit.shape.making() == making) {
          fill(visit);
          any = true;
        }
      }
      if (any) {
        pending.removeIf(visit -> visit.filled);
        return true;
      }
    }
    return false;
  }

  /**
   * Reads one of the serialized objects before all of its parts are copied, because they wait for
   * it: they get it as it is when the first of them is needed.
   */
  private void breakCycle(List<Visit> pending) {
    Visit visit =
        pending.stream()
            .filter(v -> v.shape instanceof SerializedShape shape && shape.isReadInPlace())
            .findFirst()
            .orElseThrow(() -> unbuildable(pending.get(0)));
    pending.remove(visit);
    Object made;
    try {
      made =
          ((SerializedForm) visit.parts[0])
              .read((part, unread) -> copyFor(visit, part + 1, unread, pending));
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      throw CopyFailure.of(visit.original, visit.parent, e);
    }
    finish(visit, made);
  }

  private Object copyFor(Visit visit, int part, Object unread, List<Visit> pending) {
    if (visit.copies[part] == null && visit.copy == null) {
      if (unread == null) {
        throw unbuildable(visit);
      }
      visit.deliver(unread);
    }
    while (visit.copies[part] == null) {
      if (!fillReady(pending)) {
        breakCycle(pending);
      }
    }
    return visit.copies[part];
  }

  private static CacheException unbuildable(Visit visit) {
    return CopyFailure.of(
        visit.original,
        visit.parent,
        new IllegalStateException(
            "a cycle of references through nothing but unmodifiable objects, or such as are"
                + " replaced when they are serialized"));
  }

  /**
   * Fills hash tables again until each finds its keys. Each round settles at least those that
   * depend on no unsettled one; what is left after as many rounds as there are objects has keys
   * whose hash codes are not theirs to keep.
   */
  private void settle(List<Visit> component) {
    for (int round = 0; round <= component.size(); round++) {
      boolean settled = true;
      for (Visit visit : component) {
        if (visit.shape.inspects() && !visit.shape.isSettled(visit.copy, visit.copies)) {
          settled = false;
          if (visit.shape.making() == Making.BUILT) {
            throw CopyFailure.of(
                visit.original,
                visit.parent,
                new IllegalStateException(
                    "the hash code of a key depends on the table that it is in"));
          }
          fillShell(visit);
        }
      }
      if (settled) {
        return;
      }
    }
  }

  private void fill(Visit visit) {
    boolean unchanged = visit.shape.isShareable() && visit.isUnchanged();
    finish(visit, unchanged ? visit.original : fillShell(visit));
  }

  private static void finish(Visit visit, Object copy) {
    visit.filled(CopyFailure.ifNull(copy, visit.original, visit.parent));
  }

  private static Object fillShell(Visit visit) {
    try {
      return visit.shape.fill(visit.original, visit.copy, visit.copies);
    } catch (Exception e) {
      throw CopyFailure.of(visit.original, visit.parent, e);
    }
  }

  private static Object copyLeaf(Leaf leaf, Object part, Visit holder) {
    if (leaf instanceof Refusal refusal) {
      throw refusal.failure(holder.pathTo(part));
    }
    return leaf.copy(part);
  }

  /** Returns the parts of an object. */
  static Object[] takeApart(Object original, Composite shape, ClassLoader loader, Visit holder) {
    try {
      return shape.parts(original, loader);
    } catch (RuntimeException e) {
      throw CopyFailure.of(original, holder, e);
    }
  }
}
