package io.klepto.apps;

import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.store.StoreProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The archives that keep what they are given, each with a location for a test. */
enum Backend {
  DICT("dict:", "entries"),
  DIR("dir:", "entries"),
  FILE("file:", "results.klepto"),
  SQL("jdbc:h2:file:", "database"),
  SQLTABLE("jdbc:h2:file:", "database") {
    @Override
    <K, V> ArchiveConfiguration.Builder<K, V> configure(
        ArchiveConfiguration.Builder<K, V> builder) {
      return builder.setting("table", "results");
    }
  },
  HDF("hdf:", "results.h5"),
  HDFDIR("hdfdir:", "datasets");

  private final String prefix;
  private final String name;

  Backend(String prefix, String name) {
    this.prefix = prefix;
    this.name = name;
  }

  /** Returns those whose jar is on the class path. */
  static Stream<Backend> present() {
    return Arrays.stream(values()).filter(Backend::isPresent);
  }

  private boolean isPresent() {
    String scheme = prefix.substring(0, prefix.indexOf(':'));
    return ServiceLoader.load(StoreProvider.class).stream()
        .anyMatch(provider -> provider.get().schemes().contains(scheme));
  }

  /** Returns the container of a test, the same for the same folder. */
  URI location(Path folder) {
    return URI.create(prefix + folder.resolve(name).toUri().getRawPath());
  }

  /** Sets what this archive needs. */
  <K, V> ArchiveConfiguration.Builder<K, V> configure(ArchiveConfiguration.Builder<K, V> builder) {
    return builder;
  }
}
