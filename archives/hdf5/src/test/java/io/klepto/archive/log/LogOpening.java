package io.klepto.archive.log;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import java.nio.file.Path;

/** Opens logs on file systems that URIs don't know. */
public final class LogOpening {
  private LogOpening() {}

  /** Opens a namespace of a log by its path. */
  public static Store open(Path file, StoreOptions options) {
    return LogStoreProvider.open(file, options);
  }
}
