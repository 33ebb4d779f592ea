package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.util.List;
import java.util.function.Function;

/**
 * The factory of codecs: by the name that a configuration chooses, or by the id that a record
 * names.
 *
 * <p>Ids are part of every record; an id is never given to another codec.
 *
 * <table>
 * <caption>Codecs</caption>
 * <tr><th>id</th><th>name</th><th>encodes</th></tr>
 * <tr><td>1</td><td>{@code kryo}</td><td>object graphs, by field names; the default</td></tr>
 * <tr><td>2</td><td>{@code java}</td><td>serialisable object graphs, as the JDK does</td></tr>
 * <tr><td>3</td><td>{@code raw}</td><td>strings, numbers, arrays of primitives, as they are</td></tr>
 * <tr><td>4</td><td>{@code json}</td><td>object graphs as text; with Jackson</td></tr>
 * <tr><td>5</td><td>{@code fory}</td><td>object graphs, faster; with Apache Fory</td></tr>
 * </table>
 *
 * <p>0 stands for no codec. A codec keeps what it learns about classes: make one and keep it.
 */
public final class Codecs {
  static final int KRYO = 1;
  static final int JAVA = 2;
  static final int RAW = 3;
  static final int JSON = 4;
  static final int FORY = 5;

  private record Known(String codecName, int id, Function<CodecOptions, Codec> factory) {}

  private static final List<Known> ALL =
      List.of(
          new Known("kryo", KRYO, KryoCodec::new),
          new Known("java", JAVA, JavaCodec::new),
          new Known("raw", RAW, options -> new RawCodec()),
          new Known("json", JSON, Codecs::json),
          new Known("fory", FORY, Codecs::fory));

  private Codecs() {}

  private static Codec json(CodecOptions options) {
    OptionalJar.JACKSON.require("json");
    return new JsonCodec(options);
  }

  private static Codec fory(CodecOptions options) {
    OptionalJar.FORY.require("fory");
    return new ForyCodec(options);
  }

  /** Returns the names of all codecs, the default first. */
  public static List<String> names() {
    return ALL.stream().map(known -> known.codecName).toList();
  }

  /**
   * Returns a new codec by its name.
   *
   * @throws IllegalArgumentException if there is none of this name; the message lists the names
   * @throws ArchiveException if it needs a library that is not there; the message names it
   */
  public static Codec named(String name, CodecOptions options) {
    for (Known known : ALL) {
      if (known.codecName.equals(name)) {
        return known.factory.apply(options);
      }
    }
    throw new IllegalArgumentException(
        "codec: expected one of " + names() + ", found \"" + name + "\"");
  }

  /**
   * Returns a new codec by the id that a record names, whatever codec its archive writes with.
   *
   * @throws ArchiveException if there is none of this id
   */
  public static Codec ofRecord(int codecId, CodecOptions options) {
    for (Known known : ALL) {
      if (known.id == codecId) {
        return known.factory.apply(options);
      }
    }
    throw new ArchiveException(
        "the record names codec "
            + codecId
            + ", expected one of "
            + ALL.stream().map(known -> known.id + " " + known.codecName).toList()
            + "; it was written by a newer version, or is damaged");
  }
}
