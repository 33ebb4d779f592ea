package io.klepto.memoize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A program that works on dictionaries in a folder, in a process of its own, and says what it has
 * done.
 */
final class DictProgram {
  private DictProgram() {}

  static CacheDictBuilder<Integer, String> dict(Path folder) {
    return CacheDict.builder("shared", Integer.class, String.class).directory(folder);
  }

  /**
   * Runs {@code change} (changes all of an open dictionary, then waits for ever), {@code fill from
   * to} (saves each entry by itself), or {@code compute from to} (a remembered function).
   */
  public static void main(String... arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    switch (arguments[1]) {
      case "change" -> change(folder);
      case "fill" -> fill(folder, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      case "compute" ->
          compute(folder, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      default -> throw new IllegalArgumentException(arguments[1]);
    }
  }

  private static void change(Path folder) throws IOException {
    try (CacheDict<Integer, String> dict = dict(folder).open()) {
      dict.replaceAll((key, value) -> "changed");
      dict.keySet().removeIf(key -> key % 2 == 0);
      dict.put(-1, "new");
      System.out.println("changed");
      System.out.println(System.in.read());
    }
  }

  private static void fill(Path folder, int from, int to) {
    for (int i = from; i < to; i++) {
      try (CacheDict<Integer, String> dict = dict(folder).open()) {
        dict.put(i, "value " + i);
      }
      System.out.println(i);
    }
  }

  private static void compute(Path folder, int from, int to) {
    Function<Integer, String> remembered =
        dict(folder)
            .wrap(
                key -> {
                  System.out.println("computing " + key);
                  return "value " + key;
                });
    for (int i = from; i < to; i++) {
      String result = remembered.apply(i);
      System.out.println("has " + i + " " + result);
    }
    System.out.println("done");
  }
}
