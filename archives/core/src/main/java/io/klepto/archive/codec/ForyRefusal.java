package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import org.apache.fory.Fory;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.serializer.Serializer;

/**
 * Refuses lambdas and proxies, which Fory has a form for that asks no allow-list.
 *
 * @param <T> the class by which Fory stands for them
 */
final class ForyRefusal<T> extends Serializer<T> {
  ForyRefusal(Fory fory, Class<T> type) {
    super(fory.getConfig(), type);
  }

  @Override
  public void write(WriteContext context, T value) {
    throw refusal();
  }

  @Override
  public T read(ReadContext context) {
    throw refusal();
  }

  static ArchiveException refusal() {
    return new ArchiveException(
        "a lambda or proxy can't be archived: its class has no lasting name; use a named class");
  }
}
