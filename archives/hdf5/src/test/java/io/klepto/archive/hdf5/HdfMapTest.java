package io.klepto.archive.hdf5;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.testkit.GuavaMapContract;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class HdfMapTest extends GuavaMapContract {
  @TempDir private Path folder;

  @Override
  public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
    URI file = URI.create("hdf:" + folder.resolve("map.hdf5").toUri().getRawPath());
    return Archives.open(file, configuration);
  }
}
