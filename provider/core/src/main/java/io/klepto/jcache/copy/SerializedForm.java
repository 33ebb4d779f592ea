package io.klepto.jcache.copy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An object in its serialized form, on the way from an original to its copy: bytes that never leave
 * this process, and beside them, in order, what would be wasteful to write: the class descriptors,
 * and the objects that are copied in another way.
 *
 * <p>Confined to the thread that copies.
 */
final class SerializedForm {
  private final Object original;
  private final ClassLoader loader;
  private final List<ObjectStreamClass> descriptors = new ArrayList<>();
  private final List<Class<?>> proxies = new ArrayList<>();
  private final List<Object> parts = new ArrayList<>();
  private byte[] bytes;

  private SerializedForm(Object original, ClassLoader loader) {
    this.original = original;
    this.loader = loader;
  }

  /** Writes one object; whatever it holds that can change becomes a part. */
  static SerializedForm of(Object original, ClassLoader loader) {
    SerializedForm form = new SerializedForm(original, loader);
    ByteArrayOutputStream sink = new ByteArrayOutputStream(256);
    try (Writer out = form.new Writer(sink)) {
      out.writeObject(original);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    form.bytes = sink.toByteArray();
    return form;
  }

  // Constants and classes must come from the loader that the classes around them come from.
  private static boolean isPlain(Object object) {
    return object instanceof String || object instanceof Enum<?> || object instanceof Class<?>;
  }

  /** Returns the objects that were not written, in the order of their tokens. */
  List<Object> parts() {
    return parts;
  }

  /** Gives the copies of the parts while an object is read back. */
  interface Copies {
    /**
     * Returns the copy of a part.
     *
     * @param unread the object that is being read, in the state it is in
     */
    Object copyOf(int part, Object unread);
  }

  /** Reads the object back. */
  Object read(Copies copies) throws IOException, ClassNotFoundException {
    try (Reader in = new Reader(new ByteArrayInputStream(bytes), copies)) {
      return in.readObject();
    }
  }

  /**
   * Stands in the stream for a part. With it goes a reference back to the object that is written,
   * so that whoever reads the token gets hold of that object before it is complete.
   */
  static final class Token implements Externalizable {
    private static final long serialVersionUID = 1;

    private transient int part;
    private transient Object whole;

    /** Makes a token to be read. */
    public Token() {}

    private Token(int part, Object whole) {
      this.part = part;
      this.whole = whole;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeInt(part);
      out.writeObject(whole);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
      part = in.readInt();
      whole = in.readObject();
    }
  }

  private final class Writer extends ObjectOutputStream {
    private boolean begun;

    Writer(OutputStream sink) throws IOException {
      super(sink);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      // The first object is the original, or what its writeReplace put in its place.
      if (!begun || isPlain(object)) {
        begun = true;
        return object;
      }
      parts.add(object);
      return new Token(parts.size() - 1, original);
    }

    @Override
    protected void writeStreamHeader() {
      // Nobody else reads it.
    }

    @Override
    protected void writeClassDescriptor(ObjectStreamClass descriptor) {
      descriptors.add(descriptor);
    }

    @Override
    protected void annotateProxyClass(Class<?> proxy) {
      proxies.add(proxy);
    }
  }

  private final class Reader extends ObjectInputStream {
    private final Copies copies;
    private int nextDescriptor;
    private int nextProxy;

    Reader(InputStream source, Copies copies) throws IOException {
      super(source);
      this.copies = copies;
      enableResolveObject(true);
    }

    @Override
    protected Object resolveObject(Object object) {
      return object instanceof Token token ? copies.copyOf(token.part, token.whole) : object;
    }

    @Override
    protected void readStreamHeader() {
      // None was written.
    }

    @Override
    protected ObjectStreamClass readClassDescriptor() {
      return descriptors.get(nextDescriptor++);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass descriptor) {
      Class<?> own = descriptor.forClass();
      return own == Token.class ? own : resolve(own);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] names) {
      Class<?> own = proxies.get(nextProxy++);
      Class<?>[] interfaces = own.getInterfaces();
      Class<?>[] resolved = new Class<?>[interfaces.length];
      for (int i = 0; i < interfaces.length; i++) {
        resolved[i] = resolve(interfaces[i]);
      }
      return Arrays.equals(interfaces, resolved)
          ? own
          : Proxy.newProxyInstance(loader, resolved, (proxy, method, arguments) -> null).getClass();
    }

    private Class<?> resolve(Class<?> own) {
      if (own.isPrimitive() || own.getClassLoader() == null || own.getClassLoader() == loader) {
        return own;
      }
      try {
        return Class.forName(own.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return own;
      }
    }
  }
}
