package io.klepto.archive.store;

/**
 * The right to work on a key that one user of a store has among all its users on the host, until it
 * is closed. It is free at once when its process dies.
 *
 * <p>It keeps nobody from reading or writing the record: it excludes only who asks for it too.
 * Whichever thread closes it, and once.
 */
public interface KeyHold extends AutoCloseable {
  /** Lets others have the key. */
  @Override
  void close();
}
