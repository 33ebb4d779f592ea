package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.klepto.archive.ArchiveException;
import java.util.HashMap;
import java.util.Map;

/**
 * Enum constants by name, so that constants may be added and change places; one that is gone is
 * refused by its name.
 */
final class EnumSerializer extends GraphSerializer {
  private final Class<?> type;
  private volatile Map<String, Object> constants;

  EnumSerializer(Class<?> type) {
    this.type = type;
  }

  @Override
  void write(KryoGraph graph, Output output, Object value) {
    graph.writeText(output, ((Enum<?>) value).name());
  }

  @Override
  Object read(KryoGraph graph, Input input) {
    String name = graph.readText(input);
    Object constant = constants().get(name);
    if (constant == null) {
      return graph.missing(
          new ArchiveException(
              "enum " + type.getName() + " has no constant " + name + ", which the record holds"));
    }
    return constant;
  }

  private Map<String, Object> constants() {
    Map<String, Object> known = constants;
    if (known == null) {
      known = new HashMap<>();
      for (Object constant : type.getEnumConstants()) {
        known.put(((Enum<?>) constant).name(), constant);
      }
      constants = known;
    }
    return known;
  }
}
