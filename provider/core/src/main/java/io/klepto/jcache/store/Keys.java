package io.klepto.jcache.store;

import io.klepto.jcache.copy.Copier;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import io.klepto.keymap.KeyEncodingException;
import io.klepto.keymap.KeyTransform;

/**
 * Between the caller's keys and those of the table.
 *
 * <p>Without an archive the table's key is the caller's, compared by {@code equals}. With one,
 * canonical bytes define equality in memory too: a key whose class agrees with them stands for
 * itself, any other is wrapped with its bytes. With a transform, the key that it makes decides, and
 * the caller's is kept beside it. Safe for use by many threads.
 *
 * @param <K> the type of the caller's keys
 */
public abstract sealed class Keys<K> permits Keys.Plain, Keys.Canonical, TransformedKeys {
  final Copier copier;

  Keys(Copier copier) {
    this.copier = copier;
  }

  /** Returns keys compared by {@code equals}, copied by the given copier. */
  public static <K> Keys<K> byEquals(Copier copier) {
    return new Plain<>(copier);
  }

  /** Returns keys compared by the canonical bytes, as an archive does. */
  public static <K> Keys<K> byCanonicalBytes(Copier copier, CanonicalEncoder encoder) {
    return new Canonical<>(copier, encoder);
  }

  /**
   * Returns keys compared by what a transform makes of them.
   *
   * @param encoderOrNull with an archive, decides equality of transformed keys that are not natural
   */
  public static <K> Keys<K> transformed(
      Copier copier, KeyTransform transform, CanonicalEncoder encoderOrNull) {
    return new TransformedKeys<>(copier, transform, encoderOrNull);
  }

  /** Returns whether different keys of the caller may be one in the table. */
  public boolean areTransformed() {
    return false;
  }

  /**
   * Says which of the caller's keys began the entry of a table's key; under the entry's lock,
   * before its value is set. Means something only to transformed keys.
   */
  public void begin(Object tableKey, Object original) {}

  /**
   * Returns the caller's key to write to the archive, no copy: that which began the entry.
   *
   * @param given the one that the caller gives now
   */
  public K original(Object tableKey, K given) {
    return given;
  }

  /**
   * Returns the key to look for in the table.
   *
   * @throws UnencodableKeyException if it needs canonical bytes and has none, or can't be
   *     transformed
   */
  public abstract Object lookup(K key);

  /**
   * Returns the key under which the entry of a key lives, as the caller may see it.
   *
   * @throws UnencodableKeyException if it can't be transformed
   */
  public Object transformed(K key) {
    return key;
  }

  /** Returns the key to keep in the table, independent of the caller's object if by value. */
  public abstract Object keep(Object lookupKey);

  /** Returns a key of the caller's, independent of that object if by value. */
  @SuppressWarnings("unchecked") // a copier keeps the class
  public final K copyOf(K key) {
    return (K) copier.copy(key);
  }

  /** Returns the caller's key of a table's key, a copy if by value. */
  public abstract K give(Object tableKey);

  static final class Plain<K> extends Keys<K> {
    Plain(Copier copier) {
      super(copier);
    }

    @Override
    public Object lookup(K key) {
      return key;
    }

    @Override
    public Object keep(Object lookupKey) {
      return copier.copy(lookupKey);
    }

    @Override
    @SuppressWarnings("unchecked")
    public K give(Object tableKey) {
      return (K) copier.copy(tableKey);
    }
  }

  static final class Canonical<K> extends Keys<K> {
    private final CanonicalEncoder encoder;

    Canonical(Copier copier, CanonicalEncoder encoder) {
      super(copier);
      this.encoder = encoder;
    }

    @Override
    public Object lookup(K key) {
      return encoder.isNatural(key.getClass()) ? key : new EncodedKey(key, bytesOf(key));
    }

    private KeyBytes bytesOf(K key) {
      try {
        return encoder.encode(key);
      } catch (KeyEncodingException e) {
        throw new UnencodableKeyException(e.getMessage(), e);
      }
    }

    @Override
    public Object keep(Object lookupKey) {
      return lookupKey instanceof EncodedKey encoded
          ? new EncodedKey(copier.copy(encoded.original()), encoded.bytes())
          : lookupKey;
    }

    @Override
    @SuppressWarnings("unchecked")
    public K give(Object tableKey) {
      Object original = tableKey instanceof EncodedKey encoded ? encoded.original() : tableKey;
      return (K) copier.copy(original);
    }
  }

  /** A key and its canonical bytes, which alone decide equality. */
  private record EncodedKey(Object original, KeyBytes bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof EncodedKey that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
      return bytes.hashCode();
    }

    @Override
    public String toString() {
      return original.toString();
    }
  }
}
