package io.klepto.keymap.code;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the code of a function was when it was looked at: a digest of the whole, and one for each
 * method that takes part, so that two versions can be compared.
 *
 * <p>Equal digests mean equal code as {@link CodeVersions} sees it. Immutable.
 */
public final class CodeVersion implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String digest;
  private final TreeMap<String, String> parts;

  private CodeVersion(SortedMap<String, String> parts) {
    this.parts = new TreeMap<>(parts);
    this.digest = digestOf(this.parts.toString());
  }

  /**
   * Puts a version together from its parts, such as those that were kept of an earlier run.
   *
   * @param parts the digests of methods by their names, as {@link #parts()} returned them
   */
  public static CodeVersion of(Map<String, String> parts) {
    return new CodeVersion(new TreeMap<>(requireNonNull(parts, "parts")));
  }

  /** Returns the digest of the whole: 64 lower-case hexadecimal digits. */
  public String digest() {
    return digest;
  }

  /**
   * Returns the digests of the methods and initializers that take part, by their names, such as
   * {@code com.example.Model.fit(double[])}; unmodifiable.
   */
  public SortedMap<String, String> parts() {
    return Collections.unmodifiableSortedMap(parts);
  }

  /**
   * Returns what makes this version another than an earlier one, a line for each method: changed,
   * no longer part of it, or new; empty if the versions are equal.
   */
  public List<String> changesSince(CodeVersion earlier) {
    TreeSet<String> names = new TreeSet<>(parts.keySet());
    names.addAll(earlier.parts.keySet());
    List<String> changes = new ArrayList<>();
    for (String name : names) {
      String now = parts.get(name);
      String before = earlier.parts.get(name);
      if (before == null) {
        changes.add(name + " is new");
      } else if (now == null) {
        changes.add(name + " is no longer part of it");
      } else if (!now.equals(before)) {
        changes.add(name + " has changed");
      }
    }
    return changes;
  }

  static String digestOf(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodeVersion that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  /** Returns the first digits of the digest, and how many methods take part. */
  @Override
  public String toString() {
    return "code version " + digest.substring(0, 12) + " of " + parts.size() + " methods";
  }
}
