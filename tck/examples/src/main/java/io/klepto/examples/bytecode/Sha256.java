package io.klepto.examples.bytecode;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform has. */
public final class Sha256 {
  private Sha256() {}

  /** Returns a digest that has seen nothing yet. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256, which it must have", e);
    }
  }

  /** Returns the digest of some bytes: 32 bytes. */
  public static byte[] of(byte[] bytes) {
    return start().digest(bytes);
  }
}
