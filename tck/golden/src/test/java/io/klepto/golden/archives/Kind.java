package io.klepto.golden.archives;

import io.klepto.archive.store.StoreProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** A class of klepto's archives, and where ours of that class are. */
enum Kind {
  DICT("dict_archive", "dict:"),
  NULL("null_archive", "null:"),
  FILE("file_archive", "file:"),
  DIR("dir_archive", "dir:"),
  SQLTABLE("sqltable_archive", "jdbc:h2:file:"),
  SQL("sql_archive", "jdbc:h2:file:"),
  HDF("hdf_archive", "hdf:"),
  HDFDIR("hdfdir_archive", "hdfdir:");

  private final String kleptoName;
  private final String prefix;

  Kind(String kleptoName, String prefix) {
    this.kleptoName = kleptoName;
    this.prefix = prefix;
  }

  /** Returns the name of klepto's class. */
  String kleptoName() {
    return kleptoName;
  }

  /** Returns whether the jar of the back-end is on the class path. */
  boolean isPresent() {
    String scheme = prefix.substring(0, prefix.indexOf(':'));
    return ServiceLoader.load(StoreProvider.class).stream()
        .anyMatch(provider -> provider.get().schemes().contains(scheme));
  }

  /** Returns the container in a place of its own. */
  URI location(Path place) {
    return URI.create(prefix + (this == NULL ? "/" : place.toUri().getRawPath()));
  }
}
