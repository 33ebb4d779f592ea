package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.codec.RawCodec;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The values of records that a store may keep in the types of its engine, so that other tools read
 * them: what {@link RawCodec} accepts, buffers apart, under a key that its canonical bytes give
 * back.
 *
 * <p>{@link #value} and {@link #of} are the inverse of each other: a store that keeps the value and
 * the times alone gives back the record that was put, byte for byte. All else is opaque, and has to
 * be kept as bytes.
 *
 * <p>A value is one of: {@code Boolean}, {@code Character}, {@code Byte}, {@code Short}, {@code
 * Integer}, {@code Long}, {@code Float}, {@code Double} (NaNs with their bits), {@code String} (any
 * Unicode text, U+0000 included; no half of a surrogate pair), {@code BigInteger}, {@code
 * BigDecimal} (the scale counts), an array of primitives or of strings, a rectangular array of
 * such. No array holds null; any length may be 0.
 *
 * <p>The cost is that of a copy. The methods have no state; any thread may call them.
 */
public final class NativeContent {
  private static final RawCodec RAW = new RawCodec();
  private static final byte[] NO_KEY = {};

  private NativeContent() {}

  /**
   * Returns the value of a record, a copy, if the record is native; empty for any other content,
   * also for one that no archive has written.
   */
  public static Optional<Object> value(RecordContent content) {
    if (content.codecId() != RAW.id() || content.codecVersion() != RAW.version()) {
      return Optional.empty();
    }
    byte[] payload = content.payload();
    try {
      PayloadV1 parts = PayloadV1.of(payload);
      return parts.hasKey()
          ? Optional.empty()
          : Optional.of(
                  RAW.decode(
                      content.codecVersion(), payload, parts.valueOffset(), parts.valueLength()))
              .filter(value -> !(value instanceof ByteBuffer));
    } catch (ArchiveException e) {
      // Bytes that are no value: not native, and whoever reads them as an entry is told why.
      return Optional.empty();
    }
  }

  /**
   * Returns the content of a native value: what an archive would have put.
   *
   * @param value one of the values above, not null
   * @throws ArchiveException if it is no such value
   */
  public static RecordContent of(Object value, RecordTimes times) {
    requireNonNull(value, "value");
    requireNonNull(times, "times");
    if (value instanceof ByteBuffer) {
      throw new ArchiveException(
          "class "
              + value.getClass().getName()
              + " is no native value; keep the record as bytes, as it was put");
    }
    return new RecordContent(
        RAW.id(), RAW.version(), times, PayloadV1.join(NO_KEY, RAW.encode(value)));
  }
}
