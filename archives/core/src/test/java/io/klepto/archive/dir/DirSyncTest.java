package io.klepto.archive.dir;

import static io.klepto.archive.dir.DirTestStore.content;
import static io.klepto.archive.dir.DirTestStore.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.dir.FailingFiles.Step;
import io.klepto.archive.store.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code sync} forces: all that is not on the disk, and little else. */
final class DirSyncTest extends OpenDirStore {
  @BeforeEach
  void forgetWhatOpeningForced() {
    fault.takeForced();
  }

  private List<String> marks() throws IOException {
    return DirTestStore.namesIn(test.layout().unsynced());
  }

  /** Returns what a sync forces, whole namespaces apart. */
  private Set<Path> forcedBySync(DirStore syncing) {
    syncing.sync();
    Set<Path> forced = new HashSet<>(fault.takeForced());
    assertTrue(forced.remove(test.layout().folder()), "the folder of the namespace");
    forced.remove(test.layout().quarantine());
    return forced;
  }

  private Set<Path> placesOf(int... numbers) {
    Set<Path> places = new HashSet<>();
    for (int number : numbers) {
      places.add(test.fileOf(key(number)));
      places.add(test.fileOf(key(number)).getParent());
    }
    return places;
  }

  @Test
  void sync_forcesWhatWasChangedSinceTheLast() throws Exception {
    for (int i = 0; i < 20; i++) {
      store.put(key(i), content("value"));
    }
    store.sync();
    fault.takeForced();
    assertEquals(List.of(), marks());
    store.put(key(1), content("newer"));
    store.remove(key(2));
    long version = store.get(key(3)).version();
    store.touch(key(3), version, content("").times());
    assertEquals(1, marks().size());
    assertEquals(placesOf(1, 2, 3), forcedBySync(store));
    assertEquals(Set.of(), forcedBySync(store));
    assertEquals(List.of(), marks());
  }

  @Test
  void moreChangesThanAreRemembered_areHandedOverAsTooMany() throws Exception {
    Unsynced unsynced = new Unsynced(folder, "mark", new DiskFiles(Optional.empty()));
    for (int i = 0; i <= Unsynced.MOST_PLACES; i++) {
      unsynced.begin();
      unsynced.end(folder.resolve("place " + i));
    }
    Unsynced.Changes changes = unsynced.take();
    assertTrue(changes.tooMany());
    assertEquals(Set.of(), changes.places());
    unsynced.unmark();
    assertFalse(Files.exists(folder.resolve("mark")));
  }

  @Test
  void sync_whereAnotherStoreHasChangedRecords_forcesThemToo() throws Exception {
    try (DirStore other = test.open(Map.of())) {
      other.put(key(1), content("of the other"));
      assertTrue(forcedBySync(store).containsAll(placesOf(1)));
      assertEquals(1, marks().size(), "the other may write more under its mark");
      assertTrue(forcedBySync(store).containsAll(placesOf(1)));
      other.sync();
      fault.takeForced();
      assertEquals(Set.of(), forcedBySync(store));
    }
  }

  @Test
  void sync_afterAStoreWasClosedUnsynced_forcesItsRecordsOnce() throws Exception {
    store.put(key(1), content("value"));
    store.close();
    assertEquals(1, marks().size());
    store = test.open(Map.of());
    fault.takeForced();
    assertTrue(forcedBySync(store).containsAll(placesOf(1)));
    assertEquals(List.of(), marks());
    assertEquals(Set.of(), forcedBySync(store));
  }

  @Test
  void sync_afterAWriterWasKilled_forcesItsRecordsOnce() throws Exception {
    store.put(key(1), content("value"));
    store.sync();
    fault.takeForced();
    String dead = "%016x-1".formatted(12345L);
    Files.createFile(test.layout().unsynced().resolve(dead));
    assertTrue(forcedBySync(store).containsAll(placesOf(1)));
    assertEquals(List.of(), marks());
    assertEquals(Set.of(), forcedBySync(store));
  }

  @Test
  void sync_ofAStoreThatForcesEachWrite_hasNothingToForce() throws Exception {
    store.close();
    store = test.open(Durability.SYNC, Map.of());
    store.put(key(1), content("value"));
    assertEquals(List.of(), marks());
    fault.takeForced();
    assertEquals(Set.of(), forcedBySync(store));
  }

  @Test
  void sync_afterOneThatFailed_writesTheRecordAnew() {
    store.put(key(1), content("value"));
    Object before = identityOf(test.fileOf(key(1)));
    long version = store.get(key(1)).version();
    fault.fail(Step.FORCE, test.fileOf(key(1)));
    assertThrows(ArchiveException.class, store::sync);
    fault.fail(Step.NONE);
    fault.takeForced();
    assertEquals(placesOf(1), forcedBySync(store));
    assertFalse(before.equals(identityOf(test.fileOf(key(1)))), "the same file as before");
    assertEquals(version, store.get(key(1)).version());
    assertEquals(Set.of(), forcedBySync(store));
  }

  @Test
  void sync_whereAFolderCantBeForced_isDoneAgainByTheNext() {
    store.put(key(1), content("value"));
    fault.fail(Step.FORCE, test.fileOf(key(1)).getParent());
    assertThrows(ArchiveException.class, store::sync);
    fault.fail(Step.NONE);
    fault.takeForced();
    assertEquals(placesOf(1), forcedBySync(store));
  }

  private static Object identityOf(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
