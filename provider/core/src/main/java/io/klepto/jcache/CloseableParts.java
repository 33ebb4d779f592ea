package io.klepto.jcache;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.cache.CacheException;

/**
 * The parts of a cache that came from the application's factories: closed with the cache, each
 * once, if they are {@link AutoCloseable} (JSR-107, {@code Cache.close}). Listeners are the event
 * dispatcher's.
 *
 * <p>Not thread-safe; the cache's lifecycle holds its lock.
 */
final class CloseableParts {
  private final TiersBuilder<?, ?> builder;

  /** Reads the parts from a builder when they are closed, so that it may not be finished yet. */
  CloseableParts(TiersBuilder<?, ?> builder) {
    this.builder = builder;
  }

  /** Closes all parts; throws what failed after all were tried. */
  void close() {
    CacheException failure = null;
    for (Object part : parts()) {
      try {
        if (part instanceof AutoCloseable closeable) {
          closeable.close();
        }
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        if (failure == null) {
          failure = new CacheException("could not close " + part.getClass().getName(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Closes all parts because of a failure, which takes what else fails as suppressed. */
  void closeAfter(Throwable cause) {
    try {
      close();
    } catch (CacheException e) {
      cause.addSuppressed(e);
    }
  }

  private Set<Object> parts() {
    Set<Object> parts = Collections.newSetFromMap(new IdentityHashMap<>());
    if (builder.loader != null) {
      parts.add(builder.loader.unwrap());
    }
    if (builder.writer != null) {
      parts.add(builder.writer.unwrap());
    }
    if (builder.expiryPolicy != null) {
      parts.add(builder.expiryPolicy);
    }
    return parts;
  }
}
