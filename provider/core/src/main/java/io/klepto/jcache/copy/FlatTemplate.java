package io.klepto.jcache.copy;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * Copies objects of one class all of whose fields hold immutables. This class is only a template:
 * {@link FieldShapes} defines it anew for each class, with that class's handle as class data.
 */
final class FlatTemplate extends Leaf {
  private static final MethodHandle COPY;

  static {
    try {
      COPY =
          MethodHandles.classData(
              MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, MethodHandle.class);
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  FlatTemplate() {}

  @Override
  Object copy(Object original) {
    try {
      return (Object) COPY.invokeExact(original);
    } catch (Throwable e) {
      throw Thrown.unchecked(e);
    }
  }
}
