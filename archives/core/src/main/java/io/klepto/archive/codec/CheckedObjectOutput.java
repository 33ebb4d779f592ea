package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** Java serialization's writer, which refuses each class that could not be read back. */
final class CheckedObjectOutput extends ObjectOutputStream {
  private final ClassNames names;

  CheckedObjectOutput(OutputStream out, ClassNames names) throws IOException {
    super(out);
    this.names = names;
  }

  @Override
  protected void annotateClass(Class<?> type) {
    Class<?> component = type;
    while (component.isArray()) {
      component = component.getComponentType();
    }
    names.checkWritable(component);
  }

  @Override
  protected void annotateProxyClass(Class<?> type) {
    throw proxy(Arrays.stream(type.getInterfaces()).map(Class::getName).toList());
  }

  /** Returns the refusal of a proxy, when it is written as when it is read. */
  static ArchiveException proxy(List<String> interfaces) {
    return new ArchiveException(
        "a proxy of " + interfaces + " can't be archived; archive what stands behind it");
  }
}
