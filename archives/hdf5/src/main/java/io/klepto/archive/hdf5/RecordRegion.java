package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.NativeContent;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The bytes of one record in an HDF5 file, version 1: the data of its dataset, which any program
 * reads, and behind it an entry that HDF5 knows nothing of, from which we read the record back
 * without a walk through HDF5's own structures.
 *
 * <pre>
 * bytes
 *     d  data of the dataset, in the byte order of the writer
 *        entry, big-endian:
 *  52+k    envelope of the record up to the checksum of its header, see EnvelopeV1
 *     4    CRC32C of the whole envelope: its last four bytes
 *     1    form, see RecordForm
 *     1    type, see NativeType; 0 unless the form is NATIVE
 *     1    1 if the data is little-endian, else 0
 *     1    r: the number of dimensions; 0 unless the form is NATIVE
 *    4r    dimensions, outermost first
 *     4    bytes of an element; 0 unless the form is NATIVE
 *     4    m: length of the payload that follows; 0 unless the form is ATTRIBUTE
 *     m    payload
 *     4    length of the entry
 *     4    CRC32C of all bytes before
 * </pre>
 *
 * <p>The last checksum sees any damage to data or entry. That of the envelope is what the record
 * had when it was put: a value that did not come back byte for byte would be seen by it.
 *
 * <p>The methods have no state; any thread may call them.
 */
final class RecordRegion {
  private static final int CLOSING_BYTES = 2 * Integer.BYTES;
  private static final int ENVELOPE_CRC_BYTES = Integer.BYTES;
  private static final int FORM_BYTES = 4;
  private static final int KEY_LENGTH_AT = 40;
  private static final HexFormat HEX = HexFormat.of();

  private RecordRegion() {}

  /**
   * How a record was laid into its dataset.
   *
   * @param form the form
   * @param shape the shape of the value if it stands in its own type, else null
   */
  record Form(RecordForm form, NativeShape shape) {}

  /** Returns the entry of a record up to its last checksum, which covers the data before it too. */
  static ByteBuffer entry(byte[] envelope, int payloadBytes, Form form) {
    int headerBytes = envelope.length - payloadBytes - ENVELOPE_CRC_BYTES;
    int embeddedBytes = form.form() == RecordForm.ATTRIBUTE ? payloadBytes : 0;
    NativeShape shape = form.form() == RecordForm.NATIVE ? form.shape() : null;
    int[] dimensions = shape == null ? new int[0] : shape.dimensions();
    int length =
        headerBytes
            + ENVELOPE_CRC_BYTES
            + FORM_BYTES
            + Integer.BYTES * dimensions.length
            + 2 * Integer.BYTES
            + embeddedBytes
            + CLOSING_BYTES;
    ByteBuffer out = ByteBuffer.allocate(length - Integer.BYTES);
    out.put(envelope, 0, headerBytes);
    out.put(envelope, envelope.length - ENVELOPE_CRC_BYTES, ENVELOPE_CRC_BYTES);
    out.put((byte) form.form().id());
    out.put((byte) (shape == null ? 0 : shape.type().id()));
    out.put((byte) (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 0));
    out.put((byte) dimensions.length);
    for (int dimension : dimensions) {
      out.putInt(dimension);
    }
    out.putInt(shape == null ? 0 : shape.elementBytes());
    out.putInt(embeddedBytes);
    out.put(envelope, headerBytes, embeddedBytes);
    out.putInt(length);
    return out.flip();
  }

  /**
   * Returns the record in a region, all of it verified.
   *
   * @param expectedKey the key that the record must have, or null for any
   * @param store the name of the store, for the message
   * @param location where the region lies, for the message
   * @throws DamagedRecordException if it is not what was written
   */
  static StoreRecord decode(byte[] region, KeyBytes expectedKey, String store, Object location) {
    int start = entryStart(region, store, location);
    try {
      return decode(region, start, expectedKey, store, location);
    } catch (DamagedRecordException e) {
      throw e;
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException
        | ArchiveException e) {
      // The checksum was right: bytes that nobody of ours has written.
      throw HdfErrors.damaged(store, location, "an entry of format version 1", e.toString());
    }
  }

