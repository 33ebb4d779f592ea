package io.klepto.archive.codec;

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
final class JavaCodec extends GraphCodec {
  private static final int VERSION = 1;

  private final JavaStreams streams;

  JavaCodec(CodecOptions options) {
    super(Codecs.JAVA, VERSION, "java");
    this.streams = new JavaStreams(new ClassNames(options));
  }

  @Override
  byte[] write(Object value, int maxLevels) {
    return streams.write(value, maxLevels);
  }

  @Override
  Object read(byte[] bytes, int offset, int length, int maxLevels) {
    return streams.read(bytes, offset, length, maxLevels);
  }
}
