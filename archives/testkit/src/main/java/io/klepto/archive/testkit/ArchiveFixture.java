package io.klepto.archive.testkit;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;

/** What the parts of {@link ArchiveContract} build on: a way to open archives, and shorthands. */
interface ArchiveFixture {
  /**
   * Opens an archive of the back-end under test. Within one test, an equal namespace is the same
   * archive, open already or not; no other test sees it.
   */
  <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration);

  /** Starts the configuration of an archive that takes any object, and the suite's own classes. */
  default ArchiveConfiguration.Builder<Object, Object> anything() {
    return ArchiveConfiguration.builder(Object.class, Object.class)
        .namespace("contract")
        .allow("io.klepto.archive.testkit.*");
  }

  /** Opens the archive of {@link #anything}. */
  default Archive<Object, Object> open() {
    return open(anything().build());
  }
}
