package io.klepto.archive.codec;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.ArchiveException;
import java.util.Objects;

/**
 * A codec of object graphs: what all of them check before and after, so that each only writes and
 * reads. Deep graphs get a stack that is large enough, see {@link DeepStack}.
 *
 * <p>Any number of threads may call at once.
 */
abstract class GraphCodec implements Codec {
  private final int id;
  private final int version;
  private final String name;

  GraphCodec(int id, int version, String name) {
    this.id = id;
    this.version = version;
    this.name = name;
  }

  /**
   * Writes an object.
   *
   * @throws NestedTooDeepException if the graph has more levels than this attempt may take
   */
  abstract byte[] write(Object value, int maxLevels);

  /**
   * Reads an object whose bytes lie in the array; they may be hostile.
   *
   * @throws NestedTooDeepException if the graph has more levels than this attempt may take
   * @throws ArchiveException if they are not such an object
   */
  abstract Object read(byte[] bytes, int offset, int length, int maxLevels);

  @Override
  public final int id() {
    return id;
  }

  @Override
  public final int version() {
    return version;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final byte[] encode(Object value) {
    requireNonNull(value, "value");
    return Failures.encoding(this, value, () -> DeepStack.call(levels -> write(value, levels)));
  }

  @Override
  public final Object decode(int version, byte[] bytes, int offset, int length) {
    Versions.check(this, version);
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return Failures.decoding(
        this, length, () -> DeepStack.call(levels -> read(bytes, offset, length, levels)));
  }
}
