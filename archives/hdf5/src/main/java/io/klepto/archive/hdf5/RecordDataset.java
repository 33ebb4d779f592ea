package io.klepto.archive.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.klepto.archive.NativeContent;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** A record as it is read from its dataset and {@link RecordAttributes} alone. */
final class RecordDataset {
  private RecordDataset() {}

  /**
   * Returns the record of a dataset, verified by the checksum among its attributes.
   *
   * @throws RuntimeException if it is none, or not what was written
   */
  static StoreRecord read(Dataset dataset) {
    String form = (String) attribute(dataset, RecordAttributes.FORM);
    if (form.equals(RecordForm.ENVELOPE.attribute())) {
      return EnvelopeV1.decode(bytesOf(dataset.getData()), null, "HDF5", dataset.getPath());
    }
    RecordTimes times =
        new RecordTimes(
            number(dataset, RecordAttributes.CREATED),
            number(dataset, RecordAttributes.DURATION),
            number(dataset, RecordAttributes.DEADLINE));
    byte[] payload =
        payload(
            form.equals(RecordForm.ATTRIBUTE.attribute())
                ? attribute(dataset, RecordAttributes.VALUE)
                : dataset.getData(),
            dataset.getAttribute(RecordAttributes.TYPE));
    StoreRecord record =
        new StoreRecord(
            KeyBytes.of(bytesOf(attribute(dataset, RecordAttributes.KEY_BYTES))),
            number(dataset, RecordAttributes.VERSION),
            new RecordContent(
                Math.toIntExact(number(dataset, RecordAttributes.CODEC)),
                Math.toIntExact(number(dataset, RecordAttributes.CODEC_VERSION)),
                times,
                payload));
    byte[] envelope = EnvelopeV1.encode(record);
    int crc = ByteBuffer.wrap(envelope).getInt(envelope.length - Integer.BYTES);
    long expected = number(dataset, RecordAttributes.CRC);
    if (Integer.toUnsignedLong(crc) != expected) {
      throw new IllegalArgumentException(
          "CRC32C %08x of the record where its attributes say %08x".formatted(crc, expected));
    }
    return record;
  }

  private static Object attribute(Dataset dataset, String name) {
    Attribute attribute = dataset.getAttribute(name);
    if (attribute == null) {
      throw new IllegalArgumentException("no attribute " + name);
    }
    return attribute.getData();
  }

  private static long number(Dataset dataset, String name) {
    return ((Number) attribute(dataset, name)).longValue();
  }

  private static byte[] payload(Object data, Attribute type) {
    if (type == null) {
      return bytesOf(data);
    }
    Object value =
        switch ((String) type.getData()) {
          case "Character" -> ((String) data).charAt(0);
          case "BigInteger" -> new BigInteger((String) data);
          case "BigDecimal" -> new BigDecimal((String) data);
          default -> data;
        };
    return NativeContent.of(value, RecordTimes.eternal(0)).payload();
  }

  /** Returns bytes, which jhdf widens where they are unsigned. */
  private static byte[] bytesOf(Object data) {
    if (data instanceof byte[] bytes) {
      return bytes;
    }
    byte[] bytes = new byte[Array.getLength(data)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Array.getInt(data, i);
    }
    return bytes;
  }
}
