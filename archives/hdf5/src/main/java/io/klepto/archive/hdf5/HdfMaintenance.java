package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.VerifyReport;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is done with a whole namespace: count, compact, verify, destroy.
 *
 * <p>Compaction, verification and destruction exclude each other among all users of the archive;
 * reading and writing go on meanwhile. Safe for use by many threads.
 */
final class HdfMaintenance {
  private static final int MOST_COUNTS = 4;

  private final HdfContext context;

  HdfMaintenance(HdfContext context) {
    this.context = context;
  }

  /** Counts records; again if a compaction came in between. */
  long size() {
    long size = 0;
    for (int count = 1; count <= MOST_COUNTS; count++) {
      BaseFile.View before = context.base().use((view, source) -> view);
      size = before.directory().rows() + countTold();
      BaseFile.View after = context.base().use((view, source) -> view);
      if (Objects.equals(before.footer(), after.footer())) {
        break;
      }
    }
    return size;
  }

  /** Returns how many records the journal adds to those of the file, or takes away. */
  private long countTold() {
    List<DamagedRecordException> damages = new ArrayList<>();
    List<KeyBytes> toldKeys = new ArrayList<>();
    long more = 0;
    for (KeyBytes key : context.journal().keys(damages)) {
      Journal.Told told = context.journal().get(key);
      if (told != null) {
        toldKeys.add(key);
        more += told.record() == null ? 0 : 1;
      }
    }
    long inFile =
        context.base().findAll(toldKeys, found -> found.isThere() ? true : null).orThrow().size();
    return more + damages.size() - inFile;
  }

  /**
   * Brings what the journal was told into the file.
   *
   * @throws ArchiveException if that takes too much heap, a record of the file is damaged, or the
   *     disk refuses; file and journal are as they were
   */
  void compact() {
    exclusively(
        () -> {
          if (context.journal().store().size() > 0) {
            Compaction compaction = new Compaction(context);
            compaction.run(Compaction.Ours.MERGED);
            compaction.clearJournal();
          } else {
            removeLeftovers();
          }
          return null;
        });
  }

  private void removeLeftovers() {
    try {
      new Replacement(context, context.heapBudget()).removeLeftovers();
    } catch (IOException e) {
      throw context.errors().refused("remove what is left beside", context.layout().file(), e);
    }
  }

  /** Compacts if the journal was told anything. */
  void compactIfTold() {
    if (context.journal().store().size() > 0) {
      compact();
    }
  }

  private <T> T exclusively(Supplier<T> action) {
    return context.locks().whileHolding(HdfLayout.COMPACTION_LOCK, action);
  }

  /**
   * Reads everything.
   *
   * <p>A damaged record of the journal goes on hiding what it has replaced in the file until that
   * has been set aside; only then the journal is repaired. Where the journal has lost which keys it
   * was told, as {@code file:} does, repair goes on with what is left.
   *
   * @param repair whether damaged records are set aside, and the file is written anew without them
   */
  VerifyReport verify(boolean repair) {
    return exclusively(
        () -> {
          Journal journal = context.journal();
          boolean settled = repair && journal.isInDoubt();
          VerifyReport log = journal.store().verify(settled);
          boolean overtakes = !settled && !log.isSound();
          List<String> damages = new ArrayList<>(log.damages());
          List<String> setAside = new ArrayList<>(log.setAside());
          Told told = told(overtakes);
          long records = told.records();
          try {
            records += verifyFile(told, damages, repair ? setAside : null);
          } catch (DamagedRecordException e) {
            damages.add(e.getMessage());
            if (repair) {
              setAside.add(context.setAside().file().toString());
              damages.addAll(new Rescue(context).run());
              journal.moveAllStamps();
              records += verifyFile(told, new ArrayList<>(), overtakes ? setAside : null);
            }
          }
          if (repair && overtakes) {
            setAside.addAll(journal.store().verify(true).setAside());
          }
          return new VerifyReport(records, damages, setAside);
        });
  }

