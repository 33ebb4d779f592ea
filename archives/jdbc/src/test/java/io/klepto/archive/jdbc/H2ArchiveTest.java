package io.klepto.archive.jdbc;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.testkit.ArchiveContract;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** An archive in H2 keeps the contract. */
final class H2ArchiveTest extends ArchiveContract {
  @TempDir private Path folder;

  @Override
  public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
    return Archives.open(
        URI.create("jdbc:h2:file:" + folder.toUri().getRawPath() + "database"), configuration);
  }
}
