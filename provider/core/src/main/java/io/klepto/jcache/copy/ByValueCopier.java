package io.klepto.jcache.copy;

import java.util.Objects;

/**
 * Copies objects of any class by value: asks the {@link Shape} of the object's class, and walks the
 * graph only if the object holds others that need copies too.
 *
 * <p>Thread-safe; keeps nothing between calls.
 */
final class ByValueCopier implements Copier {
  private final ClassLoader loader;

  ByValueCopier(ClassLoader loader) {
    this.loader = loader;
  }

  @Override
  public Object copy(Object object) {
    Shape shape = Shapes.of(Objects.requireNonNull(object, "object").getClass());
    if (shape instanceof Leaf leaf) {
      return leaf.copy(object);
    }
    return GraphCopy.copy(object, (Composite) shape, loader);
  }
}
