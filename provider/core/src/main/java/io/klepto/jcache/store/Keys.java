package io.klepto.jcache.store;

import io.klepto.jcache.copy.Copier;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import io.klepto.keymap.KeyEncodingException;

/**
 * Between the caller's keys and those of the table.
 *
 * <p>Without an archive the table's key is the caller's, compared by {@code equals}. With one,
 * canonical bytes define equality in memory too: a key whose class agrees with them stands for
 * itself, any other is wrapped with its bytes. Safe for use by many threads.
 *
 * @param <K> the type of the caller's keys
 */
public abstract sealed class Keys<K> {
  final Copier copier;

  private Keys(Copier copier) {
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
   * Returns the key to look for in the table.
   *
   * @throws UnencodableKeyException if it needs canonical bytes and has none
   */
  public abstract Object lookup(K key);

  /** Returns the key to keep in the table, independent of the caller's object if by value. */
  public abstract Object keep(Object lookupKey);

  /** Returns the caller's key of a table's key, a copy if by value. */
  public abstract K give(Object tableKey);

  private static final class Plain<K> extends Keys<K> {
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

  private static final class Canonical<K> extends Keys<K> {
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
