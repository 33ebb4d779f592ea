package io.klepto.archive.store;

import io.klepto.archive.ArchiveException;
import java.net.URI;
import java.util.Set;

/**
 * Opens the stores of some URI schemes. Found by {@link java.util.ServiceLoader}, so that a
 * back-end is there exactly if its jar is.
 *
 * <p>Implementations have no state and a public constructor without parameters.
 */
public interface StoreProvider {
  /** Returns the schemes, in lower case, without the colon. */
  Set<String> schemes();

  /**
   * Opens a namespace in a container, creating both if missing.
   *
   * @param location an absolute URI with one of {@link #schemes()}
   * @throws ArchiveException if the location is malformed, can't be read or written, is of another
   *     format version, or holds the namespace with another identity
   */
  Store open(URI location, StoreOptions options);
}
