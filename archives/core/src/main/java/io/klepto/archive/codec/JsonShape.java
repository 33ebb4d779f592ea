package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a class under the names that they have in JSON: their own, or where classes of one
 * hierarchy have fields of one name, each behind the name of its class and a dot.
 *
 * <p>Immutable.
 */
final class JsonShape {
  private static final int NONE = -1;

  private final FieldShape fields;
  private final String[] names;
  private final JsonType[] types;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, List<String>> shadowed = new HashMap<>();

  JsonShape(FieldShape fields) {
    this.fields = fields;
    this.names = new String[fields.size()];
    this.types = new JsonType[fields.size()];
    Map<String, List<String>> owners = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      List<String> all = owners.computeIfAbsent(simpleName(i), name -> new ArrayList<>());
      all.add(fields.slot(i).field().getDeclaringClass().getName());
      places.put(qualifiedName(i), i);
      types[i] = JsonType.of(fields.slot(i).field().getGenericType());
    }
    for (int i = 0; i < names.length; i++) {
      boolean unique = owners.get(simpleName(i)).size() == 1;
      names[i] = unique ? simpleName(i) : qualifiedName(i);
      places.put(names[i], i);
      if (!unique) {
        shadowed.put(simpleName(i), owners.get(simpleName(i)));
      }
    }
  }

  private String simpleName(int index) {
    return fields.slot(index).field().getName();
  }

  private String qualifiedName(int index) {
    return fields.slot(index).field().getDeclaringClass().getName() + "." + simpleName(index);
  }

  FieldShape fields() {
    return fields;
  }

  int size() {
    return names.length;
  }

  /** Returns the name of a field in JSON. */
  String name(int index) {
    return names[index];
  }

  JsonType type(int index) {
    return types[index];
  }

  FieldShape.Slot slot(int index) {
    return fields.slot(index);
  }

  /**
   * Returns the place of the field that a name of a record stands for, or -1 if there is none.
   *
   * @throws ArchiveException if it could be that of several, since a class of the hierarchy got one
   *     of the same name
   */
  int place(String name) {
    List<String> owners = shadowed.get(name);
    if (owners != null) {
      throw new ArchiveException(
          "field "
              + name
              + " of "
              + fields.type().getName()
              + " could be that of "
              + String.join(" or ", owners)
              + ", which the record does not tell; rename one, or write the value anew");
    }
    return places.getOrDefault(name, NONE);
  }
}
