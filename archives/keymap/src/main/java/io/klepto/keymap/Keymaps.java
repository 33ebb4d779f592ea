package io.klepto.keymap;

import static java.util.Objects.requireNonNull;

import io.klepto.keymap.StandardKeymap.Form;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The standard keymaps; {@link StandardKeymap} tells their options.
 *
 * <p>Source: klepto's {@code keymap}, {@code hashmap}, {@code stringmap} and {@code picklemap}.
 */
public final class Keymaps {
  private Keymaps() {}

  /**
   * Returns the keymap whose keys are the arguments themselves where they can't change and compare
   * as keys do (strings, numbers, enums, {@code java.time} and their like): a single one as it is,
   * several as a list. Of other arguments, it keeps their canonical bytes.
   */
  public static StandardKeymap raw() {
    return new StandardKeymap(Form.RAW, "");
  }

  /** Returns the keymap whose keys are SHA-256 digests of canonical bytes, in hexadecimal. */
  public static StandardKeymap hash() {
    return hash("SHA-256");
  }

  /**
   * Returns the keymap whose keys are digests of canonical bytes, in hexadecimal. Two calls share a
   * key where the algorithm has a collision: with MD5 or SHA-1, an adversary can make them.
   *
   * @param algorithm a {@link MessageDigest} of this platform, as {@code SHA-256}; {@code md5},
   *     {@code sha1} and the like are understood too
   * @throws IllegalArgumentException if this platform has none of that name
   */
  public static StandardKeymap hash(String algorithm) {
    requireNonNull(algorithm, "algorithm");
    return new StandardKeymap(Form.HASH, canonicalName(algorithm));
  }

  /** Returns the keymap whose keys are texts that a person can read. */
  public static StandardKeymap string() {
    return new StandardKeymap(Form.STRING, "");
  }

  /** Returns the keymap whose keys are canonical bytes, as {@link KeyBytes}. */
  public static StandardKeymap serialized() {
    return new StandardKeymap(Form.SERIALIZED, "");
  }

  private static String canonicalName(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm).getAlgorithm();
    } catch (NoSuchAlgorithmException e) {
      // klepto's names lack the hyphen: sha256.
      String hyphenated = algorithm.replaceFirst("(?i)^sha(\\d)", "SHA-$1");
      try {
        return MessageDigest.getInstance(hyphenated).getAlgorithm();
      } catch (NoSuchAlgorithmException unknown) {
        throw new IllegalArgumentException(
            "hash keymap: expected a digest algorithm of this platform, such as SHA-256, found "
                + algorithm,
            unknown);
      }
    }
  }
}
