package io.klepto.archive.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

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
    for (Class<?> face : type.getInterfaces()) {
      names.checkWritable(face);
    }
  }
}
