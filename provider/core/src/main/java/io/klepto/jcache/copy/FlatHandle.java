package io.klepto.jcache.copy;

import java.lang.invoke.MethodHandle;

/** What {@link FlatTemplate} does, where no class can be defined for it; slower. */
final class FlatHandle extends Leaf {
  private final MethodHandle copy;

  FlatHandle(MethodHandle copy) {
    this.copy = copy;
  }

  @Override
  Object copy(Object original) {
    try {
      return (Object) copy.invokeExact(original);
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }
}
