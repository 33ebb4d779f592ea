package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.Registration;
import io.klepto.archive.ArchiveException;
import io.klepto.keymap.access.Opening;
import java.io.Externalizable;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Serializable;
import java.io.Writer;
import java.lang.ref.Reference;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Decides how each class is written and read.
 *
 * <p>A class with a serialization protocol of its own ({@code writeReplace}, {@code readResolve},
 * {@code writeObject}, {@code readObject}, {@code Externalizable}) and one of the JDK goes through
 * filtered Java serialization; enums by name, arrays by element; all others by their fields, and
 * through Java serialization if their module keeps the fields closed.
 *
 * <p>Any number of threads may call at once. Keeps what it learnt as long as it lives.
 */
final class Shapes {
  /** Classes that stand for something of this JVM, which no bytes could bring back. */
  private static final List<Class<?>> RESOURCES =
      List.of(
          Thread.class,
          ThreadGroup.class,
          ThreadLocal.class,
          ClassLoader.class,
          InputStream.class,
          OutputStream.class,
          Reader.class,
          Writer.class,
          Channel.class,
          Executor.class,
          Process.class,
          Reference.class,
          Socket.class,
          ServerSocket.class,
          DatagramSocket.class);

  private static final int NO_ID = 0;

  /** Descriptions to remember: many versions of many classes, yet no more than memory allows. */
  private static final int MAX_REMEMBERED = 10_000;

  /** The fields of a description to remember: no class has more, but a hostile record may. */
  private static final int MAX_FIELDS_REMEMBERED = 1_000;

  /**
   * How a class is written.
   *
   * @param registration its serializer
   * @param description what stands in the class table
   */
  record Written(Registration registration, StreamClass description) {}

  private final ClassNames names;
  private final Map<Class<?>, Written> written = new ConcurrentHashMap<>();
  private final Map<StreamClass, Registration> read = new ConcurrentHashMap<>();

  Shapes(ClassNames names) {
    this.names = names;
  }

  /**
   * Returns how objects of a class are written.
   *
   * @param type neither a body of an enum constant nor of {@link WellKnown}
   * @throws ArchiveException if they can't be, or the class is not allowed
   */
  Written toWrite(Class<?> type) {
    Written known = written.get(type);
    if (known == null) {
      known = decide(type);
      written.put(type, known);
    }
    return known;
  }

  private Written decide(Class<?> type) {
    if (type.isArray()) {
      return decideArray(type);
    }
    refuseResources(type);
    boolean serializable = Serializable.class.isAssignableFrom(type);
    if (ClassNames.isOfJdk(type) && !serializable) {
      throw new UnarchivableException(
          "class " + type.getName() + " can't be archived: it is the JDK's and not serialisable");
    }
    names.checkWritable(type);
    if (type.isEnum()) {
      return written(
          type, new EnumSerializer(type), StreamClass.of(type.getName(), StreamClass.ENUM));
    }
    if (serializable && (ClassNames.isOfJdk(type) || hasProtocol(type))) {
      return decideJava(type);
    }
    return decideFields(type);
  }

  private Written decideArray(Class<?> type) {
    Class<?> component = type;
    int dimensions = 0;
    while (component.isArray()) {
      component = component.getComponentType();
      dimensions++;
    }
    names.checkWritable(component);
    return written(
        type,
        new ArraySerializer(type.getComponentType()),
        new StreamClass(component.getName(), StreamClass.ARRAY, dimensions, List.of()));
  }

  private static UnarchivableException unarchivable(
      Class<?> type, RuntimeException cause, String furtherRemedy) {
    return new UnarchivableException(
        "class %s can't be archived: %s; let it implement java.io.Serializable%s"
            .formatted(type.getName(), cause.getMessage(), furtherRemedy),
        cause,
        false);
  }

  private static Written decideJava(Class<?> type) {
    return written(type, JavaRoute.INSTANCE, StreamClass.of(type.getName(), StreamClass.JAVA));
  }

  private static Written decideFields(Class<?> type) {
    FieldShape shape;
    try {
      shape = FieldShape.of(type);
    } catch (InaccessibleObjectException e) {
      if (Serializable.class.isAssignableFrom(type)) {
        return decideJava(type);
      }
      throw unarchivable(type, e, ", or " + opening(type));
    } catch (ArchiveException e) {
      if (Serializable.class.isAssignableFrom(type)) {
        return decideJava(type);
      }
      throw unarchivable(type, e, "");
    }
    return written(
        type,
        new FieldsSerializer(shape),
        new StreamClass(type.getName(), StreamClass.FIELDS, 0, shape.described()));
  }

  private static Written written(Class<?> type, GraphSerializer serializer, StreamClass described) {
    return new Written(new Registration(type, serializer, NO_ID), described);
  }

