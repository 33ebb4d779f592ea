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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A temporary folder for a store that keeps each record in a file of its own, whose name begins
 * with the digest of the key, in a folder whose name begins with the namespace.
 */
public final class FolderFixture implements StoreFixture, RawRecords {
  private final Path root = temporaryFolder();
  private final Path container = root.resolve("made when opened");
  private final Map<String, Path> files = new ConcurrentHashMap<>();
  private final String scheme;
  private final StoreSettings settings;

  /**
   * Makes the folder.
   *
   * @param scheme the scheme of the back-end
   * @param settings what its stores are opened with
   */
  public FolderFixture(String scheme, StoreSettings settings) {
    this.scheme = scheme;
    this.settings = settings;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("folder-contract");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Store open(StoreOptions options) {
    return StoresByUri.open(location().orElseThrow(), options.with(settings));
  }

  @Override
  public Optional<URI> location() {
    return Optional.of(URI.create(scheme + ":" + container.toUri().getRawPath()));
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
    String folder = namespace.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_") + "-";
    try (Stream<Path> found = Files.walk(container)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> isNamedBy(file.getFileName().toString(), key.sha256Hex()))
          .filter(file -> container.relativize(file).toString().startsWith(folder))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNamedBy(String name, String digest) {
    return name.equals(digest) || name.startsWith(digest + ".");
  }

  @Override
  public void close() {
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
