package io.klepto.archive.store;

/** What a store can do beyond the contract that binds every store. */
public enum Capability {
  /** Several processes of one host may read and write at once. */
  MANY_PROCESSES,
  /** Several hosts may read and write at once. */
  MANY_HOSTS,
  /** {@code compareAndSet} is atomic among everybody who has the store open. */
  COMPARE_AND_SET,
  /** A bulk write happens as a whole or not at all. */
  ATOMIC_BATCH,
  /** The engine drops expired records by itself. */
  NATIVE_EXPIRY,
  /** The store tells its other users what was written. */
  INVALIDATION_MESSAGES,
  /** Tools other than ours can read the values. */
  FOREIGN_READABLE,
  /** Large values are read where they lie in a file, without a copy on the heap. */
  MAPPED_VALUES,
  /** Its users on one host learn by {@link Stamps} that a record changed. */
  STAMPS,
  /** One user among all on the host, or of the server, can have a key for itself. */
  KEY_LOCK,
  /** Records are still there when the store is closed and opened again by another process. */
  PERSISTENT
}
