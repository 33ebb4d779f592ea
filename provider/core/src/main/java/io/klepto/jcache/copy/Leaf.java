package io.klepto.jcache.copy;

import java.util.function.UnaryOperator;

/**
 * The shape of objects that are copied in one step: they hold nothing that needs a copy of its own.
 */
abstract non-sealed class Leaf extends Shape {
  /** The shape of what cannot change and is therefore shared. */
  static final Leaf IMMUTABLE =
      new Leaf() {
        @Override
        Object copy(Object original) {
          return original;
        }
      };

  static Leaf of(UnaryOperator<Object> copy) {
    return new Leaf() {
      @Override
      Object copy(Object original) {
        return copy.apply(original);
      }
    };
  }

  abstract Object copy(Object original);
}
