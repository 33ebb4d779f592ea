package io.klepto.archive.hdf5;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.testkit.GuavaMapContract;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class HdfDirMapTest extends GuavaMapContract {
  @TempDir private Path folder;

  @Override
  public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
    return Archives.open(URI.create("hdfdir:" + folder.toUri().getRawPath()), configuration);
  }
}
