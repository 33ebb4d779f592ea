package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.klepto.archive.ArchiveException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.fory.Fory;

/** Classes that no archive allows, compiled in package {@code app}, and values of them. */
final class ForeignClasses {
  private static final String[] SOURCES = {
    """
    public class Gadget implements java.io.Serializable {
      private static final long serialVersionUID = 1L;
      static { System.setProperty("gadget", "initialised"); }
      public Object held = "x";
      public static Object make() { return new Gadget(); }
      private void readObject(java.io.ObjectInputStream in) throws Exception {
        in.defaultReadObject();
        System.setProperty("gadget", "read");
      }
    }
    """,
    """
    public class Plain implements java.io.Serializable {
      private static final long serialVersionUID = 1L;
      static { System.setProperty("gadget", "initialised"); }
      int number = 1;
      public static Object make() { return new Plain(); }
      public static java.util.function.Supplier<Object> lambda() {
        return (java.util.function.Supplier<Object> & java.io.Serializable) () -> "x";
      }
    }
    """,
    """
    public record Row(int number, String text) implements java.io.Serializable {
      static { System.setProperty("gadget", "initialised"); }
      public static Object make() { return new Row(1, "x"); }
    }
    """,
    """
    public enum Kind {
      ODD { }, EVEN;
      static { System.setProperty("gadget", "initialised"); }
      public static Object make() { return ODD; }
    }
    """,
    """
    public interface Face {
      Object FIELD = System.setProperty("gadget", "initialised");
      void call();
    }
    """,
    """
    public class Handler implements java.lang.reflect.InvocationHandler, java.io.Serializable {
      private static final long serialVersionUID = 1L;
      static { System.setProperty("gadget", "initialised"); }
      public static Object make() { return new Handler(); }
      public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
        System.setProperty("gadget", "called");
        return null;
      }
    }
    """
  };

  private final ClassLoader loader;

  private ForeignClasses(ClassLoader loader) {
    this.loader = loader;
  }

  /** Compiles the classes, and returns where they are. */
  static Path compile(Path folder) {
    return Compiled.to(folder, SOURCES);
  }

  /** Loads classes that were compiled; theirs are others than any other loader's. */
  static ForeignClasses loadedFrom(URL classes) {
    return new ForeignClasses(
        new URLClassLoader(new URL[] {classes}, ForeignClasses.class.getClassLoader()));
  }

  private Object make(String name) throws ReflectiveOperationException {
    return Class.forName("app." + name, true, loader).getMethod("make").invoke(null);
  }

  /** Returns objects of the classes, and what refers to them, in all places that there are. */
  List<Object> values() throws ReflectiveOperationException {
    List<Object> values = new ArrayList<>();
    for (String name : List.of("Gadget", "Plain", "Row", "Kind", "Handler")) {
      Object value = make(name);
      Class<?> type = name.equals("Kind") ? value.getClass().getSuperclass() : value.getClass();
      Object array = Array.newInstance(type, 1);
      Array.set(array, 0, value);
      values.addAll(
          Arrays.asList(
              value,
              new ArrayList<>(List.of(value)),
              List.of("x", value),
              new HashMap<>(Map.of(value, 1)),
              new HashMap<>(Map.of("k", value)),
              Set.of(value),
              array,
              Array.newInstance(type, 1, 1),
              type,
              array.getClass(),
              new SampleClasses.Tuple<>(value, type, true, (byte) 1, (short) 2, 'c', 3, 4f)));
    }
    return values;
  }

  /** Returns a lambda of a foreign class, and a proxy of a foreign interface. */
  List<Object> lambdaAndProxy() throws ReflectiveOperationException {
    Object lambda = Class.forName("app.Plain", true, loader).getMethod("lambda").invoke(null);
    Object proxy =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {Class.forName("app.Face", true, loader), Supplier.class},
            (InvocationHandler) make("Handler"));
    return List.of(lambda, proxy, new ArrayList<>(List.of(lambda, proxy)));
  }

  /** Returns the values as a codec encodes them that allows them all; those that it refuses not. */
  List<byte[]> encoded(String codec) throws ReflectiveOperationException {
    Codec willing =
        Codecs.named(
            codec,
            new CodecOptions(
                ClassAllowList.of(List.of(Object.class), List.of("app.*", "io.klepto.*", "java.*")),
                loader));
    List<byte[]> encoded = new ArrayList<>(encoded(values(), willing::encode));
    if (codec.equals("java")) {
      encoded.addAll(encoded(lambdaAndProxy(), ForeignClasses::serialized));
    } else if (codec.equals("fory")) {
      Fory fory =
          Fory.builder()
              .withXlang(false)
              .withRefTracking(false)
              .withCompatible(true)
              .requireClassRegistration(false)
              .withTypeChecker((resolver, name) -> true)
              .withClassLoader(loader)
              .withCodegen(false)
              .build();
      encoded.addAll(encoded(lambdaAndProxy(), fory::serialize));
    }
    return encoded;
  }

  static List<byte[]> encoded(List<Object> values, Function<Object, byte[]> encoder) {
    List<byte[]> encoded = new ArrayList<>();
    for (Object value : values) {
      try {
        encoded.add(encoder.apply(value));
      } catch (ArchiveException refused) {
        assertNotNull(refused.getMessage()); // a form that it lacks can't be attacked either
      }
    }
    return encoded;
  }

  private static byte[] serialized(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject((Serializable) value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
