package io.klepto.archive.testkit;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FileMapTest extends GuavaMapContract {
  @TempDir private Path folder;

  @Override
  public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
    Path file = folder.resolve("entries.klepto");
    return Archives.open(URI.create("file:" + file.toUri().getRawPath()), configuration);
  }
}
