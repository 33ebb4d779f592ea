package io.klepto.memoize;

import static java.util.Objects.requireNonNull;

/**
 * What a {@link CacheDict} or a {@link SingleValueCache} may do: read what is stored, evaluate what
 * is not, write what is new.
 *
 * <p>A remembered function looks for a stored result if it reads, calls the function if it found
 * none and evaluates, and stores what it has called for if it writes: {@code rew} remembers, {@code
 * ew} computes anew and stores, {@code r} never computes, {@code e} does as if nothing were
 * remembered.
 *
 * <p>Source: pecapiku's {@code access}. Deviations: no letters mean no access, everywhere; a letter
 * that means nothing is refused.
 *
 * @param reads whether stored results are read
 * @param evaluates whether functions are called
 * @param writes whether results are stored
 */
public record Access(boolean reads, boolean evaluates, boolean writes) {
  /** Everything: {@code rew}. */
  public static final Access ALL = new Access(true, true, true);

  /**
   * Returns the access of some letters out of {@code r}, {@code e} and {@code w}, in any order.
   *
   * @throws IllegalArgumentException if there is another letter
   */
  public static Access of(String letters) {
    requireNonNull(letters, "letters");
    for (int i = 0; i < letters.length(); i++) {
      if ("rew".indexOf(letters.charAt(i)) < 0) {
        throw new IllegalArgumentException(
            "access: expected letters out of r, e and w, found \"" + letters + "\"");
      }
    }
    return new Access(letters.contains("r"), letters.contains("e"), letters.contains("w"));
  }

  /** Returns the letters, in the order of {@code rew}. */
  @Override
  public String toString() {
    return (reads ? "r" : "") + (evaluates ? "e" : "") + (writes ? "w" : "");
  }
}
