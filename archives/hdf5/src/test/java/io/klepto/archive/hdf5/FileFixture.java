package io.klepto.archive.hdf5;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.RawRecords;
import io.klepto.archive.testkit.StoreFixture;
import io.klepto.keymap.KeyBytes;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** A temporary folder for {@code hdf:}; its raw records are those of the compacted file. */
final class FileFixture implements StoreFixture, RawRecords {
  private final TemporaryFolder folder = new TemporaryFolder();
  private final Path file = folder.path().resolve("made when opened").resolve("results.hdf5");
  private final Map<String, String> settings;

  FileFixture(Map<String, String> settings) {
    this.settings = settings;
  }

  Path file() {
    return file;
  }

  Store open(String namespace) {
    return open(new StoreOptions(namespace, Optional.empty(), Map.of()));
  }

  /** Opens with other files or another journal than usual. */
  Store open(String namespace, Disk disk, HdfStores.Journals journals) {
    StoreOptions options = new StoreOptions(namespace, Optional.empty(), Map.of());
    return HdfStores.open(file, options.with(StoreSettings.of(settings)), disk, journals);
  }

  /** Opens a journal in memory, which all openings of one place share. */
  static Store openInMemory(Path place, StoreOptions options) {
    return ServiceLoader.load(StoreProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.schemes().contains("dict"))
        .findFirst()
        .orElseThrow()
        .open(URI.create("dict:" + place.toUri().getRawPath()), options);
  }

  @Override
  public Store open(StoreOptions options) {
    return new HdfStoreProvider()
        .open(location().orElseThrow(), options.with(StoreSettings.of(settings)));
  }

  @Override
  public Optional<URI> location() {
    return Optional.of(URI.create("hdf:" + file.toUri().getRawPath()));
  }

  @Override
  public Optional<RawRecords> rawRecords() {
    return Optional.of(this);
  }

  @Override
  public byte[] read(String namespace, KeyBytes key) {
    try (Store store = open(namespace)) {
      store.compact();
    }
    return BaseBytes.of(file).region(namespace, key);
  }

  @Override
  public void write(String namespace, KeyBytes key, byte[] bytes) {
    BaseBytes.of(file).withRegion(namespace, key, bytes).writeTo(file);
  }

  @Override
  public void close() {
    folder.close();
  }
}
