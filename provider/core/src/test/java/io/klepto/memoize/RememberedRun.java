package io.klepto.memoize;

import java.nio.file.Path;

/**
 * A program that remembers a slow function in a folder, and tells of each evaluation and result.
 */
public final class RememberedRun {
  private RememberedRun() {}

  /**
   * Runs.
   *
   * @param arguments the folder, and how many calls to make
   */
  public static void main(String[] arguments) {
    try (Memoizer memoizer =
        Memoizer.builder("run").archive(Path.of(arguments[0])).safe().build()) {
      RememberedFunction<Integer, String> function =
          memoizer.memoize(
              "square",
              n -> {
                say("evaluating " + n);
                return n + " squared is " + (long) n * n;
              });
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        say("result " + function.apply(i));
      }
    }
    say("end");
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
