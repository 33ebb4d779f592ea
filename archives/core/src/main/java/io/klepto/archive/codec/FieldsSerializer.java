package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects and records by the names of their fields, so that fields may come, go and change places
 * between a write and a read.
 *
 * <p>A field that the class no longer has is read and dropped; one that the record lacks keeps its
 * default. A field belongs to its declaring class and name; one that moved up or down the hierarchy
 * is found by its name, if that leaves no doubt.
 */
final class FieldsSerializer extends GraphSerializer {
  private static final int DROPPED = -1;

  private final FieldShape shape;
  private final List<StreamClass.StreamField> stream;

  /** For each field of the record: its slot, or {@link #DROPPED}. */
  private final int[] slots;

  /** Creates the serializer for what this version of the class writes. */
  FieldsSerializer(FieldShape shape) {
    this(shape, shape.described());
  }

  /** Creates the serializer for what some version of the class has written. */
  FieldsSerializer(FieldShape shape, List<StreamClass.StreamField> stream) {
    this.shape = shape;
    this.stream = stream;
    this.slots = match(shape.described(), stream);
  }

  private static int[] match(
      List<StreamClass.StreamField> current, List<StreamClass.StreamField> stream) {
    int[] slots = new int[stream.size()];
    List<StreamClass.StreamField> unclaimed = new ArrayList<>(current);
    List<StreamClass.StreamField> unmatched = new ArrayList<>();
    for (int i = 0; i < slots.length; i++) {
      slots[i] = i < current.size() && isSame(current.get(i), stream.get(i)) ? i : DROPPED;
      for (int k = 0; slots[i] == DROPPED && k < current.size(); k++) {
        if (isSame(current.get(k), stream.get(i))) {
          slots[i] = k;
        }
      }
      if (slots[i] == DROPPED) {
        unmatched.add(stream.get(i));
      } else {
        unclaimed.remove(current.get(slots[i]));
      }
    }
    for (StreamClass.StreamField moved : unmatched) {
      List<StreamClass.StreamField> heirs = named(moved.name(), unclaimed);
      if (heirs.size() == 1 && named(moved.name(), unmatched).size() == 1) {
        slots[stream.indexOf(moved)] = current.indexOf(heirs.get(0));
      }
    }
    return slots;
  }

  private static boolean isSame(StreamClass.StreamField a, StreamClass.StreamField b) {
    return a.name().equals(b.name()) && a.owner().equals(b.owner());
  }

  private static List<StreamClass.StreamField> named(
      String name, List<StreamClass.StreamField> fields) {
    return fields.stream().filter(field -> field.name().equals(name)).toList();
  }

  @Override
  void write(KryoGraph graph, Output output, Object value) {
    if (shape.isRecord()) {
      graph.references().beginParts(value);
    }
    for (int i = 0; i < shape.size(); i++) {
      FieldShape.Slot slot = shape.slot(i);
      try {
        write(graph, output, slot, value);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("made accessible before: " + slot.field(), e);
      }
    }
    if (shape.isRecord()) {
      graph.references().endParts(value);
    }
  }

  private static void write(KryoGraph graph, Output output, FieldShape.Slot slot, Object value)
      throws IllegalAccessException {
    Field field = slot.field();
    switch (slot.described().code()) {
      case 'Z' -> output.writeBoolean(field.getBoolean(value));
      case 'B' -> output.writeByte(field.getByte(value));
      case 'S' -> output.writeShort(field.getShort(value));
      case 'C' -> output.writeChar(field.getChar(value));
      case 'I' -> output.writeVarInt(field.getInt(value), false);
      case 'J' -> output.writeVarLong(field.getLong(value), false);
      case 'F' -> output.writeFloat(field.getFloat(value));
      case 'D' -> output.writeDouble(field.getDouble(value));
      default -> writeObject(graph, output, slot, field.get(value));
    }
  }

  private static void writeObject(
      KryoGraph graph, Output output, FieldShape.Slot slot, Object value) {
    try {
      graph.writeValue(output, value);
    } catch (UnarchivableException e) {
      throw e.reachedBy(slot.field());
    }
  }

  @Override
  Object read(KryoGraph graph, Input input) {
    return shape.isRecord() ? readRecord(graph, input) : readObject(graph, input);
  }

  private Object readRecord(KryoGraph graph, Input input) {
    Object[] components = shape.defaultComponents();
    Missing missing = null;
    for (int i = 0; i < slots.length; i++) {
      char code = stream.get(i).code();
      if (slots[i] == DROPPED) {
        discard(graph, input, code);
      } else {
        Object value = readField(graph, input, code);
        if (value instanceof Missing part) {
          missing = part;
        } else if (missing == null) {
          components[slots[i]] = Widening.convert(value, shape.slot(slots[i]));
        }
      }
    }
    return missing != null ? missing : newRecord(graph, components);
  }

  private Object newRecord(KryoGraph graph, Object[] components) {
    try {
      return shape.newRecord(components);
    } catch (ArchiveException e) {
      return graph.missing(e);
    }
  }

  private Object readObject(KryoGraph graph, Input input) {
    int id = graph.references().beginReading();
    Object object = shape.newObject();
    graph.reference(object);
    Missing missing = null;
    for (int i = 0; i < slots.length; i++) {
      char code = stream.get(i).code();
      if (slots[i] == DROPPED) {
        discard(graph, input, code);
      } else {
        FieldShape.Slot slot = shape.slot(slots[i]);
        try {
          if (code != 'L' && code == slot.described().code()) {
            readPrimitive(input, code, slot.field(), object);
          } else {
            Object value = readField(graph, input, code);
            if (value instanceof Missing part) {
              missing = part;
            } else {
              slot.field().set(object, Widening.convert(value, slot));
            }
          }
        } catch (IllegalAccessException e) {
          throw new IllegalStateException("made accessible before: " + slot.field(), e);
        }
      }
    }
    graph.references().endReading(id);
    if (missing != null) {
      graph.references().setReadObject(id, missing);
      return missing;
    }
    return object;
  }

  private static void readPrimitive(Input input, char code, Field field, Object object)
      throws IllegalAccessException {
    switch (code) {
      case 'Z' -> field.setBoolean(object, input.readBoolean());
      case 'B' -> field.setByte(object, input.readByte());
      case 'S' -> field.setShort(object, input.readShort());
      case 'C' -> field.setChar(object, input.readChar());
      case 'I' -> field.setInt(object, input.readVarInt(false));
      case 'J' -> field.setLong(object, input.readVarLong(false));
      case 'F' -> field.setFloat(object, input.readFloat());
      default -> field.setDouble(object, input.readDouble());
    }
  }

  /** Reads the value of a field that a record of the archive describes by its type's letter. */
  static Object readField(KryoGraph graph, Input input, char code) {
    return switch (code) {
      case 'Z' -> input.readBoolean();
      case 'B' -> input.readByte();
      case 'S' -> input.readShort();
      case 'C' -> input.readChar();
      case 'I' -> input.readVarInt(false);
      case 'J' -> input.readVarLong(false);
      case 'F' -> input.readFloat();
      case 'D' -> input.readDouble();
      default -> graph.readValue(input);
    };
  }

  /** Reads past the value of a field that nothing needs. */
  static void discard(KryoGraph graph, Input input, char code) {
    if (code == 'L') {
      graph.discardValue(input);
    } else {
      Object unused = readField(graph, input, code);
    }
  }
}
