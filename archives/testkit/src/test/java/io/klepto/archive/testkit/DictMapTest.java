package io.klepto.archive.testkit;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import java.net.URI;

final class DictMapTest extends GuavaMapContract {
  @Override
  public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
    return Archives.open(URI.create("dict:/"), configuration);
  }
}
