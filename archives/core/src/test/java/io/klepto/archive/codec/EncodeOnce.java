package io.klepto.archive.codec;

import io.klepto.archive.codec.SampleClasses.Derived;
import java.util.List;

/** A program that encodes and decodes one object, and says so. */
final class EncodeOnce {
  private EncodeOnce() {}

  /** Prints {@code encoded}, if the object came back and the application's property was kept. */
  public static void main(String[] arguments) {
    Codec codec =
        Codecs.named(
            "kryo",
            new CodecOptions(
                ClassAllowList.of(List.of(Derived.class), List.of()),
                EncodeOnce.class.getClassLoader()));
    byte[] bytes = codec.encode(new Derived("d"));
    Object back = codec.decode(codec.version(), bytes, 0, bytes.length);
    boolean kept = System.getProperty("kryo.unsafe") == null;
    System.out.println(back.equals(new Derived("d")) && kept ? "encoded" : "lost");
  }
}
