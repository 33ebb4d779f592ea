package io.klepto.archive.dir;

import io.klepto.archive.ArchiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The names of the files in the folders of records.
 *
 * <p>Some file systems, tmpfs and btrfs among them, move a name to another place of the listing
 * when its file is replaced, so that a listing at that moment shows it twice or not at all. So a
 * folder that is being written, or was a moment ago, is listed again, and the names are united: a
 * record that stays is missed only if it is replaced at the wrong moment of each listing.
 *
 * <p>No state; safe for use by many threads.
 */
final class DirListing {
  private static final int MOST_LISTINGS = 4;
  private static final long QUIET_MILLIS = TimeUnit.SECONDS.toMillis(2);

  private final DirLayout layout;
  private final RecordFiles files;
  private final DirErrors errors;

  DirListing(DirLayout layout, RecordFiles files, DirErrors errors) {
    this.layout = layout;
    this.files = files;
    this.errors = errors;
  }

  /**
   * Returns the folders of records that exist: one listing, where looking for each would be many.
   *
   * @throws ArchiveException if the namespace can't be listed, or is gone
   */
  List<Path> folders() {
    Set<String> names;
    try {
      names = Set.copyOf(files.list(layout.folder()));
    } catch (IOException e) {
      throw errors.refused("list", layout.folder(), e);
    }
    if (names.isEmpty() && Files.notExists(layout.header())) {
      throw errors.gone(layout.folder());
    }
    return layout.fanOut().stream()
        .filter(folder -> names.contains(folder.getFileName().toString()))
        .toList();
  }

  /** Returns the records in a folder of records: what stands in the place of one. */
  List<Path> recordsIn(Path folder) {
    return allIn(folder).stream().filter(layout::isRecord).toList();
  }

  /**
   * Returns everything in a folder of records.
   *
   * @throws ArchiveException if it can't be listed, or if the namespace is gone
   */
  List<Path> allIn(Path folder) {
    Set<String> names = new TreeSet<>();
    try {
      for (int listing = 1; listing <= MOST_LISTINGS; listing++) {
        long before = modifiedMillis(folder);
        boolean grown = names.addAll(files.list(folder));
        boolean unchanged = modifiedMillis(folder) == before;
        boolean quiet = Math.abs(System.currentTimeMillis() - before) > QUIET_MILLIS;
        if (unchanged && (quiet || (listing > 1 && !grown))) {
          break;
        }
      }
    } catch (IOException e) {
      throw errors.refused("list", folder, e);
    }
    if (names.isEmpty() && Files.notExists(layout.header())) {
      throw errors.gone(layout.folder());
    }
    return names.stream().map(folder::resolve).toList();
  }

  private static long modifiedMillis(Path folder) throws IOException {
    try {
      return Files.getLastModifiedTime(folder).toMillis();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
