package io.klepto.archive.testkit.attack;

import io.klepto.archive.store.Durability;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.StoresByUri;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of store as the attacks see it: where its container lies in a folder, how it is opened
 * there, and what it promises. Two methods are enough; each of the others opens the way for more
 * attacks, or says that they are none of the store's business.
 *
 * <p>A folder that is passed in is there, and holds nothing but the container and what the store
 * puts beside it. Any thread may call.
 */
public interface AttackTarget {
  /** Returns the name in the table. */
  String name();

  /** Returns the URI of the container in a folder of the default file system. */
  URI location(Path folder);

  /** Returns how the container is opened on a file system that can fail; empty if it can't be. */
  default Optional<PathOpening> openingByPath() {
    return Optional.empty();
  }

  /** Returns how records get versions that are ahead of the clock; empty if they can't. */
  default Optional<VersionShift> versionShift() {
    return Optional.empty();
  }

  /** Returns what the store promises beyond what binds all. */
  default AttackPromises promises() {
    return AttackPromises.OF_OWN_FORMAT;
  }

  /** Returns the settings that the store is opened with. */
  default StoreSettings settings() {
    return StoreSettings.none();
  }

  /**
   * Returns whether a file can be rebuilt from the others, so that its loss, while nobody has the
   * container open, costs nothing.
   *
   * @param file the path relative to the folder
   */
  default boolean isRebuilt(Path file) {
    return false;
  }

  /** Returns whether the container lies in files of the folder, so that they can be damaged. */
  default boolean hasFiles() {
    return true;
  }

  /** Returns how many cases of one kind of damage a normal run tries; less for a slow store. */
  default int casesEach() {
    return 3_000;
  }

  /** Opens a namespace of the container in a folder, by URI or by path. */
  default Store open(Path folder, String namespace, Optional<Durability> durability) {
    StoreOptions options = new StoreOptions(namespace, durability, Map.of()).with(settings());
    return folder.getFileSystem() == FileSystems.getDefault()
        ? StoresByUri.open(location(folder), options)
        : openingByPath().orElseThrow().open(folder, options);
  }

  /** Opens a container in a folder of any file system. */
  interface PathOpening {
    /** Opens it, making it if it is missing. */
    Store open(Path folder, StoreOptions options);
  }

  /** Makes records that look as if the clock had been ahead when they were written. */
  interface VersionShift {
    /** Adds to the version of each record of the container, which nobody has open. */
    void shift(Path folder, long by);
  }
}
