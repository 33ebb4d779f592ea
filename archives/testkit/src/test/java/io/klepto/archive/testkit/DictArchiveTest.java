package io.klepto.archive.testkit;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import java.net.URI;
import java.util.UUID;

final class DictArchiveTest extends ArchiveContract {
  private final URI location = URI.create("dict:contract-" + UUID.randomUUID());

  @Override
  public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
    return Archives.open(location, configuration);
  }
}
