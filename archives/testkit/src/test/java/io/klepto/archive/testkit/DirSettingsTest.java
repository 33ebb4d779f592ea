package io.klepto.archive.testkit;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.store.EntryTypes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** {@code dir:} keeps its contracts with every compression, and with values that are mapped. */
final class DirSettingsTest {
  private static final StoreSettings DEFLATE = StoreSettings.of(Map.of("compression", "deflate"));
  private static final StoreSettings ZSTD = StoreSettings.of(Map.of("compression", "zstd"));
  private static final StoreSettings MAPPED = StoreSettings.of(Map.of("map-from-bytes", "0"));

  @Nested
  final class DeflateStore extends StoreContract {
    @Override
    protected StoreFixture newFixture() {
      return new FolderFixture("dir", DEFLATE);
    }
  }

  @Nested
  final class ZstdStore extends StoreContract {
    @Override
    protected StoreFixture newFixture() {
      return new FolderFixture("dir", ZSTD);
    }
  }

  @Nested
  final class DeflateArchive extends ArchiveContract {
    @TempDir private Path folder;

    @Override
    public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
      return openArchive(folder, DEFLATE, configuration);
    }
  }

  @Nested
  final class ZstdArchive extends ArchiveContract {
    @TempDir private Path folder;

    @Override
    public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
      return openArchive(folder, ZSTD, configuration);
    }
  }

  @Nested
  final class MappedArchive extends ArchiveContract {
    @TempDir private Path folder;

    @Override
    public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
      return openArchive(folder, MAPPED, configuration);
    }
  }

  private static <K, V> Archive<K, V> openArchive(
      Path folder, StoreSettings settings, ArchiveConfiguration<K, V> configuration) {
    StoreOptions options =
        new StoreOptions(
            configuration.namespace(),
            configuration.durability(),
            Map.of("codec", configuration.codec()),
            new EntryTypes(configuration.keyType(), configuration.valueType()),
            settings);
    Store store = StoreWorker.openStore(URI.create("dir:" + folder.toUri().getRawPath()), options);
    return Archives.over(store, configuration);
  }
}
