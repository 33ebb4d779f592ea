package io.klepto.jcache.store;

import javax.cache.CacheException;

/**
 * A key that an archive can't take, since it has no canonical bytes. The message says which and
 * why.
 */
public final class UnencodableKeyException extends CacheException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that names archive and key, and the failure behind it. */
  public UnencodableKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
