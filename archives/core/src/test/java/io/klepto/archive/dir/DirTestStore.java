package io.klepto.archive.dir;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.store.Durability;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreSettings;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Shorthand of the tests of this package: a container, whose stores fail when told so. */
final class DirTestStore {
  static final String NAMESPACE = "orders";

  private final Path container;
  private final FailingFiles.Fault fault;

  DirTestStore(Path container, FailingFiles.Fault fault) {
    this.container = container;
    this.fault = fault;
  }

  DirLayout layout() {
    return DirLayout.of(container, NAMESPACE, "");
  }

  DirStore open(Map<String, String> settings) {
    return open(Durability.OS, settings);
  }

  DirStore open(Durability durability, Map<String, String> settings) {
    StoreOptions options =
        new StoreOptions(NAMESPACE, Optional.of(durability), Map.of())
            .with(StoreSettings.of(settings));
    return DirStoreProvider.open(container, options, disk -> new FailingFiles(disk, fault));
  }

  Path fileOf(KeyBytes key) {
    return layout().record(key.sha256Hex());
  }

  static KeyBytes key(int number) {
    return KeyBytes.of(("key " + number).getBytes(UTF_8));
  }

  static RecordContent content(String text) {
    return content(text.getBytes(UTF_8));
  }

  static RecordContent content(byte[] payload) {
    return new RecordContent(1, 1, RecordTimes.eternal(0), payload);
  }

  static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
