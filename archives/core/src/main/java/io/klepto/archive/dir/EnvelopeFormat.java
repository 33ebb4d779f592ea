package io.klepto.archive.dir;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.compress.Compression;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.EnvelopeCheck;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.MappedRecord;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.SettingsReader;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;

/**
 * A record as one {@link EnvelopeV1} and nothing else, its payload packed where {@link Compression}
 * is asked for and of use.
 *
 * <p>Immutable; any thread may call.
 */
final class EnvelopeFormat implements RecordFileFormat {
  private static final String MAP_FROM_BYTES = "map-from-bytes";

  private final RecordFiles files;
  private final Compression compression;
  private final long mapFromBytes;

  /**
   * Creates the format over files.
   *
   * @param settings {@code compression} and {@code map-from-bytes} are taken out
   */
  EnvelopeFormat(SettingsReader settings, RecordFiles files) {
    this.files = files;
    this.compression = Compression.of(settings);
    this.mapFromBytes =
        settings.wholeNumber(MAP_FROM_BYTES, Long.MAX_VALUE, 0, EnvelopeV1.MAX_BYTES);
  }

  @Override
  public String name() {
    return NamespaceHeader.ENVELOPE;
  }

  @Override
  public String suffix() {
    return "";
  }

  @Override
  public Set<Capability> capabilities() {
    return mapFromBytes == Long.MAX_VALUE ? Set.of() : Set.of(Capability.MAPPED_VALUES);
  }

  @Override
  public void write(Path newFile, StoreRecord record) throws IOException {
    Optional<byte[]> packed = compression.pack(record.content().payload());
    byte[] envelope =
        packed.isEmpty()
            ? EnvelopeV1.encode(record)
            : EnvelopeV1.encode(withPayload(record, packed.get()), compression.id());
    files.write(newFile, envelope);
  }

  private static StoreRecord withPayload(StoreRecord record, byte[] payload) {
    RecordContent content = record.content();
    return new StoreRecord(
        record.key(),
        record.version(),
        new RecordContent(content.codecId(), content.codecVersion(), content.times(), payload));
  }

  @Override
  public StoreRecord read(Path file, KeyBytes expectedKey, String store) throws IOException {
    byte[] bytes = files.read(file, (head, total) -> requireFitting(head, total, store, file));
    return record(bytes, expectedKey, store, file);
  }

  private static StoreRecord record(byte[] bytes, KeyBytes expectedKey, String store, Path file) {
    EnvelopeV1.Header header = EnvelopeV1.verify(ByteBuffer.wrap(bytes), expectedKey, store, file);
    RecordContent content =
        new RecordContent(
            header.codecId(),
            header.codecVersion(),
            header.times(),
            payload(bytes, header, store, file));
    return new StoreRecord(header.key(), header.version(), content);
  }

  private static byte[] payload(byte[] bytes, EnvelopeV1.Header header, String store, Path file) {
    Compression packing =
        Compression.ofId(header.packing())
            .orElseThrow(
                () ->
                    unreadable(
                        "expected a packing that is known, found "
                            + header.packing()
                            + "; it was written by a newer release",
                        null,
                        store,
                        file));
    try {
      return packing.unpack(bytes, header.payloadOffset(), header.payloadBytes());
    } catch (DataFormatException e) {
      throw new DamagedRecordException(
          "damaged record in %s, %s: %s; verify with repair sets it aside"
              .formatted(store, file, e.getMessage()),
          e);
    } catch (ArchiveException e) {
      throw unreadable(e.getMessage(), e, store, file);
    }
  }

  /** Returns the failure of a record that is whole, and can't be read here and now. */
  private static ArchiveException unreadable(
      String reason, Exception cause, String store, Path file) {
    return new ArchiveException(
        "cannot read the record in %s, %s: %s".formatted(store, file, reason), cause);
  }

  @Override
  @SuppressWarnings("ByteBufferBackingArray") // files that are not mapped are wrapped arrays
  public MappedRecord map(Path file, KeyBytes expectedKey, String store) throws IOException {
    ByteBuffer envelope =
        files.map(file, (head, total) -> requireFitting(head, total, store, file), mapFromBytes);
    if (envelope.hasArray()) {
      return MappedRecord.of(record(envelope.array(), expectedKey, store, file));
    }
    EnvelopeV1.Header header = EnvelopeV1.verify(envelope, expectedKey, store, file);
    if (header.packing() != EnvelopeV1.PLAIN) {
      return MappedRecord.of(read(file, expectedKey, store));
    }
    return new MappedRecord(
        header.key(),
        header.version(),
        header.codecId(),
        header.codecVersion(),
        header.times(),
        envelope.slice(header.payloadOffset(), header.payloadBytes()));
  }

  @Override
  public RecordId check(Path file, KeyBytes expectedKey, String store) throws IOException {
    EnvelopeV1.Header header =
        files
            .readPieces(
                file,
                total -> new CheckedPieces(new EnvelopeCheck(total, expectedKey, store, file)))
            .check()
            .end();
    return new RecordId(header.key(), header.version());
  }

  private record CheckedPieces(EnvelopeCheck check) implements RecordFiles.PieceTaker {
    @Override
    public void take(ByteBuffer piece) {
      check.next(piece);
    }
  }

  private static void requireFitting(byte[] head, long totalBytes, String store, Path file) {
    EnvelopeV1.headerBytes(head, totalBytes, store, file);
  }
}
