package io.klepto.jcache.copy;

import java.util.Arrays;

/**
 * The short way for what most caches hold: an object whose parts cannot change, or hold nothing
 * that can. No two of them can share or refer to each other, so there is nothing to keep track of.
 */
final class SmallCopy {
  /** With more parts to copy than this, looking for the same one twice costs more than the walk. */
  private static final int MOST_COPIES = 8;

  private SmallCopy() {}

  /** Returns a copy, or null if it takes a walk through the graph. */
  static Object of(Object root, Composite shape, Object[] parts) {
    Object[] copies = parts;
    int made = 0;
    Class<?> lastImmutable = String.class;
    for (int i = 0; i < parts.length; i++) {
      Object part = parts[i];
      if (part == null || part.getClass() == lastImmutable) {
        continue;
      }
      Shape partShape = Shapes.of(part.getClass());
      if (partShape == Leaf.IMMUTABLE) {
        lastImmutable = part.getClass();
        continue;
      }
      if (++made > MOST_COPIES) {
        return null;
      }
      Object copy = made > 1 ? find(part, parts, copies, i) : null;
      if (copy == null) {
        copy = simple(part, partShape);
      }
      if (copy == null) {
        return null;
      }
      if (copies == parts) {
        copies = Arrays.copyOf(parts, parts.length, Object[].class);
      }
      copies[i] = copy;
    }
    return assemble(root, shape, parts, copies, null);
  }

  /**
   * Returns whether nothing among these can change; lists of strings and the like are not looked
   * into.
   */
  static boolean isAllImmutable(Object[] parts) {
    Class<?> last = String.class;
    for (Object part : parts) {
      if (part != null && part.getClass() != last) {
        last = part.getClass();
        if (Shapes.of(last) != Leaf.IMMUTABLE) {
          return false;
        }
      }
    }
    return true;
  }

  /** Puts a copy together, or returns the original if it can be shared and no part was copied. */
  static Object assemble(
      Object original, Composite shape, Object[] parts, Object[] copies, Visit holder) {
    if (shape.isShareable() && (parts == copies || areSame(parts, copies))) {
      return original;
    }
    return CopyFailure.ifNull(fill(original, shape, copies, holder), original, holder);
  }

  private static Object fill(Object original, Composite shape, Object[] copies, Visit holder) {
    try {
      return shape.fill(original, shape.shell(original), copies);
    } catch (Exception e) {
      throw CopyFailure.of(original, holder, e);
    }
  }

  private static Object simple(Object part, Shape shape) {
    if (shape instanceof Leaf leaf) {
      return leaf instanceof Refusal ? null : leaf.copy(part);
    }
    if (shape instanceof SerializedShape) {
      return null;
    }
    Composite composite = (Composite) shape;
    Object[] parts = GraphCopy.takeApart(part, composite, null, null);
    return isAllImmutable(parts) ? assemble(part, composite, parts, parts, null) : null;
  }

  private static Object find(Object part, Object[] parts, Object[] copies, int end) {
    for (int i = 0; i < end; i++) {
      if (parts[i] == part) {
        return copies[i];
      }
    }
    return null;
  }

  private static boolean areSame(Object[] parts, Object[] copies) {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] != copies[i]) {
        return false;
      }
    }
    return true;
  }
}
