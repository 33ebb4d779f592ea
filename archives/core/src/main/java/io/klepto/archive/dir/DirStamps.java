package io.klepto.archive.dir;

import static java.lang.System.Logger.Level.WARNING;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.stamp.StampFile;
import io.klepto.archive.stamp.StampHealing;
import io.klepto.archive.stamp.StampPlace;
import io.klepto.archive.stamp.StampWatch;
import io.klepto.archive.store.Stamps;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;

/**
 * The stamps of a namespace, as one store moves and reads them: {@code stamps} in its folder, see
 * {@link StampFile}.
 *
 * <p>Who changes a record holds the lock of its key, and looks under it whether there are stamps.
 * If so, it also takes the lock of the key's stripe, moves the stamp, makes the change and moves
 * the stamp again: always a key first, then one stripe, so nobody waits in a circle. Who makes the
 * stamps waits, before anybody trusts them, until each key's lock has been free once: after that
 * nobody is making a change who looked before. An archive without stamps pays one look for a name
 * for each change; one with stamps a few µs.
 *
 * <p>A file of stamps that was removed or replaced while it was in use is noticed by its file key:
 * at once by who changes a record, who then makes the stamps of the old file odd for ever; within a
 * tenth of a second by the stores that only read stamps, which do the same and make a new file. In
 * between, a change by a process that never knew the old file may be missed. So whoever wants none
 * missed removes the file while nobody has the archive open.
 *
 * <p>Safe for use by many threads.
 */