  /**
   * What the journal was told, for the reading of the file.
   *
   * @param keys the keys of which it can be read
   * @param records how many of them have records
   * @param overtakes whether the journal may hide records of the file by what can't be read
   */
  private record Told(Set<KeyBytes> keys, long records, boolean overtakes) {}

  private Told told(boolean overtakes) {
    Set<KeyBytes> keys = new HashSet<>();
    long records = 0;
    for (KeyBytes key : context.journal().keys(new ArrayList<>())) {
      Journal.Told last = context.journal().get(key);
      if (last != null) {
        keys.add(key);
        records += last.record() == null ? 0 : 1;
      }
    }
    return new Told(keys, records, overtakes);
  }

  /**
   * Reads the rows of the file that the journal does not hide.
   *
   * @param setAside takes where damage was set aside; null if it is left
   * @return how many of them are whole
   * @throws DamagedRecordException if the file as a whole is damaged
   */
  private long verifyFile(Told told, List<String> damages, List<String> setAside) {
    BaseFile.View view = context.base().use((seen, source) -> seen);
    if (view.footer() == null) {
      return 0;
    }
    Set<Long> toldPrefixes = new HashSet<>();
    told.keys().forEach(key -> toldPrefixes.add(Directory.prefixOf(key)));
    int before = damages.size();
    long whole = 0;
    try (PatientReader reader = PatientReader.open(context.layout().file())) {
      Directory directory = view.directory();
      for (int row = 0; row < directory.rows(); row++) {
        BaseFile.Found found = context.base().find(directory, row, reader);
        if (found.record() != null) {
          whole += isHidden(found.record().key(), told) ? 0 : 1;
        } else if (!toldPrefixes.contains(directory.prefix(row))) {
          damages.add(found.damage().getMessage());
        }
      }
      boolean soundStructure = verifyStructure(view, reader, damages);
      if (setAside != null && !soundStructure) {
        setAside.add(context.setAside().file().toString());
      }
    } catch (IOException e) {
      throw context.errors().refused("verify", context.layout().file(), e);
    }
    if (setAside != null && (damages.size() > before || told.overtakes())) {
      repairFile(setAside);
    }
    return whole;
  }

  private boolean isHidden(KeyBytes key, Told told) {
    return told.keys().contains(key) || (told.overtakes() && context.journal().isDamaged(key));
  }

  private void repairFile(List<String> setAside) {
    Compaction repair = new Compaction(context);
    repair.run(Compaction.Ours.REPAIRED).forEach(place -> setAside.add(place.toString()));
    repair.clearJournal();
    context.journal().moveAllStamps();
  }

  private boolean verifyStructure(BaseFile.View view, PatientReader reader, List<String> damages)
      throws IOException {
    List<Directory> all = new ArrayList<>();
    ByteBuffer directories = context.base().tailOf(view, reader);
    for (BaseFormatV1.Listed listed : view.namespaces()) {
      all.add(context.base().directoryOf(view.footer(), listed, directories));
    }
    long crc = StructureCrc.of(reader, view.footer().hdfBytes(), all);
    long expected = Integer.toUnsignedLong(view.footer().structureCrc());
    if (crc != expected) {
      damages.add(
          "damaged file %s of %s: expected CRC32C %08x of its HDF5 structure, found %08x; its records can be read here, perhaps not by other programs; verify with repair writes it anew"
              .formatted(context.layout().file(), context.errors().store(), expected, crc));
    }
    return crc == expected;
  }

  /**
   * Removes the namespace: from the file at one moment, then its journal and what was set aside.
   */
  void destroy() {
    exclusively(
        () -> {
          BaseFile.View view = context.base().use((seen, source) -> seen);
          if (view.listed(context.namespace()).isPresent()) {
            new Compaction(context).run(Compaction.Ours.DROPPED);
          }
          context.journal().store().destroy();
          return null;
        });
    removeSetAside(context.layout().damagedHere());
  }

  private void removeSetAside(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (NoSuchFileException e) {
      return; // nothing was ever damaged
    } catch (IOException e) {
      throw context.errors().refused("remove what was set aside in", folder, e);
    }
  }
}
