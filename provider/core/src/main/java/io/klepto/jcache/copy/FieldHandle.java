package io.klepto.jcache.copy;

import java.lang.invoke.MethodHandle;

/** What {@link FieldTemplate} does, where no class can be defined for it; slower. */
final class FieldHandle extends Composite {
  private final MethodHandle parts;
  private final MethodHandle fill;
  private final MethodHandle shellOrNull;

  /**
   * Makes a shape.
   *
   * @param shellOrNull null for a record
   */
  FieldHandle(MethodHandle parts, MethodHandle fill, MethodHandle shellOrNull) {
    super(shellOrNull == null ? Making.BUILT : Making.PATCHED);
    this.parts = parts;
    this.fill = fill;
    this.shellOrNull = shellOrNull;
  }

  @Override
  Object[] parts(Object original, ClassLoader loader) {
    try {
      return (Object[]) parts.invokeExact(original);
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }

  @Override
  Object shell(Object original) {
    if (shellOrNull == null) {
      return null;
    }
    try {
      return (Object) shellOrNull.invokeExact(original);
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }

  @Override
  Object fill(Object original, Object shell, Object[] copies) throws Exception {
    try {
      return (Object) fill.invokeExact(shell, copies);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }

  @Override
  boolean isShareable() {
    return shellOrNull == null;
  }
}
