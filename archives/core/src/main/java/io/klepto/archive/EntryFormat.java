package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.codec.Codec;
import io.klepto.archive.codec.RawCodec;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.MappedRecord;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import io.klepto.keymap.KeyEncodingException;
import io.klepto.keymap.KeyTransform;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Turns typed entries of one archive into records and back.
 *
 * <p>Keys and values are checked against the declared types in both directions. A record of another
 * codec than the archive's is read by the codec that it names. Every failure names the archive and
 * the key.
 *
 * <p>The archive's codec writes all entries, but for two kinds that codec {@code raw} writes where
 * the canonical bytes of the key give the key back, as {@link NativeContent} knows them: in a store
 * with {@link Capability#FOREIGN_READABLE} every value that the codec accepts, in one with {@link
 * Capability#MAPPED_VALUES} buffers and arrays of primitives.
 *
 * <p>Any number of threads may call at once.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class EntryFormat<K, V> {
  private static final byte[] NO_KEY = {};
  private static final RawCodec RAW = new RawCodec();

  private final String archive;
  private final ArchiveConfiguration<K, V> configuration;
  private final CanonicalEncoder encoder;
  private final KeyTransform transform; // null: none
  private final RecordCodecs codecs;
  private final boolean foreignReadable;
  private final boolean mapped;

  /**
   * Creates the format.
   *
   * @param archive the name for messages
   * @param capabilities what the store of the records can do
   */
  EntryFormat(
      String archive,
      ArchiveConfiguration<K, V> configuration,
      RecordCodecs codecs,
      Set<Capability> capabilities) {
    this.archive = archive;
    this.foreignReadable = capabilities.contains(Capability.FOREIGN_READABLE);
    this.mapped = capabilities.contains(Capability.MAPPED_VALUES);
    this.configuration = configuration;
    this.encoder = configuration.keyEncoder();
    this.transform = configuration.keyTransform().orElse(null);
    this.codecs = codecs;
  }

  /** Returns whether an object can be a key here. */
  boolean isKey(Object object) {
    return configuration.keyType().isInstance(object);
  }

  /**
   * Returns a key that is one of the declared type.
   *
   * @throws ClassCastException if it is not
   */
  K checkedKey(Object key) {
    return checked("key", requireNonNull(key, "key"), configuration.keyType());
  }

  /**
   * Returns a value that is one of the declared type.
   *
   * @throws ClassCastException if it is not
   */
  V checkedValue(Object value) {
    return checked("value", requireNonNull(value, "value"), configuration.valueType());
  }

  private <T> T checked(String role, Object object, Class<T> type) {
    if (!type.isInstance(object)) {
      throw new ClassCastException(
          "archive "
              + archive
              + ": expected a "
              + role
              + " of "
              + type.getName()
              + ", found one of "
              + object.getClass().getName());
    }
    return type.cast(object);
  }

  /**
   * Returns the canonical bytes of a key, or with a transform, of the key that it makes.
   *
   * @throws ClassCastException if it is not of the declared type
   * @throws KeyEncodingException if it has none
   */
  KeyBytes keyBytes(Object key) {
    K checked = checkedKey(key);
    return encoder.encode(transform == null ? checked : transform.apply(checked));
  }

  /** Returns the way from a key to the key of its record, if they are not the same. */
  Optional<KeyTransform> keyTransform() {
    return configuration.keyTransform();
  }

  /** Returns the failure of a key without canonical bytes, for calls with an outcome per key. */
  ArchiveException refused(KeyEncodingException e) {
    return new ArchiveException(
        "archive " + archive + ": can't encode a key: " + e.getMessage(), e);
  }

  /** Returns the damage of a record, told with the key that was asked for. */
  DamagedRecordException damaged(K key, KeyBytes bytes, DamagedRecordException e) {
    return new DamagedRecordException(KeyName.of(key, bytes) + ": " + e.getMessage(), e);
  }

  /**
   * Returns what is stored for an entry.
   *
   * @param bytes the canonical bytes of the key
   * @throws ClassCastException if key or value are not of the declared types
   * @throws ArchiveException if the codec refuses one of them
   */
  RecordContent content(K key, KeyBytes bytes, V value, RecordTimes times) {
    requireNonNull(times, "times");
    checkedKey(key);
    checkedValue(value);
    boolean natural = isToldBy(bytes, key);
    Optional<byte[]> raw = natural && prefersRaw(value) ? RAW.encodeIfRaw(value) : Optional.empty();
    try {
      return raw.isPresent()
          ? content(RAW, NO_KEY, raw.get(), times)
          : encoded(natural ? null : key, value, times);
    } catch (ArchiveException e) {
      throw new ArchiveException(
          "archive "
              + archive
              + ": can't encode the entry of "
              + KeyName.of(key, bytes)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** Returns whether the canonical bytes of a record give back the key it is written with. */
  private boolean isToldBy(KeyBytes bytes, K key) {
    Optional<Object> told = encoder.decode(bytes);
    return told.isPresent() && (transform == null || told.get().equals(key));
  }

  private boolean prefersRaw(V value) {
    return foreignReadable || (mapped && isMappable(value));
  }

  private static boolean isMappable(Object value) {
    Class<?> component = value.getClass().getComponentType();
    return value instanceof ByteBuffer || (component != null && component.isPrimitive());
  }

  private RecordContent encoded(K keyOrNull, V value, RecordTimes times) {
    Codec codec = codecs.writer();
    byte[] key = keyOrNull == null ? NO_KEY : encodedKey(codec, keyOrNull);
    return content(codec, key, codec.encode(value), times);
  }

  private static RecordContent content(Codec codec, byte[] key, byte[] value, RecordTimes times) {
    return new RecordContent(codec.id(), codec.version(), times, PayloadV1.join(key, value));
  }

  private static byte[] encodedKey(Codec codec, Object key) {
    byte[] encoded = codec.encode(key);
    if (encoded.length == 0) {
      throw new ArchiveException(
          "codec " + codec.name() + ": expected at least 1 byte for a key, found none");
    }
    return encoded;
  }

  /** Returns the key of a record. */
  K key(StoreRecord record) {
    return key(MappedRecord.of(record));
  }

  /** Returns the key of a record whose payload lies in a buffer, such as a mapped file. */
  K key(MappedRecord record) {
    return key(record, parts(record));
  }

  private K key(MappedRecord record, PayloadV1 parts) {
    Object key =
        parts.hasKey()
            ? decode("key", record, parts.keyOffset(), parts.keyLength())
            : naturalKey(record.key());
    return decoded("key", record.key(), key, configuration.keyType());
  }

  private Object naturalKey(KeyBytes bytes) {
    Optional<Object> key;
    try {
      key = encoder.decode(bytes);
    } catch (KeyEncodingException e) {
      throw new DamagedRecordException("archive " + archive + ": " + e.getMessage(), e);
    }
    return key.orElseThrow(
        () ->
            new DamagedRecordException(
                "archive "
                    + archive
                    + ": can't tell a key: expected it in the payload of its record, or to be had"
                    + " from its bytes alone, found neither for "
                    + bytes));
  }

  /** Returns the value of a record. */
  V value(StoreRecord record) {
    return value(MappedRecord.of(record));
  }

  /**
   * Returns the value of a record whose payload lies in a buffer, such as a mapped file; it may be
   * a view of that.
   */
  V value(MappedRecord record) {
    return value(record, parts(record));
  }

  private V value(MappedRecord record, PayloadV1 parts) {
    Object value = decode("value", record, parts.valueOffset(), parts.valueLength());
    return decoded("value", record.key(), value, configuration.valueType());
  }

  /** Returns the entry that a record is. */
  ArchiveEntry<K, V> entry(StoreRecord record) {
    return entry(MappedRecord.of(record));
  }

  /** Returns the entry that a record is whose payload lies in a buffer; see {@link #value}. */
  ArchiveEntry<K, V> entry(MappedRecord record) {
    PayloadV1 parts = parts(record);
    return new ArchiveEntry<>(
        key(record, parts), value(record, parts), record.version(), record.times());
  }

  /**
   * Returns the entry that a record is, given the key that was asked for. Where the record is
   * written without its key, its bytes give a key back that is equal to that one: it is not decoded
   * again.
   */
  ArchiveEntry<K, V> entryOf(K asked, MappedRecord record) {
    PayloadV1 parts = parts(record);
    boolean same = transform == null && !parts.hasKey() && encoder.isNatural(asked.getClass());
    K key = same ? asked : key(record, parts);
    return new ArchiveEntry<>(key, value(record, parts), record.version(), record.times());
  }

  private PayloadV1 parts(MappedRecord record) {
    try {
      return PayloadV1.of(record.payload());
    } catch (DamagedRecordException e) {
      throw new DamagedRecordException(
          "archive " + archive + ", " + nameOf(record.key()) + ": " + e.getMessage(), e);
    }
  }

  private Object decode(String role, MappedRecord record, int offset, int length) {
    ByteBuffer payload = record.payload();
    ByteBuffer bytes = payload.slice(payload.position() + offset, length);
    return named(
        role,
        record.key(),
        () -> codecs.reader(record.codecId()).decode(record.codecVersion(), bytes));
  }

  private Object named(String role, KeyBytes key, Supplier<Object> decoding) {
    try {
      return decoding.get();
    } catch (ArchiveException e) {
      throw new ArchiveException(
          "archive "
              + archive
              + ": can't decode the "
              + role
              + " of "
              + nameOf(key)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private <T> T decoded(String role, KeyBytes key, Object object, Class<T> type) {
    if (!type.isInstance(object)) {
      throw new ArchiveException(
          "archive "
              + archive
              + ", "
              + nameOf(key)
              + ": expected a "
              + role
              + " of "
              + type.getName()
              + ", found one of "
              + object.getClass().getName()
              + "; open the archive with the type that it was written with");
    }
    return type.cast(object);
  }

  private String nameOf(KeyBytes bytes) {
    try {
      return encoder.decode(bytes).map(key -> KeyName.of(key, bytes)).orElseGet(bytes::toString);
    } catch (KeyEncodingException e) {
      // Bytes of no key: the failure that is being told of is the one that matters.
      return bytes.toString();
    }
  }
}
