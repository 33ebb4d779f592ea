package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;
import java.lang.reflect.Array;

/** Arrays of objects: their length, then their elements. */
final class ArraySerializer extends GraphSerializer {
  private final Class<?> component;

  ArraySerializer(Class<?> component) {
    this.component = component;
  }

  @Override
  void write(KryoGraph graph, Output output, Object value) {
    Object[] array = (Object[]) value;
    output.writeVarInt(array.length, true);
    for (Object element : array) {
      graph.writeValue(output, element);
    }
  }

  @Override
  Object read(KryoGraph graph, Input input) {
    int count = graph.claim(input, input.readVarInt(true), 1);
    int id = graph.references().beginReading();
    Object[] array = (Object[]) Array.newInstance(component, count);
    graph.reference(array);
    Missing missing = null;
    for (int i = 0; i < count; i++) {
      Object element = graph.readValue(input);
      if (element instanceof Missing part) {
        missing = part;
      } else if (element == null || component.isInstance(element)) {
        array[i] = element;
      } else {
        throw new ArchiveException(
            "element "
                + i
                + " of an array of "
                + component.getTypeName()
                + " is of class "
                + element.getClass().getName());
      }
    }
    graph.references().endReading(id);
    if (missing != null) {
      graph.references().setReadObject(id, missing);
      return missing;
    }
    return array;
  }
}
