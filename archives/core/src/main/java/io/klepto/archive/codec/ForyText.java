package io.klepto.archive.codec;

import java.util.function.Function;
import org.apache.fory.Fory;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.serializer.Serializer;

/**
 * Values as a text, where Fory's own form loses a part of them.
 *
 * @param <T> the class
 */
final class ForyText<T> extends Serializer<T> {
  private final Function<T, String> text;
  private final Function<String, T> parse;

  ForyText(Fory fory, Class<T> type, Function<T, String> text, Function<String, T> parse) {
    super(fory.getConfig(), type);
    this.text = text;
    this.parse = parse;
  }

  @Override
  public void write(WriteContext context, T value) {
    context.writeString(text.apply(value));
  }

  @Override
  public T read(ReadContext context) {
    return parse.apply(context.readString());
  }
}
