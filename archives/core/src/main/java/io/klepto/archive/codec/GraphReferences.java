package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import io.klepto.archive.ArchiveException;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The objects of a graph by number, so that one that is shared, or refers to itself, is written
 * once.
 *
 * <p>Scalars and enum constants have no number. An object that can be made only when its parts are
 * there (a record, {@code List.of}) must not be among them: refused when written, and when read.
 *
 * <p>Not thread-safe; one for each graph.
 */
final class GraphReferences extends MapReferenceResolver {
  private static final ClassValue<Boolean> NUMBERED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return !ClassNames.named(type).isEnum()
              && type != Missing.Constant.class
              && !WellKnown.isScalar(type);
        }
      };

  private final Set<Object> unfinishedParts = Collections.newSetFromMap(new IdentityHashMap<>());
  private final BitSet unfinished = new BitSet();
  private boolean cyclic;

  static boolean isNumbered(Class<?> type) {
    return NUMBERED.get(type);
  }

  @Override
  @SuppressWarnings("rawtypes") // as inherited
  public boolean useReferences(Class type) {
    return isNumbered(type);
  }

  /** Notes that an object's parts are being written, and that it can't be one of them. */
  void beginParts(Object whole) {
    unfinishedParts.add(whole);
  }

  void endParts(Object whole) {
    unfinishedParts.remove(whole);
  }

  @Override
  public int getWrittenId(Object object) {
    int id = super.getWrittenId(object);
    if (id >= 0 && unfinishedParts.contains(object)) {
      throw new ArchiveException(
          "class "
              + object.getClass().getName()
              + " holds itself, through its parts, and can't be made before them; break the cycle"
              + " by a transient field, or use a class with fields or a mutable collection");
    }
    return id;
  }

  /** Returns the number of the object whose reading begins. */
  int beginReading() {
    int id = readObjects.size() - 1;
    unfinished.set(id);
    return id;
  }

  void endReading(int id) {
    unfinished.clear(id);
  }

  @Override
  @SuppressWarnings("rawtypes") // as inherited
  public Object getReadObject(Class type, int id) {
    Object object = id >= 0 && id < readObjects.size() ? readObjects.get(id) : null;
    if (object == null) {
      throw new ArchiveException(
          "the record is damaged: it refers to object "
              + id
              + " of "
              + readObjects.size()
              + ", which is not there yet");
    }
    cyclic |= unfinished.get(id);
    return object;
  }

  /** Returns whether some object was referred to before it was complete. */
  boolean isCyclic() {
    return cyclic;
  }

  @Override
  public void reset() {
    super.reset();
    unfinishedParts.clear();
    unfinished.clear();
    cyclic = false;
  }
}
