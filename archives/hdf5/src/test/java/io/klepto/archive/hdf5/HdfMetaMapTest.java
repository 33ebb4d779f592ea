package io.klepto.archive.hdf5;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.testkit.GuavaMapContract;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@code hdf:} as a map, with values in attributes. */
final class HdfMetaMapTest extends GuavaMapContract {
  @TempDir private Path folder;

  @Override
  public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
    URI file = URI.create("hdf:" + folder.resolve("map.hdf5").toUri().getRawPath());
    ArchiveConfiguration<K, V> inAttributes =
        ArchiveConfiguration.builder(configuration.keyType(), configuration.valueType())
            .namespace(configuration.namespace())
            .setting(ValueLayout.SETTING, "meta")
            .build();
    return Archives.open(file, inAttributes);
  }
}
