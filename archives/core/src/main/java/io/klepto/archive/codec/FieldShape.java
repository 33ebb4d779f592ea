package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import io.klepto.archive.ArchiveException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The fields by which a class of the application is written and read: those that are neither static
 * nor transient, inherited ones first; of a record, its components.
 *
 * <p>Objects are made without running a constructor, records by their canonical one. Immutable, so
 * any number of threads may use it.
 */
final class FieldShape {
  /**
   * A field and how it stands in records.
   *
   * @param field made accessible
   * @param described its owner, name and code
   */
  record Slot(Field field, StreamClass.StreamField described) {}

  private final Class<?> type;
  private final Slot[] slots;
  private final Constructor<?> canonical;
  private final ObjectInstantiator<?> instantiator;

  private FieldShape(Class<?> type, Slot[] slots, Constructor<?> canonical) {
    this.type = type;
    this.slots = slots;
    this.canonical = canonical;
    this.instantiator =
        canonical == null ? new StdInstantiatorStrategy().newInstantiatorOf(type) : null;
  }

  /**
   * Returns the shape of a class.
   *
   * @throws InaccessibleObjectException if a field lies in a module that is closed to this one
   * @throws ArchiveException if the class inherits fields from a class of the JDK, or can have no
   *     instance
   */
  static FieldShape of(Class<?> type) {
    if (Modifier.isAbstract(type.getModifiers())) {
      throw new ArchiveException(
          "class " + type.getName() + " is abstract or an interface, and can have no object");
    }
    return type.isRecord() ? ofRecord(type) : ofClass(type);
  }

  private static FieldShape ofRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Slot[] slots = new Slot[components.length];
    Class<?>[] parameters = new Class<?>[components.length];
    try {
      for (int i = 0; i < slots.length; i++) {
        slots[i] = slot(type.getDeclaredField(components[i].getName()), type);
        parameters[i] = components[i].getType();
      }
      Constructor<?> canonical = type.getDeclaredConstructor(parameters);
      canonical.setAccessible(true);
      return new FieldShape(type, slots, canonical);
    } catch (ReflectiveOperationException e) {
      throw new ArchiveException("record " + type.getName() + " lacks what every record has", e);
    }
  }

  private static FieldShape ofClass(Class<?> type) {
    Deque<Class<?>> hierarchy = new ArrayDeque<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      hierarchy.push(c);
    }
    List<Slot> slots = new ArrayList<>();
    for (Class<?> owner : hierarchy) {
      for (Field field : owner.getDeclaredFields()) {
        if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
          if (ClassNames.isOfJdk(owner)) {
            throw new ArchiveException(
                "class "
                    + type.getName()
                    + " inherits fields of the JDK's "
                    + owner.getName()
                    + " and is not serialisable");
          }
          slots.add(slot(field, type));
        }
      }
    }
    return new FieldShape(type, slots.toArray(Slot[]::new), null);
  }

  private static Slot slot(Field field, Class<?> type) {
    field.setAccessible(true);
    String owner = field.getDeclaringClass() == type ? "" : field.getDeclaringClass().getName();
    char code = field.getType().isPrimitive() ? field.getType().descriptorString().charAt(0) : 'L';
    return new Slot(field, new StreamClass.StreamField(owner, field.getName(), code));
  }

  Class<?> type() {
    return type;
  }

  boolean isRecord() {
    return canonical != null;
  }

  int size() {
    return slots.length;
  }

  Slot slot(int index) {
    return slots[index];
  }

  List<StreamClass.StreamField> described() {
    return Arrays.stream(slots).map(Slot::described).toList();
  }

  /** Returns a new object whose fields have their default values; not of a record. */
  Object newObject() {
    return instantiator.newInstance();
  }

  /** Returns the components of a record that a record of the archive may lack: their defaults. */
  Object[] defaultComponents() {
    Object[] values = new Object[slots.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Widening.defaultOf(slots[i].described().code());
    }
    return values;
  }

  Object newRecord(Object[] components) {
    try {
      return canonical.newInstance(components);
    } catch (InvocationTargetException e) {
      throw new ArchiveException(
          "record " + type.getName() + " refuses its components: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new ArchiveException("record " + type.getName() + " can't be made: " + e, e);
    }
  }
}
