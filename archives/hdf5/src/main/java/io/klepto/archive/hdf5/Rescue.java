package io.klepto.archive.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.lock.Uninterrupted;
import io.klepto.archive.store.StoreRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The reading of a file whose closing part is lost, as HDF5: by groups, datasets and attributes, as
 * other programs do. So an archive outlives a program that opened it for writing, or copied its
 * datasets into another file.
 *
 * <p>What is rescued is written into a fresh file, each record verified by the checksum among its
 * attributes; what is not is named. Called with {@link HdfLayout#COMPACTION_LOCK} held.
 */
final class Rescue {
  private final HdfContext context;
  private final List<String> lost = new ArrayList<>();

  Rescue(HdfContext context) {
    this.context = context;
  }

  /**
   * Refuses a file that we have not written, or of which not even that can be told.
   *
   * @param damage what is wrong with its closing part
   */
  static void requireOurs(Path file, DamagedRecordException damage) {
    try {
      Attribute format = read(file, hdf -> hdf.getAttribute(BaseFormatV1.NAME_ATTRIBUTE));
      if (format != null) {
        return;
      }
    } catch (IOException | RuntimeException e) {
      damage.addSuppressed(e);
    }
    throw new ArchiveException(
        "cannot open %s: expected an archive, found a file that is not, or whose HDF5 can't be read; it was left as it is: restore it, or choose another name (%s)"
            .formatted(file, damage.getMessage()),
        damage);
  }

  /** What is done with a file. */
  private interface Reading<T> {
    T from(HdfFile hdf) throws IOException;
  }

  /** Reads a file through jhdf, anew if an interrupt strikes. */
  private static <T> T read(Path file, Reading<T> reading) throws IOException {
    return Uninterrupted.call(
        () -> {
          try (HdfFile hdf = new HdfFile(file)) {
            return reading.from(hdf);
          } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
              if (cause instanceof ClosedByInterruptException interrupt) {
                throw interrupt;
              }
            }
            throw e;
          }
        });
  }

  /**
   * Writes a fresh file of what can be read.
   *
   * @return what was not
   */
  List<String> run() {
    Path file = context.layout().file();
    try {
      Replacement replacement = new Replacement(context, context.heapBudget());
      replacement.removeLeftovers();
      read(
          file,
          hdf -> {
            lost.clear();
            replacement.fill(writer -> copyAll(hdf, writer));
            return null;
          });
      return lost;
    } catch (IOException e) {
      throw context.errors().refused("rescue", file, e);
    }
  }

  private void copyAll(HdfFile hdf, BaseWriter writer) throws IOException {
    for (Node child : sorted(hdf)) {
      BaseFormatV1.Listed listed;
      try {
        byte[] bytes = (byte[]) child.getAttribute(NamespaceGroup.BYTES).getData();
        listed =
            BaseFormatV1.catalog(
                    ByteBuffer.wrap(bytes), context.errors().store(), hdf.getFileAsPath())
                .get(0);
      } catch (RuntimeException e) {
        lose(child, "a namespace", e);
        continue;
      }
      writer.begin();
      long records = copyNamespace((Group) child, writer);
      writer.end(listed.name(), listed.identity());
      requireCount(child, records);
    }
  }

  private void requireCount(Node group, long found) {
    Attribute records = group.getAttribute(NamespaceGroup.RECORDS);
    long expected = records == null ? 0 : ((Number) records.getData()).longValue();
    if (expected != found) {
      lost.add(
          "lost in %s, %s: expected %d records, found %d"
              .formatted(context.errors().store(), group.getPath(), expected, found));
    }
  }

  private long copyNamespace(Group namespace, BaseWriter writer) throws IOException {
    long records = 0;
    for (Node group : sorted(namespace)) {
      for (Node dataset : sorted(group)) {
        StoreRecord record;
        try {
          record = RecordDataset.read((Dataset) dataset);
          if (!record.key().sha256Hex().equals(dataset.getName())) {
            throw new IllegalArgumentException("the record of " + record.key());
          }
        } catch (RuntimeException e) {
          lose(dataset, "a record", e);
          continue;
        }
        writer.put(record);
        records++;
      }
    }
    return records;
  }

  /** Returns the members of a group in the order of their names; none if they can't be read. */
  private Iterable<Node> sorted(Node group) {
    try {
      return new TreeMap<>(((Group) group).getChildren()).values();
    } catch (RuntimeException e) {
      lose(group, "a group", e);
      return List.of();
    }
  }

  private void lose(Node node, String expected, RuntimeException e) {
    lost.add(
        "lost in %s, %s: expected %s, found %s"
            .formatted(context.errors().store(), node.getPath(), expected, e));
  }
}
