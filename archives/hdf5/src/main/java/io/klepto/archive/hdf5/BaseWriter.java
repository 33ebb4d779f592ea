package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a new file of {@link BaseFormatV1}: for each namespace {@link #begin}, its records in the
 * order of their prefixes, {@link #end}; then {@link #finish}. In the heap it keeps 24 bytes a
 * record, and the names of one group. Used by one thread.
 */
final class BaseWriter {
  private static final int PREFIX_SHIFT = Long.SIZE - Byte.SIZE;

  /** What a record takes until its group is written: its name here, in a message, and in bytes. */
  private static final long LINK_BYTES = 500;

  private static final long MAX_TAIL_BYTES = Integer.MAX_VALUE - 8;

  private final PatientChannel channel;
  private final HdfWriter writer;
  private final HdfErrors errors;
  private final HeapBudget budget;
  private final Map<String, Long> namespaceGroups = new TreeMap<>();
  private final List<BaseFormatV1.Listed> written = new ArrayList<>();
  private final List<Directory> directories = new ArrayList<>();

  private Directory directory;
  private Map<String, Long> fanOut;
  private Map<String, Long> group;
  private int groupNumber;

  BaseWriter(PatientChannel channel, ValueLayout layout, HdfErrors errors, HeapBudget budget) {
    this.channel = channel;
    this.writer = new HdfWriter(channel, layout);
    this.errors = errors;
    this.budget = budget;
  }

  /** Begins a namespace. */
  void begin() {
    directory = Directory.empty();
    fanOut = new TreeMap<>();
    group = new TreeMap<>();
    groupNumber = 0;
  }

  /** Writes a record. */
  void put(StoreRecord record) throws IOException {
    KeyBytes key = record.key();
    long prefix = Directory.prefixOf(key);
    int number = (int) (prefix >>> PREFIX_SHIFT);
    if (number != groupNumber) {
      endGroup();
      groupNumber = number;
    }
    budget.keep(BaseFormatV1.ROW_BYTES);
    budget.requireRoomFor(group.size() * LINK_BYTES);
    String name = key.sha256Hex();
    HdfWriter.Placed placed = writer.put(name, record);
    if (placed.regionBytes() > EnvelopeV1.MAX_BYTES) {
      throw new ArchiveException(
          "cannot write %s of %s as HDF5: expected at most %d bytes with its entry, found %d; split the value"
              .formatted(key, errors.store(), EnvelopeV1.MAX_BYTES, placed.regionBytes()));
    }
    group.put(name, placed.headerAt());
    directory.add(prefix, placed.regionAt(), placed.regionBytes());
  }

  private void endGroup() throws IOException {
    if (!group.isEmpty()) {
      fanOut.put(HexFormat.of().toHexDigits((byte) groupNumber), writer.putGroup(group, Map.of()));
      group.clear();
    }
  }

  /** Ends the namespace. */
  void end(String namespace, Map<String, String> identity) throws IOException {
    endGroup();
    namespaceGroups.put(
        HdfLayout.groupName(namespace),
        writer.putGroup(fanOut, NamespaceGroup.attributes(namespace, identity, directory.rows())));
    written.add(new BaseFormatV1.Listed(namespace, identity, 0, directory.rows()));
    directories.add(directory);
  }

  /**
   * Writes the rest, reads all of it back, and brings the file to the disk.
   *
   * @throws ArchiveException if a record is not read back as it was written
   */
  void finish(Path file) throws IOException {
    long hdfBytes =
        writer.finish(namespaceGroups, Map.of(BaseFormatV1.NAME_ATTRIBUTE, BaseFormatV1.NAME));
    List<BaseFormatV1.Listed> placed = new ArrayList<>();
    long next = hdfBytes;
    for (BaseFormatV1.Listed listed : written) {
      placed.add(new BaseFormatV1.Listed(listed.name(), listed.identity(), next, listed.rows()));
      next += (long) listed.rows() * BaseFormatV1.ROW_BYTES;
    }
    byte[] catalog = BaseFormatV1.catalog(placed);
    long tailBytes = next - hdfBytes + catalog.length;
    if (tailBytes > MAX_TAIL_BYTES) {
      throw new ArchiveException(
          "cannot compact %s: expected directories of at most %d bytes, found %d; use several archives"
              .formatted(errors.store(), MAX_TAIL_BYTES, tailBytes));
    }
    budget.requireRoomFor(tailBytes);
    channel.flush();
    int structureCrc = readBack(file, hdfBytes);
    channel.position(hdfBytes);
    for (Directory each : directories) {
      ByteBuffer rows = ByteBuffer.allocate(each.rows() * BaseFormatV1.ROW_BYTES);
      each.encode(rows);
      channel.write(rows.flip());
    }
    channel.write(ByteBuffer.wrap(catalog));
    int tailCrc = channel.sequenceCrc();
    channel.write(
        new BaseFormatV1.Footer(
                new SecureRandom().nextLong(),
                hdfBytes,
                next,
                hdfBytes + tailBytes + BaseFormatV1.FOOTER_BYTES,
                structureCrc,
                tailCrc)
            .encode());
    channel.force(true);
  }

  private int readBack(Path file, long hdfBytes) throws IOException {
    try (PatientReader reader = PatientReader.open(file)) {
      for (Directory each : directories) {
        for (int row = 0; row < each.rows(); row++) {
          byte[] region = reader.read(each.start(row), (int) each.length(row));
          StoreRecord record = RecordRegion.decode(region, null, errors.store(), file);
          if (Directory.prefixOf(record.key()) != each.prefix(row)) {
            throw new ArchiveException(
                "cannot compact %s: expected to read back the record of another key than %s"
                    .formatted(errors.store(), record.key()));
          }
        }
      }
      return (int) StructureCrc.of(reader, hdfBytes, directories);
    }
  }
}
