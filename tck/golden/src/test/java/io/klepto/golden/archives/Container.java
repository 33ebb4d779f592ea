package io.klepto.golden.archives;

import io.klepto.archive.Archive;
import java.nio.file.Path;

/**
 * Where the archives of one replay are.
 *
 * @param counterpart what is there
 * @param place an empty folder
 */
record Container(Counterpart counterpart, Path place) {
  /**
   * Opens an archive: a namespace of the one container, or if a table is all of it, another one.
   */
  Archive<Object, Object> open(String namespace) {
    boolean hasNamespaces = counterpart.kind() != Kind.SQLTABLE;
    return counterpart.open(place.resolve(hasNamespaces ? "container" : namespace), namespace);
  }
}
