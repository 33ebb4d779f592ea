package io.klepto.keymap;

import io.klepto.keymap.access.Opening;
import java.io.Externalizable;
import java.io.File;
import java.io.ObjectOutputStream;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;

/**
 * The fields that make up an object of a class that has no rule of its own, and the refusal of
 * classes that have no value.
 *
 * <p>Found once per class. What is kept hangs on the class itself and consists of JDK types alone,
 * so that neither the class's loader nor ours is held. Safe for use by many threads.
 */
final class ObjectFields {
  static final String REMEDY = "register a KeyEncoder";

  private static final List<Class<?>> IN_USE =
      List.of(
          AutoCloseable.class,
          Iterator.class,
          Future.class,
          Executor.class,
          Lock.class,
          Reference.class);

  private static final ClassValue<Map<Field, byte[]>> FIELDS =
      new ClassValue<>() {
        @Override
        protected Map<Field, byte[]> computeValue(Class<?> type) {
          return find(type);
        }
      };

  private ObjectFields() {}

  /**
   * Returns the fields of a class in the order of the format, each with its name as a string value.
   *
   * @throws Refusal if objects of the class have no canonical bytes
   */
  static Map<Field, byte[]> of(Class<?> type) {
    return FIELDS.get(type);
  }

  /**
   * Checks that the name of a class says the same in every run.
   *
   * @throws Refusal if the name is made up at run time
   */
  static void checkName(Class<?> type) {
    Class<?> named = type;
    while (named.isArray()) {
      named = named.getComponentType();
    }
    if (named.isHidden() || named.isSynthetic() || Proxy.isProxyClass(named)) {
      throw refusal(
          named, "a class with the same name in every run", "a lambda, proxy or hidden class");
    }
  }

  private static Map<Field, byte[]> find(Class<?> type) {
    checkName(type);
    checkIsValue(type);
    Map<Field, byte[]> fields = new LinkedHashMap<>();
    Field passedOver = null;
    for (Class<?> level = type; !isRoot(level); level = level.getSuperclass()) {
      if (isOfJdk(level)) {
        throw refusal(type, "a class whose state is open", "a subclass of " + level.getName());
      }
      List<Field> declared = declared(level);
      boolean keeps = !declared.stream().allMatch(ObjectFields::isTransient);
      for (Field field : declared) {
        if (isTransient(field)) {
          passedOver = field;
          if (!(keeps && holdsScalar(field))) {
            checkIsNoState(field, type);
          }
          continue;
        }
        String name = level == type ? field.getName() : level.getName() + "#" + field.getName();
        open(field);
        fields.put(field, asStringValue(name));
      }
    }
    if (fields.isEmpty() && passedOver != null) {
      throw refusal(
          type,
          "a field that is not transient",
          "none: as if all its objects were equal, whatever " + passedOver.getName() + " holds");
    }
    return Collections.unmodifiableMap(fields);
  }

  /**
   * Refuses a transient field that a class of the hierarchy may write by itself when the object is
   * serialized: then it is part of the value, and keys that differ in it would share an entry. What
   * a method writes can't be seen from outside; a number or text beside fields that are kept is
   * taken for one computed from them, as a hash or the result of {@code toString} is, and isn't
   * asked about.
   */
  private static void checkIsNoState(Field field, Class<?> type) {
    String writer = writerOf(type);
    if (writer != null) {
      throw refusal(
          type,
          "state in fields that are not transient",
          "the transient field " + field.getName() + ", which " + writer + " may write");
    }
  }

  /** Returns the method by which objects of a class write themselves, null if none does. */
  private static String writerOf(Class<?> type) {
    if (Externalizable.class.isAssignableFrom(type)) {
      return "writeExternal";
    }
    for (Class<?> level = type; !isRoot(level); level = level.getSuperclass()) {
      if (declares(level, "writeObject", ObjectOutputStream.class)) {
        return "writeObject";
      } else if (declares(level, "writeReplace")) {
        return "writeReplace";
      }
    }
    return null;
  }

  private static boolean isTransient(Field field) {
    return Modifier.isTransient(field.getModifiers());
  }

  private static boolean holdsScalar(Field field) {
    return field.getType().isPrimitive() || field.getType() == String.class;
  }

  private static boolean declares(Class<?> level, String method, Class<?>... parameters) {
    try {
      return Arrays.stream(level.getDeclaredMethods())
          .anyMatch(
              each ->
                  each.getName().equals(method)
                      && Arrays.equals(each.getParameterTypes(), parameters));
    } catch (LinkageError e) {
      throw unreadable(level, "methods", e);
    }
  }

  private static void checkIsValue(Class<?> type) {
    if (Collection.class.isAssignableFrom(type)) {
      throw refusal(type, "a List or a Set", "another collection");
    }
    if (isOfJdk(type)) {
      throw refusal(
          type, "one of the values that CanonicalEncoder lists", "another class of the JDK");
    }
    for (Class<?> used : IN_USE) {
      if (used.isAssignableFrom(type)) {
        throw refusal(type, "a value", "something in use: it is of type " + used.getName());
      }
    }
  }

  private static boolean isRoot(Class<?> type) {
    return type == Object.class || type == Record.class || type == Number.class;
  }

  private static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private static List<Field> declared(Class<?> level) {
    try {
      return Arrays.stream(level.getDeclaredFields())
          .filter(field -> !Modifier.isStatic(field.getModifiers()))
          .sorted(Comparator.comparing(Field::getName))
          .toList();
    } catch (LinkageError e) {
      throw unreadable(level, "fields", e);
    }
  }

  private static Refusal unreadable(Class<?> level, String what, LinkageError failure) {
    return new Refusal(
        "class %s: expected readable %s, found %s; %s"
            .formatted(level.getName(), what, failure, REMEDY),
        failure);
  }

  private static void open(Field field) {
    Class<?> level = field.getDeclaringClass();
    if (field.isSynthetic()) {
      throw refusal(
          level,
          "fields that stand in the source",
          "the hidden field "
              + field.getName()
              + " of an inner, local or anonymous class; make it a static class or a record");
    }
    if (!field.trySetAccessible()) {
      throw refusal(
          level,
          "fields open to reflection",
          "package "
              + level.getPackageName()
              + " of "
              + level.getModule()
              + " closed; "
              + Opening.advice(level));
    }
  }

  private static byte[] asStringValue(String name) {
    ByteSink sink = new ByteSink(Integer.MAX_VALUE);
    sink.putString(name);
    return sink.toByteArray();
  }

  private static Refusal refusal(Class<?> type, String expected, String found) {
    return new Refusal(
        "class "
            + type.getName()
            + ": expected "
            + expected
            + ", found "
            + found
            + "; "
            + hint(type)
            + REMEDY);
  }

  private static String hint(Class<?> type) {
    if (type == URL.class) {
      return "use its toURI() or ";
    }
    if (File.class.isAssignableFrom(type) || Path.class.isAssignableFrom(type)) {
      return "use its toString() or toUri() or ";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "copy it into a List or ";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "use its toString() or ";
    }
    if (Number.class.isAssignableFrom(type)) {
      return "use its value or ";
    }
    return "";
  }
}
