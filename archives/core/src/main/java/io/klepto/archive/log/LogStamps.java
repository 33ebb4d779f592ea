package io.klepto.archive.log;

import static java.lang.System.Logger.Level.WARNING;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.stamp.StampFile;
import io.klepto.archive.stamp.StampPlace;
import io.klepto.archive.store.Stamps;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * The stamps of an archive, as one engine moves and reads them: {@code <archive>.stamps}, see
 * {@link StampFile}.
 *
 * <p>The head of the archive says by the id of the file whether there are stamps, and which. It is
 * written and, before each change, read with the lock of the archive held. So from the moment the
 * stamps are made everybody moves them, whether or not it reads them. An archive without stamps
 * pays the look at one word of mapped memory for each change.
 *
 * <p>A file of stamps that was removed, or replaced by another, is made anew, with as many stripes,
 * by the first who has to move a stamp and does not have it mapped, and the head then says its id.
 * Readers look at the head each time, so there is no moment at which they trust a file that is not
 * moved any more. Where the head is not mapped, as on Windows, they need not: a file that is mapped
 * can't be removed there.
 *
 * <p>All namespaces share the stamps; a clear of one moves those of all.
 *
 * <p>Stamps are moved by the holder of the archive's lock. Reading is safe for many threads.
 */
final class LogStamps {
  private static final System.Logger LOGGER = System.getLogger(LogStamps.class.getName());
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final LogEngine engine;
  private final StampPlace place;
  private volatile StampFile file;
  private volatile boolean warned;

  LogStamps(LogEngine engine) {
    this.engine = engine;
    this.place =
        new StampPlace(Folders.beside(engine.path(), ".stamps"), engine.errors().subject());
  }

  /** Returns the stamps for a namespace, made if there are none. */
  Stamps open(int namespace, long entries) throws IOException {
    place.requireLocal();
    return engine.whileHoldingLock(
        () -> {
          HeadV1 head = engine.currentWithLock().head();
          StampFile there = toMove(head);
          if (there == null) {
            there = make(head, StampPlace.bitsFor(entries));
          }
          return new NamespaceStamps(namespace, there);
        });
  }

  /** Returns the stamps that a change has to move, or null if there are none. */
  private StampFile toMove(HeadV1 head) throws IOException {
    long id = head.stamps();
    if (id == 0) {
      return null;
    }
    StampFile there = known(id);
    return there == null ? make(head, StampFile.bitsIn(id)) : there;
  }

  /** Returns the file of that id, or null if it is not in its place. */
  private StampFile known(long id) throws IOException {
    StampFile known = file;
    if (known == null || known.id() != id) {
      known = place.find();
      if (known == null || known.id() != id) {
        return null;
      }
      file = known;
    }
    return known;
  }

  private StampFile make(HeadV1 head, int bits) throws IOException {
    try {
      StampFile made = place.make(bits, engine.newFile(), Files::createFile);
      head.setStamps(made.id());
      file = made;
      return made;
    } catch (UnsupportedOperationException e) {
      throw new ArchiveException(
          "cannot make stamps for %s: expected a file system whose files can be mapped, found %s"
              .formatted(engine.errors().subject(), place.file().getFileSystem()),
          e);
    }
  }

  /** Makes even what a process left odd that died. Called with the lock held before a change. */
  void heal(HeadV1 head) throws IOException {
    long id = head.stamps();
    StampFile there = id == 0 ? null : known(id);
    if (there != null) {
      there.heal(); // otherwise the change itself makes the file anew
    }
  }

  /** Makes it known that any record may have changed. Called with the lock held. */
  void moveAll(HeadV1 head) throws IOException {
    StampFile there = toMove(head);
    if (there != null) {
      there.setSeveralUnderWay();
      there.beginAll();
      there.endAll();
      there.setNothingUnderWay();
    }
  }

  /**
   * Makes the stamps odd that records move, before anybody sees them.
   *
   * @return the stamps to be made even by {@link #end}, or null if there are none
   */
  StampFile begin(HeadV1 head, List<LogEntry> entries) throws IOException {
    StampFile there = toMove(head);
    if (there == null) {
      return null;
    }
    if (entries.size() == 1 && isOfKey(entries.get(0))) {
      int stripe = stripeOf(there, entries.get(0));
      there.setUnderWay(stripe);
      there.begin(stripe);
      return there;
    }
    there.setSeveralUnderWay();
    for (LogEntry entry : entries) {
      if (isOfKey(entry)) {
        there.begin(stripeOf(there, entry));
      } else if (isOfAll(entry)) {
        there.beginAll();
      }
    }
    return there;
  }

  /** Makes the stamps even that records have moved. */
  static void end(StampFile there, List<LogEntry> entries) {
    for (LogEntry entry : entries) {
      if (isOfKey(entry)) {
        there.end(stripeOf(there, entry));
      } else if (isOfAll(entry)) {
        there.endAll();
      }
    }
    there.setNothingUnderWay();
  }

  private static boolean isOfKey(LogEntry entry) {
    return switch (entry.type()) {
      case PUT, REMOVE, TOUCH, DAMAGED -> true;
      case CLEAR, DESTROY, NAMESPACE, FOOTER, SETTLED, LOST -> false;
    };
  }

  private static boolean isOfAll(LogEntry entry) {
    return switch (entry.type()) {
      case CLEAR, DESTROY, SETTLED, LOST -> true;
      case PUT, REMOVE, TOUCH, DAMAGED, NAMESPACE, FOOTER -> false;
    };
  }

  private static int stripeOf(StampFile there, LogEntry entry) {
    return stripeOf(there, entry.namespace(), entry.hash());
  }

  private static int stripeOf(StampFile there, int namespace, KeyHash hash) {
    return there.stripeOf(hash.low() ^ namespace * GOLDEN);
  }

  /** The stamps of one namespace, as its readers see them. */
  private final class NamespaceStamps implements Stamps {
    private final int namespace;
    private volatile StampFile file;

    NamespaceStamps(int namespace, StampFile file) {
      this.namespace = namespace;
      this.file = file;
    }

    @Override
    public int stripeOf(KeyBytes key) {
      return LogStamps.stripeOf(file, namespace, KeyHash.of(key));
    }

    @Override
    public long at(int stripe) {
      StampFile known = file;
      return isMoved(known) ? known.at(stripe) : atAnother(stripe);
    }

    /** Returns whether the file is the one that is moved by those who change the archive now. */
    private boolean isMoved(StampFile known) {
      LogFile log = engine.current();
      try {
        return !log.isMapped() || log.head().stamps() == known.id();
      } catch (IOException e) {
        return false;
      }
    }

    /** Returns the stamp in the file that the archive speaks of now. */
    private long atAnother(int stripe) {
      try {
        long word = engine.read(log -> log.head().stamps());
        long id = word < 0 ? ~word : word; // a compaction may be about to replace the archive
        if (StampFile.bitsIn(id) != StampFile.bitsIn(file.id())) {
          return StampFile.UNKNOWN;
        }
        StampFile there = known(id);
        if (there == null) {
          return StampFile.UNKNOWN; // until somebody changes the archive and makes the file anew
        }
        file = there;
        return there.at(stripe);
      } catch (IOException | ArchiveException e) {
        if (!warned) {
          warned = true;
          LOGGER.log(
              WARNING,
              "cannot read the stamps %s; nothing is kept in memory until they can be read"
                  .formatted(place.file()),
              e);
        }
        return StampFile.UNKNOWN;
      }
    }
  }
}
