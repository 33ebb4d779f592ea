package io.klepto.jcache.copy;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;

/**
 * Takes objects of one class apart and puts copies together: a record through its canonical
 * constructor, any other by setting the fields of an object made without one. This class is only a
 * template: {@link FieldShapes} defines it anew for each class, with that class's handles as class
 * data.
 */
final class FieldTemplate extends Composite {
  private static final boolean RECORD;
  private static final MethodHandle PARTS;
  private static final MethodHandle FILL;
  private static final MethodHandle SHELL;

  static {
    try {
      List<?> data =
          MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, List.class);
      RECORD = (Boolean) data.get(0);
      PARTS = (MethodHandle) data.get(1);
      FILL = (MethodHandle) data.get(2);
      SHELL = RECORD ? null : (MethodHandle) data.get(3);
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  FieldTemplate() {
    super(RECORD ? Making.BUILT : Making.PATCHED);
  }

  @Override
  Object[] parts(Object original, ClassLoader loader) {
    try {
      return (Object[]) PARTS.invokeExact(original);
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }

  @Override
  Object shell(Object original) {
    if (RECORD) {
      return null;
    }
    try {
      return (Object) SHELL.invokeExact(original);
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }

  @Override
  Object fill(Object original, Object shell, Object[] copies) throws Exception {
    try {
      return (Object) FILL.invokeExact(shell, copies);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }

  @Override
  boolean isShareable() {
    return RECORD;
  }
}
