package io.klepto.archive.testkit;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class DirMapTest extends GuavaMapContract {
  @TempDir private Path folder;

  @Override
  public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
    return Archives.open(URI.create("dir:" + folder.toUri().getRawPath()), configuration);
  }
}
