package io.klepto.archive.codec;

import static java.util.Objects.requireNonNull;

import java.util.Objects;

/**
 * Java serialization behind a filter: every class by the allow-list, every claimed length by the
 * bytes that are there.
 *
 * <p>For classes that rely on it, and for archives that other programs of the JVM read. What is
 * encoded is decoded once to be sure of it, so encoding costs about three times what the stream
 * alone would. A changed class follows Java's own rules: {@code serialVersionUID}, or a refusal
 * that names it.
 *
 * <p>Any number of threads may call at once.
 */
final class JavaCodec implements Codec {
  private static final int VERSION = 1;

  private final JavaStreams streams;

  JavaCodec(CodecOptions options) {
    this.streams = new JavaStreams(new ClassNames(options));
  }

  @Override
  public int id() {
    return Codecs.JAVA;
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public byte[] encode(Object value) {
    requireNonNull(value, "value");
    return Failures.encoding(
        this, value, () -> DeepStack.call(levels -> streams.write(value, levels)));
  }

  @Override
  public Object decode(int version, byte[] bytes, int offset, int length) {
    Versions.check(this, version);
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return Failures.decoding(
        this, length, () -> DeepStack.call(levels -> streams.read(bytes, offset, length, levels)));
  }
}
