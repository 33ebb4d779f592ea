package io.klepto.archive.testkit;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreSettings;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A temporary folder for {@code dir:}. */
final class DirFixture implements StoreFixture, RawRecords {
  private final Path root = temporaryFolder();
  private final Path container = root.resolve("made when opened");
  private final StoreSettings settings;

  DirFixture() {
    this(StoreSettings.none());
  }

  DirFixture(StoreSettings settings) {
    this.settings = settings;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("dir-contract");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path container() {
    return container;
  }

  @Override
  public Store open(StoreOptions options) {
    return StoreWorker.openStore(location().orElseThrow(), options.with(settings));
  }

  @Override
  public Optional<URI> location() {
    return Optional.of(locationOf(container));
  }

  static URI locationOf(Path folder) {
    return URI.create("dir:" + folder.toUri().getRawPath());
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

  /** Returns the file of a record, found by its name alone. */
  Path fileOf(String namespace, KeyBytes key) {
    String folder = namespace.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_") + "-";
    return filesBelow(container).stream()
        .filter(file -> file.getFileName().toString().equals(key.sha256Hex()))
        .filter(file -> container.relativize(file).toString().startsWith(folder))
        .findFirst()
        .orElseThrow();
  }

  static List<Path> filesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
