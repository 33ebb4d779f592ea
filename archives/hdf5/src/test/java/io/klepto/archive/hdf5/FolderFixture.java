package io.klepto.archive.hdf5;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.RawRecords;
import io.klepto.archive.testkit.StoreFixture;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A temporary folder for {@code hdfdir:}. */
final class FolderFixture implements StoreFixture, RawRecords {
  private final TemporaryFolder folder = new TemporaryFolder();
  private final Path container = folder.path().resolve("made when opened");
  private final Map<String, Path> files = new ConcurrentHashMap<>();
  private final String layout;

  FolderFixture(String layout) {
    this.layout = layout;
  }

  @Override
  public Store open(StoreOptions options) {
    return new HdfStoreProvider()
        .open(
            location().orElseThrow(),
            options.with(StoreSettings.of(Map.of(ValueLayout.SETTING, layout))));
  }

  @Override
  public Optional<URI> location() {
    return Optional.of(URI.create("hdfdir:" + container.toUri().getRawPath()));
  }

  @Override
  public Optional<RawRecords> rawRecords() {
    return Optional.of(this);
  }

  @Override
  public byte[] read(String namespace, KeyBytes key) {
    try {
      return Files.readAllBytes(fileOf(namespace, key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(String namespace, KeyBytes key, byte[] bytes) {
    try {
      Files.write(fileOf(namespace, key), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path fileOf(String namespace, KeyBytes key) {
    return files.computeIfAbsent(namespace + "/" + key.sha256Hex(), name -> find(namespace, key));
  }

  /** Returns the file of a record, found by its name alone. */
  private Path find(String namespace, KeyBytes key) {
    String start = namespace.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_") + "-";
    return filesBelow(container).stream()
        .filter(file -> file.getFileName().toString().equals(key.sha256Hex() + ".hdf5"))
        .filter(file -> container.relativize(file).toString().startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> filesBelow(Path top) {
    try (Stream<Path> found = Files.walk(top)) {
      return found.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
