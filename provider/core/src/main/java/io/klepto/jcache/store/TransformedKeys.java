package io.klepto.jcache.store;

import io.klepto.jcache.copy.Copier;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyEncodingException;
import io.klepto.keymap.KeyTransform;

/**
 * Keys compared by what a transform makes of them; the caller's key that began an entry is kept
 * beside it. Safe for use by many threads.
 *
 * @param <K> the type of the caller's keys
 */
final class TransformedKeys<K> extends Keys<K> {
  private final KeyTransform transform;
  private final CanonicalEncoder encoderOrNull;

  TransformedKeys(Copier copier, KeyTransform transform, CanonicalEncoder encoderOrNull) {
    super(copier);
    this.transform = transform;
    this.encoderOrNull = encoderOrNull;
  }

  @Override
  public boolean areTransformed() {
    return true;
  }

  @Override
  public Object lookup(K key) {
    try {
      return new TransformedKey(key, comparable(transform.apply(key)));
    } catch (KeyEncodingException e) {
      throw new UnencodableKeyException(e.getMessage(), e);
    }
  }

  @Override
  public Object transformed(K key) {
    try {
      return transform.apply(key);
    } catch (KeyEncodingException e) {
      throw new UnencodableKeyException(e.getMessage(), e);
    }
  }

  private Object comparable(Object transformed) {
    return encoderOrNull == null || encoderOrNull.isNatural(transformed.getClass())
        ? transformed
        : encoderOrNull.encode(transformed);
  }

  @Override
  public Object keep(Object lookupKey) {
    TransformedKey key = (TransformedKey) lookupKey;
    return new TransformedKey(copier.copy(key.original), key.transformed);
  }

  @Override
  public void begin(Object tableKey, Object original) {
    TransformedKey key = (TransformedKey) tableKey;
    if (key.original != original) {
      key.original = copier.copy(original);
    }
  }

  @Override
  public K original(Object tableKey, K given) {
    return originalOf(tableKey);
  }

  @Override
  @SuppressWarnings("unchecked")
  public K give(Object tableKey) {
    return (K) copier.copy(originalOf(tableKey));
  }

  @SuppressWarnings("unchecked")
  private K originalOf(Object tableKey) {
    return (K) ((TransformedKey) tableKey).original;
  }

  /**
   * A transformed key, which alone decides equality, and the caller's key that began the entry.
   *
   * <p>The original changes under the lock of its node alone, and is published by the node's value;
   * volatile for messages and for who looks at a node without a value.
   */
  private static final class TransformedKey {
    final Object transformed;
    volatile Object original;

    TransformedKey(Object original, Object transformed) {
      this.original = original;
      this.transformed = transformed;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof TransformedKey that && transformed.equals(that.transformed);
    }

    @Override
    public int hashCode() {
      return transformed.hashCode();
    }

    @Override
    public String toString() {
      return original.toString();
    }
  }
}
