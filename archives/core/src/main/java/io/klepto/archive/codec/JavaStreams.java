package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;

/**
 * Objects as filtered Java serialization writes and reads them.
 *
 * <p>What is written is read back once before it is handed out: the depth of a graph, what its
 * classes do in {@code readObject}, and the cost of its keys show nowhere else. So a write costs
 * about as much as a write and a read.
 *
 * <p>Any number of threads may call at once.
 */
final class JavaStreams {
  private final ClassNames names;

  JavaStreams(ClassNames names) {
    this.names = names;
  }

  byte[] write(Object value, int maxLevels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (CheckedObjectOutput out = new CheckedObjectOutput(bytes, names)) {
      out.writeObject(value);
    } catch (NotSerializableException e) {
      throw new ArchiveException(
          "class "
              + e.getMessage()
              + ", reached from "
              + value.getClass().getName()
              + ", is not serialisable; let it implement java.io.Serializable or make the field"
              + " transient",
          e);
    } catch (IOException e) {
      throw new ArchiveException(
          "class " + value.getClass().getName() + " failed to serialize itself: " + e, e);
    }
    byte[] written = bytes.toByteArray();
    read(written, 0, written.length, maxLevels);
    return written;
  }

  Object read(byte[] bytes, int offset, int length, int maxLevels) {
    ByteArrayInputStream source = new ByteArrayInputStream(bytes, offset, length);
    try (FilteredObjectInput in = new FilteredObjectInput(source, names, length, maxLevels)) {
      Object value = in.readChecked();
      if (value == null) {
        throw new ArchiveException("serialized object: expected an object, found null");
      }
      if (source.available() > 0) {
        throw new ArchiveException(
            "serialized object: expected its end, found " + source.available() + " more bytes");
      }
      return value;
    } catch (IOException | InternalError e) {
      // The JDK's immutable maps answer an odd number of keys and values by an InternalError.
      throw new ArchiveException("serialized object can't be read: " + e, e);
    } catch (ClassNotFoundException e) {
      throw new ArchiveException(
          "class "
              + e.getMessage()
              + " of a serialized object is not there; the archive's loader is "
              + names.loader(),
          e);
    }
  }
}
