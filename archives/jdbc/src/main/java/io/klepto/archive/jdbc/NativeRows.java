package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.NativeContent;
import io.klepto.archive.store.EntryTypes;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import io.klepto.keymap.KeyEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records as keys and values in columns of their own, where they have the form of those columns,
 * and otherwise as envelopes:
 *
 * <pre>
 * record      BLOB, null    EnvelopeV1 of a record that is not in value
 * key_type    TEXT, null    the name of the key's form, in a table for keys of any type
 * key         its form      the key; null if it has not the form
 * value_type  TEXT, null    as for the key
 * value       its form      the value; null if record is there
 * </pre>
 *
 * <p>The checksum of a row without an envelope covers the payload that key and value make, so that
 * a column changed by anybody else is damage.
 *
 * <p>Where entries expire, one more row belongs to the archive itself, for its mark of the clock:
 * its key columns are null.
 */
final class NativeRows extends RowFormat {
  private static final String NATIVE = "native";
  private static final CanonicalEncoder KEYS = CanonicalEncoder.standard();

  private final Side keys;
  private final Side values;
  private final List<Column> columns;

  private NativeRows(NativeForm keyForm, NativeForm valueForm, ColumnNames names, String store) {
    super(store);
    List<Column> all = new ArrayList<>(leadingColumns(names, Column::required));
    all.add(Column.optional(names.record(), ColumnType.BYTES));
    this.keys = Side.added(all, keyForm, names.key(), names.keyType());
    this.values = Side.added(all, valueForm, names.value(), names.valueType());
    this.columns = List.copyOf(all);
  }

  /**
   * Returns the layout for declared types.
   *
   * @throws ArchiveException if one of them has no form
   */
  static String layoutOf(EntryTypes types, String store) {
    return NATIVE
        + " "
        + NativeForm.of(types.key(), "key", store).formName()
        + " "
        + NativeForm.of(types.value(), "value", store).formName();
  }

  /** Returns the format of a layout, or null if it is none. */
  static NativeRows of(String layout, ColumnNames names, String store) {
    String[] words = layout.split(" ", -1);
    if (words.length != 3 || !words[0].equals(NATIVE)) {
      return null;
    }
    Optional<NativeForm> key = NativeForm.named(words[1]);
    Optional<NativeForm> value = NativeForm.named(words[2]);
    return key.isPresent() && value.isPresent()
        ? new NativeRows(key.get(), value.get(), names, store)
        : null;
  }

  @Override
  String layout() {
    return NATIVE + " " + keys.form.formName() + " " + values.form.formName();
  }

  @Override
  List<Column> columns() {
    return columns;
  }

  @Override
  Row rowOf(StoreRecord record, byte[] id) {
    Object[] row = new Object[columns.size()];
    row[Row.ID] = id;
    row[Row.VERSION] = record.version();
    boolean keyFits = naturalKey(record.key()).filter(key -> keys.put(key, row)).isPresent();
    RecordContent content = record.content();
    boolean valueFits =
        keyFits
            && NativeContent.value(content)
                .filter(value -> NativeContent.of(value, content.times()).equals(content))
                .filter(value -> values.put(value, row))
                .isPresent();
    if (!valueFits) {
      row[Row.RECORD] = EnvelopeV1.encode(record);
    }
    fillTimes(row, record);
    return new Row(row);
  }

  private static Optional<Object> naturalKey(KeyBytes key) {
    try {
      return KEYS.decode(key);
    } catch (KeyEncodingException e) {
      return Optional.empty(); // bytes of no key: an opaque record
    }
  }

  @Override
  StoreRecord parse(Row row, RecordTimes times, KeyBytes expectedKey, Place place) {
    try {
      Object key = keys.get(row);
      Object value = values.get(row);
      KeyBytes keyBytes = key == null ? null : KEYS.encode(key);
      if (row.value(Row.RECORD) instanceof byte[] envelope) {
        if (value != null) {
          throw damaged(place, "a value or an envelope", "both");
        }
        StoreRecord put =
            EnvelopeV1.decode(
                envelope, expectedKey == null ? keyBytes : expectedKey, store(), place);
        requireSame(put.key(), keyBytes, place);
        return new StoreRecord(put.key(), put.version(), put.content().withTimes(times));
      }
      if (keyBytes == null || value == null) {
        throw damaged(place, "a key and a value, or an envelope", "neither");
      }
      requireSame(expectedKey == null ? keyBytes : expectedKey, keyBytes, place);
      return new StoreRecord(
          keyBytes, (Long) row.value(Row.VERSION), NativeContent.of(value, times));
    } catch (IllegalArgumentException | KeyEncodingException e) {
      throw damaged(place, "a key and a value of " + layout(), e.getMessage());
    } catch (DamagedRecordException e) {
      throw e;
    } catch (ArchiveException e) { // the value is none that was written
      throw damaged(place, "a value of " + layout(), e.getMessage());
    }
  }

  /** Requires the key that stands in the column, if one does, to be that of the record. */
  private void requireSame(KeyBytes expected, KeyBytes found, Place place) {
    if (found != null && !found.equals(expected)) {
      throw damaged(place, expected.toString(), found.toString());
    }
  }

  @Override
  int checksum(StoreRecord record, Row row) {
    return row.value(Row.RECORD) == null
        ? RowChecksum.ofAll(row.id(), record)
        : RowChecksum.ofFrame(row.id(), record);
  }

  /**
   * The key's or the value's place in a row.
   *
   * @param column where it stands; one before stands its type, if the form is any
   */
  private record Side(NativeForm form, int column) {
    static Side added(List<Column> columns, NativeForm form, String name, String typeName) {
      if (form == NativeForm.ANY) {
        columns.add(Column.optional(typeName, ColumnType.NAME));
      }
      columns.add(Column.optional(name, form.column()));
      return new Side(form, columns.size() - 1);
    }

    /** Puts an object into a row, if its columns can hold it. */
    boolean put(Object object, Object[] row) {
      if (form != NativeForm.ANY) {
        row[column] = form.toColumn(object).orElse(null);
        return row[column] != null;
      }
      Optional<NativeForm> own = NativeForm.ofValue(object);
      Optional<String> text = own.flatMap(found -> found.toText(object));
      if (text.isPresent()) {
        row[column - 1] = own.get().formName();
        row[column] = text.get();
      }
      return text.isPresent();
    }

    /** Returns the object in a row, null if there is none. */
    Object get(Row row) {
      Object found = row.value(column);
      if (form != NativeForm.ANY) {
        return found == null ? null : form.fromColumn(found);
      }
      Object type = row.value(column - 1);
      if (found == null && type == null) {
        return null;
      }
      if (found == null || type == null) {
        throw new IllegalArgumentException("a type without text, or text without a type");
      }
      return NativeForm.named((String) type)
          .orElseThrow(() -> new IllegalArgumentException("type " + type))
          .fromText((String) found);
    }
  }
}
