package io.klepto.archive.hdf5;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import io.klepto.keymap.KeyEncodingException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The attributes of a dataset that holds a record: what other programs learn of it, and what the
 * record is rescued from when our own index is lost.
 *
 * <pre>
 * key            the key as text, shortened; its class and bytes are in key_bytes
 * key_bytes      the canonical bytes of the key; absent in the form "envelope"
 * version        the version of the record
 * created_ms     milliseconds since 1970-01-01T00:00Z
 * duration_ms    time to live; 9223372036854775807 if unbounded
 * deadline_ms    when it expires; 9223372036854775807 if never
 * codec          id of the codec that wrote the payload
 * codec_version  version of the codec
 * form           see RecordForm
 * type           the Java type of a value that stands in its own type, as double[][]
 * crc32c         CRC32C of the record's envelope, version 1
 * value          in the form "attribute": the value, or the payload as bytes
 * </pre>
 */
final class RecordAttributes {
  static final String KEY = "key";
  static final String KEY_BYTES = "key_bytes";
  static final String VERSION = "version";
  static final String CREATED = "created_ms";
  static final String DURATION = "duration_ms";
  static final String DEADLINE = "deadline_ms";
  static final String CODEC = "codec";
  static final String CODEC_VERSION = "codec_version";
  static final String FORM = "form";
  static final String TYPE = "type";
  static final String CRC = "crc32c";
  static final String VALUE = "value";

  /** The most that an attribute holds; HDF5 counts its bytes, with name and type, in 16 bits. */
  static final int MAX_BYTES = 60_000;

  private static final int SHOWN_CHARS = 500;

  private RecordAttributes() {}

  /** Returns the attributes of a record, in their order. */
  static Map<String, Object> of(StoreRecord record, RecordRegion.Form form, int envelopeCrc) {
    RecordContent content = record.content();
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(KEY, textOf(record.key()));
    if (form.form() != RecordForm.ENVELOPE) {
      attributes.put(KEY_BYTES, record.key().bytes());
    }
    attributes.put(VERSION, record.version());
    attributes.put(CREATED, content.times().createdMillis());
    attributes.put(DURATION, content.times().durationMillis());
    attributes.put(DEADLINE, content.times().deadlineMillis());
    attributes.put(CODEC, content.codecId());
    attributes.put(CODEC_VERSION, content.codecVersion());
    attributes.put(FORM, form.form().attribute());
    if (form.shape() != null) {
      attributes.put(TYPE, form.shape().javaName());
    }
    attributes.put(CRC, Integer.toUnsignedLong(envelopeCrc));
    return attributes;
  }

  /** Returns a key as text for a reader: what its bytes say, on one line. */
  private static String textOf(KeyBytes bytes) {
    String text;
    try {
      text =
          CanonicalEncoder.standard()
              .decode(bytes)
              .map(RecordAttributes::textOf)
              .orElseGet(bytes::toString);
    } catch (KeyEncodingException e) {
      text = bytes.toString(); // of a store used without an archive: any bytes
    }
    return printable(text);
  }

  private static String textOf(Object key) {
    if (key.getClass().isArray()) {
      String nested = Arrays.deepToString(new Object[] {key});
      return nested.substring(1, nested.length() - 1);
    }
    return key.toString();
  }

  /** Returns text that any program shows: no control characters, never empty, not too long. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    int end =
        text.offsetByCodePoints(0, Math.min(SHOWN_CHARS, text.codePointCount(0, text.length())));
    text.substring(0, end)
        .codePoints()
        .forEach(
            c -> {
              boolean lone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
              if (Character.isISOControl(c) || lone) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.append(end < text.length() ? "…" : "").toString();
  }
}