  private static void refuseResources(Class<?> type) {
    if (type.isHidden() || (type.isSynthetic() && type.getName().contains("$$Lambda"))) {
      throw new UnarchivableException(
          "class "
              + type.getName()
              + " can't be archived: lambdas and hidden classes have no lasting name; use a named"
              + " class");
    }
    if (Proxy.isProxyClass(type)) {
      throw new UnarchivableException(
          "class "
              + type.getName()
              + " can't be archived: it is a proxy of "
              + List.of(type.getInterfaces())
              + "; archive what stands behind it");
    }
    for (Class<?> resource : RESOURCES) {
      if (resource.isAssignableFrom(type)) {
        throw new UnarchivableException(
            "class "
                + type.getName()
                + " can't be archived: it stands for a resource of this JVM ("
                + resource.getName()
                + "); make the field transient");
      }
    }
  }

  /** Returns whether a class says by itself how it is serialized. */
  private static boolean hasProtocol(Class<?> type) {
    if (Externalizable.class.isAssignableFrom(type)) {
      return true;
    }
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      if (declares(c, "writeReplace")
          || declares(c, "readResolve")
          || declares(c, "writeObject", ObjectOutputStream.class)
          || declares(c, "readObject", ObjectInputStream.class)) {
        return true;
      }
    }
    return false;
  }

  private static boolean declares(Class<?> type, String method, Class<?>... parameters) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(declared -> declared.getName().equals(method))
        .anyMatch(declared -> Arrays.equals(declared.getParameterTypes(), parameters));
  }

  /**
   * Returns how objects of a class that a record describes are read; past them, if the class is
   * gone or not allowed.
   */
  Registration toRead(StreamClass described) {
    Registration known = read.get(described);
    if (known != null) {
      return known;
    }
    try {
      known = resolve(described);
    } catch (ClassNotFoundException e) {
      return missing(
          described,
          new ArchiveException(
              "class "
                  + described.name()
                  + ", which the record names, is not there; the archive's loader is "
                  + names.loader(),
              e));
    } catch (ArchiveException e) {
      return missing(described, e);
    }
    if (described.fields().size() <= MAX_FIELDS_REMEMBERED && read.size() < MAX_REMEMBERED) {
      read.put(described, known);
    }
    return known;
  }

  private static Registration missing(StreamClass described, ArchiveException reason) {
    Class<?> type = described.kind() == StreamClass.ENUM ? Missing.Constant.class : Missing.class;
    return new Registration(type, new MissingSerializer(described, reason), NO_ID);
  }

  private Registration resolve(StreamClass described) throws ClassNotFoundException {
    Class<?> type = names.load(described.name());
    if (described.kind() == StreamClass.ARRAY) {
      return resolveArray(type, described.dimensions());
    }
    boolean isEnum = described.kind() == StreamClass.ENUM;
    if (type.isPrimitive() || WellKnown.of(type) != null || type.isEnum() != isEnum) {
      throw changed(described, type);
    }
    return switch (described.kind()) {
      case StreamClass.ENUM -> new Registration(type, new EnumSerializer(type), NO_ID);
      case StreamClass.JAVA -> new Registration(type, JavaRoute.INSTANCE, NO_ID);
      default -> resolveFields(type, described);
    };
  }

  private static Registration resolveArray(Class<?> component, int dimensions) {
    if (component == void.class || (component.isPrimitive() && dimensions == 1)) {
      throw new ArchiveException(
          "the record is damaged: it names an array of " + component + " by a table");
    }
    Class<?> element = component;
    for (int i = 1; i < dimensions; i++) {
      element = element.arrayType();
    }
    return new Registration(element.arrayType(), new ArraySerializer(element), NO_ID);
  }

  private static Registration resolveFields(Class<?> type, StreamClass described) {
    refuseResources(type);
    if (ClassNames.isOfJdk(type)
        || (Serializable.class.isAssignableFrom(type) && hasProtocol(type))) {
      throw changed(described, type);
    }
    try {
      FieldShape shape = FieldShape.of(type);
      return new Registration(type, new FieldsSerializer(shape, described.fields()), NO_ID);
    } catch (InaccessibleObjectException e) {
      throw new ArchiveException(
          "class " + type.getName() + " can't be read: " + e.getMessage() + "; " + opening(type),
          e);
    }
  }

  /** Returns the advice for the first class of a hierarchy whose package is closed to us. */
  private static String opening(Class<?> type) {
    Module own = Shapes.class.getModule();
    Class<?> closed = type;
    while (closed.getModule().isOpen(closed.getPackageName(), own)
        && closed.getSuperclass() != null) {
      closed = closed.getSuperclass();
    }
    return Opening.advice(closed.getSuperclass() == null ? type : closed);
  }

  private static ArchiveException changed(StreamClass described, Class<?> type) {
    String was =
        switch (described.kind()) {
          case StreamClass.FIELDS -> "its fields";
          case StreamClass.ENUM -> "an enum";
          default -> "a serialized object";
        };
    return new ArchiveException(
        "class "
            + type.getName()
            + " was written as "
            + was
            + " and is now "
            + (type.isEnum() ? "an enum" : "a class that is written otherwise")
            + "; keep it as it was, or write the value anew");
  }
}
