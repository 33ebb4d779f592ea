package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.VerifyReport;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
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
    List<KeyBytes> keys = context.journal().keys(damages);
    long more = damages.size();
    for (KeyBytes key : keys) {
      Journal.Told told = context.journal().get(key);
      if (told != null) {
        BaseFile.Found found = context.base().find(key);
        boolean inFile = found.record() != null || found.damage() != null;
        more += (told.record() == null ? 0 : 1) - (inFile ? 1 : 0);
      }
    }
    return more;
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
   * @param repair whether damaged records of the file are set aside, and the file is written anew
   *     without them
   */
  VerifyReport verify(boolean repair) {
    return exclusively(
        () -> {
          VerifyReport log = context.journal().store().verify(repair);
          List<String> damages = new ArrayList<>(log.damages());
          List<String> setAside = new ArrayList<>(log.setAside());
          Set<KeyBytes> told = new HashSet<>();
          long records = countToldRecords(told);
          try {
            records += verifyFile(told, damages, repair ? setAside : null);
          } catch (DamagedRecordException e) {
            damages.add(e.getMessage());
            if (repair) {
              setAside.add(context.setAside().file().toString());
              damages.addAll(new Rescue(context).run());
              records += countRows(told);
            }
          }
          return new VerifyReport(records, damages, setAside);
        });
  }

  private long countToldRecords(Set<KeyBytes> told) {
    long records = 0;
    for (KeyBytes key : context.journal().keys(new ArrayList<>())) {
      Journal.Told last = context.journal().get(key);
      if (last != null) {
        told.add(key);
        records += last.record() == null ? 0 : 1;
      }
    }
    return records;
  }

  private long countRows(Set<KeyBytes> told) {
    return verifyFile(told, new ArrayList<>(), null);
  }

  /**
   * Reads the rows of the file that the journal does not hide.
   *
   * @param setAside takes where damage was set aside; null if it is left
   * @return how many of them are whole
   * @throws DamagedRecordException if the file as a whole is damaged
   */
  private long verifyFile(Set<KeyBytes> told, List<String> damages, List<String> setAside) {
    BaseFile.View view = context.base().use((seen, source) -> seen);
    if (view.footer() == null) {
      return 0;
    }
    Set<Long> toldPrefixes = new HashSet<>();
    told.forEach(key -> toldPrefixes.add(Directory.prefixOf(key)));
    int before = damages.size();
    long whole = 0;
    try (PatientReader reader = PatientReader.open(context.layout().file())) {
      Directory directory = view.directory();
      for (int row = 0; row < directory.rows(); row++) {
        BaseFile.Found found = context.base().find(directory, row, reader);
        if (found.record() != null) {
          whole += told.contains(found.record().key()) ? 0 : 1;
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
    if (setAside != null && damages.size() > before) {
      Compaction repair = new Compaction(context);
      repair.run(Compaction.Ours.REPAIRED).forEach(place -> setAside.add(place.toString()));
      repair.clearJournal();
    }
    return whole;
  }

  private boolean verifyStructure(BaseFile.View view, PatientReader reader, List<String> damages)
      throws IOException {
    List<Directory> all = new ArrayList<>();
    for (BaseFormatV1.Listed listed : view.namespaces()) {
      all.add(context.base().directoryOf(view, listed, reader));
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
