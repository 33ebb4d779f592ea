package io.klepto.archive.codec;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Classes of every kind that codecs must bring back. */
final class SampleClasses {
  private SampleClasses() {}

  /** A plain record. */
  record Point(int x, int y) implements Serializable {}

  /** A nested, generic record with every kind of component. */
  record Tuple<A, B>(A first, B second, boolean z, byte b, short s, char c, long j, float f)
      implements Serializable {}

  /** An enum whose constants have bodies. */
  enum Operation {
    PLUS {
      @Override
      int apply(int a, int b) {
        return a + b;
      }
    },
    TIMES {
      @Override
      int apply(int a, int b) {
        return a * b;
      }
    };

    abstract int apply(int a, int b);
  }

  /** A class without a constructor of no arguments, with every kind of field, and a superclass. */
  static class Base implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String name;
    private int shadowed = 1;

    Base(String name) {
      this.name = Objects.requireNonNull(name);
    }

    void shadow(int value) {
      shadowed = value;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Base base
          && base.getClass() == getClass()
          && name.equals(base.name)
          && shadowed == base.shadowed;
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  /** See {@link Base}. */
  static final class Derived extends Base {
    private static final long serialVersionUID = 1L;
    private final boolean flag = true;
    private byte small = -1;
    private short medium = -2;
    private char letter = 'ß';
    private int number = Integer.MIN_VALUE;
    private long large = Long.MIN_VALUE;
    private float single = Float.NaN;
    private double twice = -0.0;
    private int shadowed = 2;
    private final int[] numbers = {1, 2, 3};
    private final String[] words = {"a", null};

    @SuppressWarnings("serial") // as applications declare them
    private final Object nothing = null;

    transient String derived = "not kept";

    Derived(String name) {
      super(name);
    }

    @Override
    public boolean equals(Object object) {
      return super.equals(object)
          && object instanceof Derived other
          && flag == other.flag
          && small == other.small
          && medium == other.medium
          && letter == other.letter
          && number == other.number
          && large == other.large
          && Float.compare(single, other.single) == 0
          && Double.compare(twice, other.twice) == 0
          && shadowed == other.shadowed
          && Arrays.equals(numbers, other.numbers)
          && Arrays.equals(words, other.words)
          && nothing == other.nothing;
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }
  }

  /** A node of a graph with cycles, whose hash is its name. */
  static final class Node implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // as applications declare them
    final Set<Node> neighbours = new HashSet<>();

    @SuppressWarnings("serial") // as applications declare them
    final Map<Node, Integer> distances = new HashMap<>();

    Node next;
    final String name;

    Node(String name) {
      this.name = name;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Node node && name.equals(node.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  /** A class with a serialization protocol of its own: the pair of methods. */
  static final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;
    private transient String text;

    Secret(String text) {
      this.text = text;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeUTF(new StringBuilder(text).reverse().toString());
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      text = new StringBuilder(in.readUTF()).reverse().toString();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Secret secret && text.equals(secret.text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  /** A class with a serialization protocol of its own: one object only. */
  static final class Single implements Serializable {
    private static final long serialVersionUID = 1L;
    static final Single INSTANCE = new Single();

    private Single() {}

    private Object readResolve() {
      return INSTANCE;
    }
  }

  /** A class with a serialization protocol of its own: another class in its place. */
  static final class Celsius implements Serializable {
    private static final long serialVersionUID = 1L;
    private final double degrees;

    Celsius(double degrees) {
      this.degrees = degrees;
    }

    private Object writeReplace() {
      return new Kelvin(degrees + 273.15);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
      throw new InvalidObjectException("expected a Kelvin");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Celsius celsius && Math.abs(degrees - celsius.degrees) < 1e-9;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    private record Kelvin(double degrees) implements Serializable {
      private Object readResolve() {
        return new Celsius(degrees - 273.15);
      }
    }
  }

  /** A class with a serialization protocol of its own: {@code Externalizable}. */
  public static final class External implements Externalizable {
    private static final long serialVersionUID = 1L;
    private int value;

    /** Creates it for reading. */
    public External() {}

    External(int value) {
      this.value = value;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeInt(~value);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
      value = ~in.readInt();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof External external && value == external.value;
    }

    @Override
    public int hashCode() {
      return value;
    }
  }

  /** A subclass of a collection, with a field. */
  static final class Named<T> extends ArrayList<T> {
    private static final long serialVersionUID = 1L;
    private final String name;

    Named(String name, List<? extends T> items) {
      super(items);
      this.name = name;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Named<?> named && name.equals(named.name) && super.equals(other);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  /** A class whose instances have an outer instance. */
  static final class Outer implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int factor;

    Outer(int factor) {
      this.factor = factor;
    }

    Inner inner(int value) {
      return new Inner(value);
    }

    final class Inner implements Serializable {
      private static final long serialVersionUID = 1L;
      private final int value;

      Inner(int value) {
        this.value = value;
      }

      int product() {
        return value * factor;
      }

      @Override
      public boolean equals(Object other) {
        return other instanceof Inner inner && product() == inner.product();
      }

      @Override
      public int hashCode() {
        return product();
      }
    }
  }

  /** The handler of a proxy. */
  record Answering(String answer) implements InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return answer;
    }
  }

  /** A class that is not serialisable. */
  record Plain(Object content, Optional<String> note) {}
}
