package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.codec.Codec;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import io.klepto.keymap.KeyEncodingException;
import java.util.Optional;

/**
 * Turns typed entries of one archive into records and back.
 *
 * <p>Keys and values are checked against the declared types in both directions. A record of another
 * codec than the archive's is read by the codec that it names. Every failure names the archive and
 * the key.
 *
 * <p>Any number of threads may call at once.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class EntryFormat<K, V> {
  private static final byte[] NO_KEY = {};

  private final String archive;
  private final ArchiveConfiguration<K, V> configuration;
  private final CanonicalEncoder encoder;
  private final RecordCodecs codecs;

  /**
   * Creates the format.
   *
   * @param archive the name for messages
   */
  EntryFormat(String archive, ArchiveConfiguration<K, V> configuration, RecordCodecs codecs) {
    this.archive = archive;
    this.configuration = configuration;
    this.encoder = configuration.keyEncoder();
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
   * Returns the canonical bytes of a key.
   *
   * @throws ClassCastException if it is not of the declared type
   * @throws KeyEncodingException if it has none
   */
  KeyBytes keyBytes(Object key) {
    return encoder.encode(checkedKey(key));
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
    Codec codec = codecs.writer();
    try {
      byte[] payload = PayloadV1.join(encodedKey(key, bytes), codec.encode(value));
      return new RecordContent(codec.id(), codec.version(), times, payload);
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

  private byte[] encodedKey(K key, KeyBytes bytes) {
    if (encoder.decode(bytes).isPresent()) {
      return NO_KEY;
    }
    Codec codec = codecs.writer();
    byte[] encoded = codec.encode(key);
    if (encoded.length == 0) {
      throw new ArchiveException(
          "codec " + codec.name() + ": expected at least 1 byte for a key, found none");
    }
    return encoded;
  }

  /** Returns the key of a record. */
  K key(StoreRecord record) {
    PayloadV1 payload = payload(record);
    if (!payload.hasKey()) {
      return decoded("key", record, naturalKey(record), configuration.keyType());
    }
    Object key = decode("key", record, payload.keyOffset(), payload.keyLength());
    return decoded("key", record, key, configuration.keyType());
  }

  private Object naturalKey(StoreRecord record) {
    Optional<Object> key;
    try {
      key = encoder.decode(record.key());
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
                    + record.key()));
  }

  /** Returns the value of a record. */
  V value(StoreRecord record) {
    PayloadV1 payload = payload(record);
    Object value = decode("value", record, payload.valueOffset(), payload.valueLength());
    return decoded("value", record, value, configuration.valueType());
  }

  /** Returns the entry that a record is. */
  ArchiveEntry<K, V> entry(StoreRecord record) {
    return new ArchiveEntry<>(
        key(record), value(record), record.version(), record.content().times());
  }

  private PayloadV1 payload(StoreRecord record) {
    try {
      return PayloadV1.of(record.content().payload());
    } catch (DamagedRecordException e) {
      throw new DamagedRecordException(
          "archive " + archive + ", " + nameOf(record) + ": " + e.getMessage(), e);
    }
  }

  private Object decode(String role, StoreRecord record, int offset, int length) {
    RecordContent content = record.content();
    try {
      return codecs
          .reader(content.codecId())
          .decode(content.codecVersion(), content.payload(), offset, length);
    } catch (ArchiveException e) {
      throw new ArchiveException(
          "archive "
              + archive
              + ": can't decode the "
              + role
              + " of "
              + nameOf(record)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private <T> T decoded(String role, StoreRecord record, Object object, Class<T> type) {
    if (!type.isInstance(object)) {
      throw new ArchiveException(
          "archive "
              + archive
              + ", "
              + nameOf(record)
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

  private String nameOf(StoreRecord record) {
    try {
      return encoder
          .decode(record.key())
          .map(key -> KeyName.of(key, record.key()))
          .orElseGet(record.key()::toString);
    } catch (KeyEncodingException e) {
      // Bytes of no key: the failure that is being told of is the one that matters.
      return record.key().toString();
    }
  }
}
