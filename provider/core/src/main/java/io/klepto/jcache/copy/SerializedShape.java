package io.klepto.jcache.copy;

import java.util.List;

/**
 * Objects that are copied by Java serialization: written to bytes and read back.
 *
 * <p>Only the object itself is written. Wherever it refers to another object that needs a copy, a
 * {@link SerializedForm.Token} is written, and the other object becomes one of its parts, to be
 * copied in its own way. So references that the object shares with the rest of the graph stay
 * shared, what it holds need not be serializable, and a long chain of such objects does not
 * overflow the stack.
 *
 * <p>Deviation: an object with {@code writeReplace} can't be recognised inside another object that
 * goes through serialization; if two such objects refer to it, it is copied twice.
 */
final class SerializedShape extends Composite {
  private static final SerializedShape IN_PLACE = new SerializedShape(false);
  private static final SerializedShape REPLACED = new SerializedShape(true);

  private final boolean replaced;

  private SerializedShape(boolean replaced) {
    super(Making.BUILT);
    this.replaced = replaced;
  }

  static SerializedShape of(Class<?> type) {
    return SerializationProtocol.replaces(type) ? REPLACED : IN_PLACE;
  }

  /** Returns whether the object that is being read is the one that comes out. */
  boolean isReadInPlace() {
    return !replaced;
  }

  /** The bytes are the first part: they take the place of their own copy. */
  @Override
  Object[] parts(Object original, ClassLoader loader) {
    SerializedForm form = SerializedForm.of(original, loader);
    List<Object> parts = form.parts();
    Object[] all = new Object[parts.size() + 1];
    all[0] = form;
    for (int i = 1; i < all.length; i++) {
      all[i] = parts.get(i - 1);
    }
    return all;
  }

  @Override
  Object shell(Object original) {
    return null;
  }

  @Override
  Object fill(Object original, Object shell, Object[] copies) throws Exception {
    return ((SerializedForm) copies[0]).read((part, unread) -> copies[part + 1]);
  }
}
