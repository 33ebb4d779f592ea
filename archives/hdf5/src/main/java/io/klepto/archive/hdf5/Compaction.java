package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The writing of a fresh file: all namespaces of the old one, ours with what the journal was told.
 *
 * <p>Steps: write a temporary file, read it back, force it, put it in the place of the old one,
 * force the folder, and only then take from the journal what went in, unless it was told something
 * newer meanwhile. A crash anywhere leaves the old file and the journal, or the new file and a
 * journal that says the same.
 *
 * <p>Called with {@link HdfLayout#COMPACTION_LOCK} held; readers and writers go on meanwhile.
 */
final class Compaction {
  /** jhdf, the codec and we hold the bytes of a record so often at most. */
  private static final int COPIES = 6;

  /** What a key in the journal takes, beside its bytes. */
  private static final int KEY_OVERHEAD_BYTES = 200;

  private final HdfContext context;
  private final HeapBudget budget;
  private final Map<KeyBytes, Long> merged = new HashMap<>();
  private final List<Path> setAside = new ArrayList<>();

  Compaction(HdfContext context) {
    this.context = context;
    this.budget = context.heapBudget();
  }

  /** What becomes of our namespace. */
  enum Ours {
    /** Merged with the journal; a damaged record makes the compaction fail. */
    MERGED,
    /**
     * Merged with the journal; damaged records are set aside, and so are those that were replaced
     * or removed by what is damaged in the journal: they must not come back when it is repaired.
     */
    REPAIRED,
    /** Left out. */
    DROPPED
  }

  /**
   * Puts a fresh file into the place of the old one.
   *
   * @return where damaged records were set aside
   * @throws ArchiveException if it takes too much heap, the disk refuses, or a record is damaged;
   *     file and journal are as they were
   */
  List<Path> run(Ours ours) {
    Path file = context.layout().file();
    Replacement replacement = new Replacement(context, budget);
    try {
      replacement.removeLeftovers();
      BaseFile.View view = context.base().use((seen, source) -> seen);
      boolean nothingLeft =
          ours == Ours.DROPPED
              && view.namespaces().stream()
                  .allMatch(listed -> listed.name().equals(context.namespace()));
      if (nothingLeft) {
        context.disk().deleteIfExists(file);
        context.disk().forceFolder(context.layout().folder());
      } else {
        replacement.fill(writer -> writeAll(writer, view, ours));
      }
      return setAside;
    } catch (IOException e) {
      throw context.errors().refused("compact", file, e);
    }
  }

  private void writeAll(BaseWriter writer, BaseFile.View view, Ours ours) throws IOException {
    if (view.footer() == null) {
      writeAll(writer, view, null, ours);
    } else {
      try (PatientReader old = PatientReader.open(context.layout().file())) {
        writeAll(writer, view, old, ours);
      }
    }
  }

  private void writeAll(BaseWriter writer, BaseFile.View view, PatientReader old, Ours ours)
      throws IOException {
    boolean oursIsListed = false;
    ByteBuffer directories = directoriesOf(view, old);
    for (BaseFormatV1.Listed listed : view.namespaces()) {
      boolean isOurs = listed.name().equals(context.namespace());
      oursIsListed |= isOurs;
      if (isOurs && ours == Ours.DROPPED) {
        continue;
      }
      budget.keep((long) listed.rows() * BaseFormatV1.ROW_BYTES);
      Directory directory = context.base().directoryOf(view.footer(), listed, directories);
      writer.begin();
      if (isOurs) {
        merge(writer, directory, old, ours);
      } else {
        copy(writer, directory, old);
      }
      writer.end(listed.name(), listed.identity());
    }
    if (!oursIsListed && ours != Ours.DROPPED) {
      writer.begin();
      merge(writer, Directory.empty(), old, ours);
      writer.end(context.namespace(), context.identity());
    }
  }

  private ByteBuffer directoriesOf(BaseFile.View view, PatientReader old) throws IOException {
    if (view.footer() == null) {
      return ByteBuffer.allocate(0);
    }
    budget.keep(view.footer().totalBytes() - view.footer().hdfBytes());
    return context.base().tailOf(view, old);
  }

  private void copy(BaseWriter writer, Directory directory, PatientReader old) throws IOException {
    for (int row = 0; row < directory.rows(); row++) {
      writer.put(findIn(directory, row, old).whole());
    }
  }

  private BaseFile.Found findIn(Directory directory, int row, PatientReader old)
      throws IOException {
    budget.requireRoomFor(COPIES * directory.length(row));
    return context.base().find(directory, row, old);
  }

  /** Walks over rows and keys, both in the order of their prefixes. */
  private void merge(BaseWriter writer, Directory directory, PatientReader old, Ours ours)
      throws IOException {
    List<ToldKey> keys = toldKeys();
    int row = 0;
    int next = 0;
    while (row < directory.rows() || next < keys.size()) {
      boolean fromRow =
          next == keys.size()
              || (row < directory.rows()
                  && Long.compareUnsigned(directory.prefix(row), keys.get(next).prefix()) <= 0);
      long prefix = fromRow ? directory.prefix(row) : keys.get(next).prefix();
      boolean told = next < keys.size() && keys.get(next).prefix() == prefix;
      Map<KeyBytes, StoreRecord> here = new LinkedHashMap<>();
      while (row < directory.rows() && directory.prefix(row) == prefix) {
        BaseFile.Found found = findIn(directory, row, old);
        if (found.damage() == null && !isOvertaken(found.record().key(), ours)) {
          here.put(found.record().key(), found.record());
        } else if (found.damage() == null) {
          setAside(prefix, context.base().region(directory, row, old));
        } else if (!told) {
          requireRepair(found, ours);
          setAside(prefix, found.region());
        }
        row++;
      }
      while (next < keys.size() && keys.get(next).prefix() == prefix) {
        takeIn(keys.get(next).key(), here);
        next++;
      }
      for (StoreRecord record : here.values()) {
        writer.put(record);
      }
    }
  }

  /**
   * A key of which the journal was told.
   *
   * @param prefix see {@link Directory#prefixOf}
   */
  private record ToldKey(long prefix, KeyBytes key) {}

  private List<ToldKey> toldKeys() {
    budget.requireRoomFor(context.journal().store().size() * KEY_OVERHEAD_BYTES);
    List<ToldKey> keys = new ArrayList<>();
    for (KeyBytes key : context.journal().keys(new ArrayList<>())) {
      budget.keep((long) key.length() + KEY_OVERHEAD_BYTES);
      keys.add(new ToldKey(Directory.prefixOf(key), key));
    }
    keys.sort((a, b) -> Long.compareUnsigned(a.prefix(), b.prefix()));
    return keys;
  }

  private static void requireRepair(BaseFile.Found damaged, Ours ours) {
    if (ours != Ours.REPAIRED) {
      throw damaged.damage();
    }
  }

  private void setAside(long prefix, byte[] region) {
    setAside.add(context.setAside().record("%016x".formatted(prefix), region));
  }

  /** Returns whether a record is older than one that the journal can't read any more. */
  private boolean isOvertaken(KeyBytes key, Ours ours) {
    return ours == Ours.REPAIRED && context.journal().isDamaged(key);
  }

  private void takeIn(KeyBytes key, Map<KeyBytes, StoreRecord> here) {
    Journal.Told told;
    try {
      told = context.journal().get(key);
    } catch (DamagedRecordException e) {
      return; // stays in the journal, where whoever reads the key is told
    }
    if (told == null) {
      return;
    }
    if (told.record() == null) {
      here.remove(key);
    } else {
      budget.requireRoomFor((long) COPIES * told.record().content().payload().length);
      here.put(key, told.record());
    }
    merged.put(key, told.journalVersion());
  }

  /** Takes from the journal what is in the file now, unless it was told something newer. */
  void clearJournal() {
    for (List<KeyBytes> batch : KeyLocking.batchesOf(merged.keySet())) {
      context
          .locking()
          .whileHolding(
              batch,
              () -> {
                List<KeyBytes> unchanged = batch.stream().filter(this::isMerged).toList();
                return context.journal().store().removeAll(unchanged).orThrow();
              });
    }
    context.journal().store().compact();
  }

  /** Returns whether what the journal was told of a key last is in the file. */
  private boolean isMerged(KeyBytes key) {
    try {
      Journal.Told last = context.journal().get(key);
      return last != null && last.journalVersion() == merged.get(key);
    } catch (DamagedRecordException e) {
      return false; // it stays, and hides what is in the file
    }
  }
}
