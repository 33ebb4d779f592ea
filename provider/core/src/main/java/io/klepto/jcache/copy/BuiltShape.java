package io.klepto.jcache.copy;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Small objects of the JDK that cannot change, though their parts may. */
final class BuiltShape extends Composite {
  private final Function<Object, Object[]> parts;
  private final Function<Object[], Object> build;

  BuiltShape(Function<Object, Object[]> parts, Function<Object[], Object> build) {
    super(Making.BUILT);
    this.parts = parts;
    this.build = build;
  }

  @Override
  Object[] parts(Object original, ClassLoader loader) {
    return parts.apply(original);
  }

  @Override
  Object shell(Object original) {
    return null;
  }

  @Override
  Object fill(Object original, Object shell, Object[] copies) {
    return build.apply(copies);
  }

  @Override
  boolean isShareable() {
    return true;
  }

  @Override
  boolean isSettled(Object copy, Object[] copies) {
    if (copy instanceof Set<?> set) {
      return set.containsAll(Arrays.asList(copies));
    }
    return !(copy instanceof Map<?, ?> map) || MapShape.holdsAll(map, copies);
  }
}
