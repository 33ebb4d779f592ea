package io.klepto.archive.dir;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What one open store has changed since it was last brought to the disk, so that {@code sync} need
 * not force what is there already.
 *
 * <p>What was changed is known to this store alone. That something was is known to all by a file in
 * the folder {@code unsynced}, the mark: it is made before the first change and removed when all is
 * on the disk. Whoever syncs and finds the mark of another forces everything, and so nobody's
 * writes are passed over, not even those of a process that was killed. A store that is closed
 * before it was synced renames its mark: {@code left-}, for the next full sync to remove.
 *
 * <p>Safe for use by many threads, under its own monitor.
 */
final class Unsynced {
  /** The changes that are remembered one by one; if there are more, all records are forced. */
  static final int MOST_PLACES = 1 << 14;

  private static final String LEFT = "left-";

  private final Path folder;
  private final String name;
  private final RecordFiles files;
  private Set<Path> places = new HashSet<>(); // guarded by this, as are the following
  private boolean tooMany;
  private boolean marked;
  private int changing;

  /**
   * Creates the memory of a store that has changed nothing.
   *
   * @param name the name of the mark, which no other open store has
   */
  Unsynced(Path folder, String name, RecordFiles files) {
    this.folder = folder;
    this.name = name;
    this.files = files;
  }

  /**
   * What was changed.
   *
   * @param places where the records lie, or lay
   * @param tooMany whether others were changed as well
   */
  record Changes(Set<Path> places, boolean tooMany) {}

  /** Announces a change; nothing has been changed if this throws. */
  synchronized void begin() throws IOException {
    if (!marked) {
      files.makeFile(folder.resolve(name));
      marked = true;
    }
    changing++;
  }

  /** Notes that a change was made, or may have been made in part. */
  synchronized void end(Path place) {
    changing--;
    places.add(place);
    forgetIfTooMany();
  }

  private void forgetIfTooMany() {
    if (places.size() > MOST_PLACES) {
      places = new HashSet<>();
      tooMany = true;
    }
  }

  /** Hands over all that was noted; whoever takes it brings it to the disk or gives it back. */
  synchronized Changes take() {
    Changes taken = new Changes(places, tooMany);
    places = new HashSet<>();
    tooMany = false;
    return taken;
  }

  /** Takes back what could not be brought to the disk. */
  synchronized void giveBack(Changes taken) {
    places.addAll(taken.places());
    tooMany |= taken.tooMany();
    forgetIfTooMany();
  }

  /** Removes the mark, unless there are changes again. */
  synchronized void unmark() throws IOException {
    if (marked && changing == 0 && places.isEmpty() && !tooMany) {
      files.deleteIfExists(folder.resolve(name));
      marked = false;
    }
  }

  /** Leaves the mark behind for others, if there is one: the store is being closed. */
  synchronized void leave() throws IOException {
    if (marked) {
      try {
        files.replace(folder.resolve(name), folder.resolve(LEFT + name));
      } catch (NoSuchFileException e) {
        return; // the namespace was destroyed by another user
      } finally {
        marked = false;
      }
    }
  }

  /** Returns whether a mark is that of another store. */
  boolean isOther(String mark) {
    return !mark.equals(name);
  }

  /** Returns whether a mark was left behind by a store that is closed. */
  static boolean isLeft(String mark) {
    return mark.startsWith(LEFT);
  }
}
