package io.klepto.examples.bytecode;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;

/**
 * What a remembered report is filed under: a class, and what its class file held.
 *
 * <p>The digest makes the key honest. After an update of the JDK the classes that changed have
 * other keys and are computed; those that did not are still known.
 *
 * @param className the class
 * @param sha256 the SHA-256 of the class file, in lower-case hexadecimal
 */
public record ClassKey(ClassName className, String sha256) {
  /** Checks that both are there. */
  public ClassKey {
    requireNonNull(className, "className");
    requireNonNull(sha256, "sha256");
  }

  /** Returns the key of a class whose class file is the given bytes. */
  public static ClassKey of(ClassName className, byte[] classFile) {
    return new ClassKey(className, HexFormat.of().formatHex(Sha256.of(classFile)));
  }

  @Override
  public String toString() {
    return className + " " + sha256;
  }
}
