package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;
import java.util.ArrayList;
import java.util.List;

/**
 * A class as a record describes it: by name, and by the fields it had when the record was written.
 *
 * <pre>
 * class = name, kind
 *   kind 1 fields: count, count × (owner, name, code)   objects and records, values in this order
 *   kind 2 enum                                          values are names of constants
 *   kind 3 array: dimensions                             name is that of the innermost component
 *   kind 4 java                                          values are serialized objects
 * </pre>
 *
 * <p>The owner of a field is the class that declares it, empty if that is the class itself. A code
 * is a primitive type's letter as in class files, or {@code L}.
 *
 * @param name the name of the class
 * @param kind one of the constants
 * @param dimensions of an array; else 0
 * @param fields of an object or record, else none
 */
record StreamClass(String name, byte kind, int dimensions, List<StreamField> fields) {
  static final byte FIELDS = 1;
  static final byte ENUM = 2;
  static final byte ARRAY = 3;
  static final byte JAVA = 4;

  /** The least that a class takes in a table: an empty name and a kind. */
  static final int MIN_BYTES = 2;

  private static final int MIN_FIELD_BYTES = 3;
  private static final int MAX_DIMENSIONS = 255;

  /**
   * A field of a class in a record.
   *
   * @param owner the class that declared it, empty for the class itself
   * @param name its name
   * @param code its type's letter
   */
  record StreamField(String owner, String name, char code) {}

  static StreamClass of(String name, byte kind) {
    return new StreamClass(name, kind, 0, List.of());
  }

  void write(Output output) {
    Text.write(output, name);
    output.writeByte(kind);
    if (kind == FIELDS) {
      output.writeVarInt(fields.size(), true);
      for (StreamField field : fields) {
        Text.write(output, field.owner);
        Text.write(output, field.name);
        output.writeByte(field.code);
      }
    } else if (kind == ARRAY) {
      output.writeVarInt(dimensions, true);
    }
  }

  static StreamClass read(Input input, Claims claims) {
    String name = Text.read(input, claims);
    byte kind = input.readByte();
    return switch (kind) {
      case FIELDS -> new StreamClass(name, kind, 0, readFields(input, claims));
      case ENUM, JAVA -> of(name, kind);
      case ARRAY -> {
        int dimensions = input.readVarInt(true);
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
          throw new ArchiveException(
              "the record is damaged: expected an array of 1 to 255 dimensions, found "
                  + dimensions);
        }
        yield new StreamClass(name, kind, dimensions, List.of());
      }
      default ->
          throw new ArchiveException(
              "the record is damaged: expected a class of kind 1 to 4, found " + kind);
    };
  }

  private static List<StreamField> readFields(Input input, Claims claims) {
    int count = claims.claim(input, input.readVarInt(true), MIN_FIELD_BYTES);
    List<StreamField> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String owner = Text.read(input, claims);
      String name = Text.read(input, claims);
      char code = (char) input.readByte();
      if ("ZBSCIJFDL".indexOf(code) < 0) {
        throw new ArchiveException(
            "the record is damaged: expected the letter of a type, found " + (int) code);
      }
      fields.add(new StreamField(owner, name, code));
    }
    return List.copyOf(fields);
  }
}
