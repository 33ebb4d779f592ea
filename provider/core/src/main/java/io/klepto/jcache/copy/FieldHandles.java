package io.klepto.jcache.copy;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Composes, for one class, method handles that read and write its fields: private, final and
 * inherited fields included, transient and static ones left out.
 *
 * <p>An object is allocated without a constructor of its class by {@code
 * sun.reflect.ReflectionFactory} of module {@code jdk.unsupported}, which is there for
 * serialization libraries. Its constructor is called as a {@link Constructor}: made a handle by
 * {@code unreflectConstructor} it would allocate an {@link Object}.
 */
final class FieldHandles {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final Object[] NO_ARGUMENTS = {};
  private static final MethodHandle ALLOCATE =
      find("allocate", methodType(Object.class, Constructor.class));

  // By name, because the compiler warns of every mention of the class, and can't be told not to.
  private static final Object FACTORY;
  private static final Method MAKE_ALLOCATOR;

  static {
    try {
      Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
      FACTORY = factory.getMethod("getReflectionFactory").invoke(null);
      MAKE_ALLOCATOR =
          factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Class<?> type;
  private final List<Field> immutables = new ArrayList<>();
  private final List<Field> parts = new ArrayList<>();

  /**
   * Finds the fields.
   *
   * @throws java.lang.reflect.InaccessibleObjectException if the module of the class or of one that
   *     it extends does not open it to us
   */
  FieldHandles(Class<?> type) {
    this.type = type;
    Deque<Class<?>> line = new ArrayDeque<>();
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      line.push(c);
    }
    for (Class<?> c : line) {
      for (Field field : c.getDeclaredFields()) {
        if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
          field.setAccessible(true);
          boolean immutable = ImmutableTypes.holdsOnlyImmutables(field.getType());
          (immutable ? immutables : parts).add(field);
        }
      }
    }
  }

  /** Returns whether all fields are of types whose objects cannot change. */
  boolean isFlat() {
    return parts.isEmpty();
  }

  /**
   * Returns {@code (Object original) Object}: allocates an object and copies the fields that hold
   * only immutables; the others stay null.
   */
  MethodHandle shell() throws ReflectiveOperationException {
    List<MethodHandle> steps = new ArrayList<>();
    for (Field field : immutables) {
      MethodHandle getter = LOOKUP.unreflectGetter(field);
      MethodHandle step = MethodHandles.filterArguments(LOOKUP.unreflectSetter(field), 1, getter);
      steps.add(step.asType(methodType(void.class, type, type)));
    }
    MethodHandle copyFields = sequence(steps, methodType(void.class, type, type));
    MethodHandle returnFirst = MethodHandles.dropArguments(MethodHandles.identity(type), 1, type);
    MethodHandle copyInto = MethodHandles.foldArguments(returnFirst, copyFields);
    return MethodHandles.collectArguments(copyInto, 0, allocator())
        .asType(methodType(Object.class, Object.class));
  }

  /** Returns {@code (Object original) Object[]}: reads the fields that may hold what can change. */
  MethodHandle partsReader() throws IllegalAccessException {
    return reader(parts);
  }

  /**
   * Returns {@code (Object shell, Object[] copies) Object}: sets those fields and returns the
   * shell.
   */
  MethodHandle partsWriter() throws IllegalAccessException {
    List<MethodHandle> steps = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      MethodHandle setter = LOOKUP.unreflectSetter(parts.get(i));
      MethodHandle element =
          MethodHandles.insertArguments(MethodHandles.arrayElementGetter(Object[].class), 1, i)
              .asType(methodType(setter.type().parameterType(1), Object[].class));
      MethodHandle step = MethodHandles.filterArguments(setter, 1, element);
      steps.add(step.asType(methodType(void.class, type, Object[].class)));
    }
    MethodHandle set = sequence(steps, methodType(void.class, type, Object[].class));
    MethodHandle returnFirst =
        MethodHandles.dropArguments(MethodHandles.identity(type), 1, Object[].class);
    return MethodHandles.foldArguments(returnFirst, set)
        .asType(methodType(Object.class, Object.class, Object[].class));
  }

  /** Returns {@code (Object original) Object[]}: reads all components of a record. */
  MethodHandle componentsReader() throws IllegalAccessException, NoSuchFieldException {
    List<Field> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Field field = type.getDeclaredField(component.getName());
      field.setAccessible(true);
      components.add(field);
    }
    return reader(components);
  }

  /** Returns {@code (Object ignored, Object[] components) Object}: the canonical constructor. */
  MethodHandle recordBuilder() throws IllegalAccessException, NoSuchMethodException {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    MethodHandle build =
        LOOKUP
            .unreflectConstructor(constructor)
            .asSpreader(Object[].class, types.length)
            .asType(methodType(Object.class, Object[].class));
    return MethodHandles.dropArguments(build, 0, Object.class);
  }

  private MethodHandle reader(List<Field> fields) throws IllegalAccessException {
    List<MethodHandle> steps = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      MethodHandle getter =
          LOOKUP.unreflectGetter(fields.get(i)).asType(methodType(Object.class, type));
      MethodHandle store =
          MethodHandles.insertArguments(MethodHandles.arrayElementSetter(Object[].class), 1, i);
      steps.add(MethodHandles.filterArguments(store, 1, getter));
    }
    MethodHandle readInto = sequence(steps, methodType(void.class, Object[].class, type));
    MethodHandle returnFirst =
        MethodHandles.dropArguments(MethodHandles.identity(Object[].class), 1, type);
    MethodHandle newArray =
        MethodHandles.insertArguments(
            MethodHandles.arrayConstructor(Object[].class), 0, fields.size());
    return MethodHandles.collectArguments(
            MethodHandles.foldArguments(returnFirst, readInto), 0, newArray)
        .asType(methodType(Object[].class, Object.class));
  }

  private MethodHandle allocator() throws ReflectiveOperationException {
    Object constructor =
        MAKE_ALLOCATOR.invoke(FACTORY, type, Object.class.getDeclaredConstructor());
    return MethodHandles.insertArguments(ALLOCATE, 0, constructor).asType(methodType(type));
  }

  @SuppressWarnings("UnusedMethod") // through ALLOCATE
  private static Object allocate(Constructor<?> constructor) throws ReflectiveOperationException {
    return constructor.newInstance(NO_ARGUMENTS);
  }

  // A tree of calls, not a chain, so that the depth stays within what the JIT inlines.
  private static MethodHandle sequence(List<MethodHandle> steps, MethodType type) {
    if (steps.isEmpty()) {
      return MethodHandles.empty(type);
    }
    if (steps.size() == 1) {
      return steps.get(0);
    }
    int half = steps.size() / 2;
    return MethodHandles.foldArguments(
        sequence(steps.subList(half, steps.size()), type), sequence(steps.subList(0, half), type));
  }

  private static MethodHandle find(String name, MethodType type) {
    try {
      return LOOKUP.findStatic(FieldHandles.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