  /** Checks the checksum over all of a region and returns where its entry begins. */
  private static int entryStart(byte[] region, String store, Object location) {
    int end = region.length - Integer.BYTES;
    if (region.length <= CLOSING_BYTES) {
      throw HdfErrors.damaged(
          store,
          location,
          "more than " + CLOSING_BYTES + " bytes",
          Integer.toString(region.length));
    }
    ByteBuffer in = ByteBuffer.wrap(region);
    CRC32C crc = new CRC32C();
    crc.update(region, 0, end);
    String found = HEX.toHexDigits((int) crc.getValue());
    String expected = HEX.toHexDigits(in.getInt(end));
    if (!expected.equals(found)) {
      throw HdfErrors.damaged(store, location, "CRC32C " + expected + " of data and entry", found);
    }
    int length = in.getInt(end - Integer.BYTES);
    if (length < CLOSING_BYTES || length > region.length) {
      throw HdfErrors.damaged(
          store,
          location,
          "an entry of at most " + region.length + " bytes",
          "one of " + length + " bytes");
    }
    return region.length - length;
  }

  private static StoreRecord decode(
      byte[] region, int start, KeyBytes expectedKey, String store, Object location) {
    ByteBuffer in = ByteBuffer.wrap(region);
    byte[] header =
        new byte[EnvelopeV1.FIXED_BYTES + in.getInt(start + KEY_LENGTH_AT) + Integer.BYTES];
    in.get(start, header);
    in.position(start + header.length);
    int envelopeCrc = in.getInt();
    RecordForm form = RecordForm.of(in.get());
    int type = in.get();
    ByteOrder order = in.get() == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int[] dimensions = new int[in.get()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = in.getInt();
    }
    int elementBytes = in.getInt();
    byte[] embedded = new byte[in.getInt()];
    in.get(embedded);
    byte[] payload =
        switch (form) {
          case NATIVE ->
              nativePayload(
                  ByteBuffer.wrap(region, 0, start).slice().order(order),
                  new NativeShape(NativeType.of(type), dimensions, elementBytes));
          case PAYLOAD -> Arrays.copyOf(region, start);
          case ENVELOPE ->
              EnvelopeV1.decode(Arrays.copyOf(region, start), expectedKey, store, location)
                  .content()
                  .payload();
          case ATTRIBUTE -> embedded;
        };
    return record(header, payload, envelopeCrc, expectedKey, store, location);
  }

  private static byte[] nativePayload(ByteBuffer data, NativeShape shape) {
    if (shape.dataBytes() != data.remaining()) {
      throw new IllegalArgumentException(
          "data of " + shape.dataBytes() + " bytes, found " + data.remaining());
    }
    return NativeContent.of(shape.decode(data), RecordTimes.eternal(0)).payload();
  }

  /**
   * Returns the record of a header and a payload that were kept apart.
   *
   * @param header the envelope up to and with the checksum of its header
   * @param envelopeCrc the checksum of the whole envelope
   */
  static StoreRecord record(
      byte[] header,
      byte[] payload,
      int envelopeCrc,
      KeyBytes expectedKey,
      String store,
      Object location) {
    long envelopeBytes = (long) header.length + payload.length + ENVELOPE_CRC_BYTES;
    EnvelopeV1.Header known =
        EnvelopeV1.readHeader(header, envelopeBytes, expectedKey, store, location);
    CRC32C crc = new CRC32C();
    crc.update(header);
    crc.update(payload);
    if ((int) crc.getValue() != envelopeCrc) {
      throw HdfErrors.damaged(
          store,
          location,
          "CRC32C " + HEX.toHexDigits(envelopeCrc) + " of the record",
          HEX.toHexDigits((int) crc.getValue()));
    }
    return new StoreRecord(
        known.key(),
        known.version(),
        new RecordContent(known.codecId(), known.codecVersion(), known.times(), payload));
  }
}
