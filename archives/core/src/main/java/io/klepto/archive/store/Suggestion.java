package io.klepto.archive.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** The word that somebody meant who wrote another one: for messages about settings. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * Returns the nearest word, if one is near: a third of its letters may differ, or two; letters
   * are the same in upper and lower case, and so are {@code _} and {@code -}.
   *
   * @param words those that are known
   * @param written what was found instead
   */
  public static Optional<String> among(Collection<String> words, String written) {
    return words.stream()
        .filter(word -> distance(word, written) <= Math.max(2, word.length() / 3))
        .min(Comparator.comparingInt(word -> distance(word, written)));
  }

  /**
   * Returns the end of a message, with its semicolon: the nearest word, or all of them.
   *
   * @param words those that are known
   * @param written what was found instead
   */
  public static String remedy(Collection<String> words, String written) {
    return among(words, written)
        .map(word -> "; did you mean " + word + "?")
        .orElseGet(() -> "; known are " + String.join(", ", new TreeSet<>(words)));
  }

  /** Returns how many letters must be put in, taken out or replaced (Levenshtein). */
  private static int distance(String one, String other) {
    String a = folded(one);
    String b = folded(other);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