final class DirStamps implements StampWatch.Subject, AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(DirStamps.class.getName());
  private static final String NO_KEYS = "a file system without file keys";
  private static final int LONG_DIGITS = 16;

  private final DirLayout layout;
  private final RecordFiles files;
  private final DirErrors errors;
  private final KeyFileLocks locks;
  private final StampPlace place;
  private final boolean onDisk;
  private volatile Found found;
  private volatile Reader reader;

  DirStamps(DirLayout layout, RecordFiles files, DirErrors errors, KeyFileLocks locks) {
    this.layout = layout;
    this.files = files;
    this.errors = errors;
    this.locks = locks;
    this.place = new StampPlace(layout.stamps(), errors.store());
    this.onDisk = layout.stamps().getFileSystem() == FileSystems.getDefault();
  }

  /** A file of stamps and what told it from others of its name. */
  private record Found(StampFile file, Object fileKey) {}

  /** A change of what lies in one place. */
  interface Change {
    void make() throws IOException;
  }

  /**
   * Makes a change and moves its stamp, if there are stamps. Called with the lock of the key held.
   *
   * @param record the place; one that is not that of a record has no stamp
   */
  void moving(Path record, Change change) throws IOException {
    StampFile stamps = inPlace();
    if (stamps == null || !layout.isRecord(record)) {
      change.make();
      return;
    }
    int stripe = stamps.stripeOf(digestIn(layout.keyHexOf(record)));
    KeyFileLocks.Hold hold = locks.hold(layout.stripeLock(stripe));
    try {
      stamps.begin(stripe);
      change.make();
    } finally {
      stamps.end(stripe);
      hold.close();
    }
  }

  private static long digestIn(String keyHex) {
    return HexFormat.fromHexDigitsToLong(keyHex, keyHex.length() - LONG_DIGITS, keyHex.length());
  }

  /**
   * Returns the file that lies in its place now, or null if there is none.
   *
   * @throws ArchiveException if what lies there is no file of stamps of this version, or damaged
   */
  private StampFile inPlace() throws IOException {
    StampFile there = find();
    while (there == null) {
      Object fileKey = fileKey();
      if (fileKey == null) {
        return null;
      }
      there = find(); // it may have been made since the first look
      if (there == null && fileKey.equals(fileKey())) {
        throw new ArchiveException(
            "cannot write %s: expected stamps of version %d in %s, found another file or a damaged one; remove it while nobody uses the archive"
                .formatted(errors.store(), StampFile.VERSION, place.file()));
      }
    }
    return there;
  }

  /** Returns the file that lies in its place now, or null if there is none that can be used. */
  private StampFile find() throws IOException {
    Found known = found;
    Object fileKey = fileKey();
    if (known != null && known.fileKey().equals(fileKey)) {
      return known.file();
    }
    return known == null && fileKey == null ? null : findAnew();
  }

  private synchronized StampFile findAnew() throws IOException {
    while (true) {
      Found known = found;
      Object fileKey = fileKey();
      if (known != null && known.fileKey().equals(fileKey)) {
        return known.file();
      }
      if (known != null) {
        known.file().beginAll(); // for ever: nobody moves its stamps any more
        found = null;
      }
      StampFile there = fileKey == null ? null : place.find();
      if (there == null) {
        return null;
      }
      if (fileKey.equals(fileKey())) {
        found = new Found(there, fileKey);
        return there;
      }
    }
  }

  private Object fileKey() throws IOException {
    if (onDisk && !layout.stamps().toFile().exists()) {
      return null; // cheaper than by an exception
    }
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(
              layout.stamps(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.fileKey() == null ? NO_KEYS : attributes.fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Returns the stamps, made if there are none. */
  Stamps open(long entries) {
    Reader opened = new Reader(openFile(StampPlace.bitsFor(entries)));
    synchronized (this) {
      if (reader == null) {
        reader = opened;
        StampWatch.begin(this);
      }
    }
    return reader;
  }

  private StampFile openFile(int bits) {
    return locks.whileHolding(
        layout.namespaceLock(),
        () -> {
          try {
            if (Files.notExists(layout.header())) {
              throw errors.gone(layout.folder());
            }
            place.requireLocal();
            StampFile there = find();
            if (there == null) {
              String name = DirLayout.tempName(locks.writer(), locks.nextWrite());
              place.make(bits, layout.temp().resolve(name), files::makeFile);
              there = inPlace();
            }
            if (there == null) {
              throw new NoSuchFileException(place.file().toString());
            }
            if (!there.serves()) {
              locks.awaitFree(DirLayout.FIRST_KEY_LOCK, DirLayout.LAST_KEY_LOCK);
              there.serve();
            }
            there.endAll(); // if who was to destroy the namespace died before it did
            return there;
          } catch (UnsupportedOperationException e) {
            throw new ArchiveException(
                "cannot make stamps for %s: expected a file system whose files can be mapped, found %s"
                    .formatted(errors.store(), place.file().getFileSystem()),
                e);
          } catch (IOException e) {
            throw errors.refused("make the stamps", place.file(), e);
          }
        });
  }

  /** Looks after a stamp that may have been left odd, before the record of a key is read. */
  void look(KeyBytes key) {
    Reader open = reader;
    if (open != null) {
      open.healing.look(key);
    }
  }

  @Override
  public void look() {
    Reader open = reader;
    if (open != null) {
      open.requireInPlace();
    }
  }

  /** Makes the stamps odd for ever, as the namespace is about to be destroyed. */
  void retire() throws IOException {
    StampFile there = inPlace();
    if (there != null) {
      there.beginAll();
    }
  }

  /** Takes back {@link #retire}, as the namespace could not be destroyed. */
  void restore() {
    Found known = found;
    if (known != null) {
      known.file().endAll();
    }
  }

  @Override
  public void close() {
    StampWatch.end(this);
    Reader open = reader;
    if (open != null) {
      open.close();
    }
  }

  /** The stamps as they are read. */
  private final class Reader implements Stamps {
    private final StampHealing healing = new StampHealing(this, this::heal);
    private final int bits;
    private volatile StampFile file; // null if nothing can be known
    private boolean closed; // guarded by this
    private boolean warned; // guarded by this

    Reader(StampFile file) {
      this.bits = StampFile.bitsIn(file.id());
      this.file = file;
    }

    @Override
    public int stripeOf(KeyBytes key) {
      byte[] digest = key.sha256();
      return StampFile.stripeOf(ByteBuffer.wrap(digest).getLong(digest.length - Long.BYTES), bits);
    }

    @Override
    public long at(int stripe) {
      StampFile known = file;
      return known == null ? StampFile.UNKNOWN : known.at(stripe);
    }

    /** Makes the stamp of a stripe even that its writer left odd. */
    private void heal(int stripe) {
      StampFile odd = file;
      if (odd == null) {
        return;
      }
      locks
          .holdWithin(layout.stripeLock(stripe), 0)
          .ifPresent(
              hold -> {
                try {
                  odd.end(stripe);
                } finally {
                  hold.close();
                }
              });
    }

    /** Goes over to the file in the place of the stamps if it is another, made if there is none. */
    private synchronized void requireInPlace() {
      StampFile old = file;
      if (closed) {
        return;
      }
      try {
        StampFile there = find();
        if (there == null || there != old || there.areAllOdd()) {
          file = null;
          StampFile fresh = openFile(bits);
          file = StampFile.bitsIn(fresh.id()) == bits ? fresh : null;
        }
      } catch (IOException | RuntimeException e) {
        file = null; // so each read asks the archive
        if (!warned) {
          warned = true;
          LOGGER.log(
              WARNING,
              "cannot look at the stamps %s; nothing is kept in memory".formatted(place.file()),
              e);
        }
      }
    }

    private synchronized void close() {
      closed = true;
      file = null;
    }
  }
}
