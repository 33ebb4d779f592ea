package io.klepto.archive.dir;

import io.klepto.archive.store.Durability;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a temporary folder for each test of a class that extends this. */
abstract class OpenDirStore {
  @TempDir Path folder;

  /** Makes the disk of the store fail. */
  final FailingFiles.Fault fault = new FailingFiles.Fault();

  DirTestStore test;
  DirStore store;

  /** Returns the durability of the store. */
  Durability durability() {
    return Durability.OS;
  }

  @BeforeEach
  final void openStore() {
    test = new DirTestStore(folder, fault);
    store = test.open(durability(), Map.of());
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }
}
