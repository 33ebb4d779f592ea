package io.klepto.examples;

import io.klepto.memoize.CacheDirectory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@link JdkMetrics} was told on the command line.
 *
 * @param help whether only the usage is wanted
 * @param fresh whether what is remembered is forgotten first
 * @param archive the folder of the archive
 * @param module the only module to analyze, if there is one
 * @param limit the most classes to analyze
 * @param threads how many threads analyze
 * @param log the file that gets a line for each class that was computed, if there is one
 */
record Options(
    boolean help,
    boolean fresh,
    Path archive,
    Optional<String> module,
    int limit,
    int threads,
    Optional<Path> log) {
  static final String USAGE =
      """
      Usage: java -jar klepto-examples.jar [options]

      Measures the bytecode of every class of the JDK that runs it, and remembers each
      result on disk at once. Kill it whenever you like: the next run goes on from there.

        --archive DIR   where results are remembered; unless given, the folder
                        klepto/jdk-metrics among this user's caches
        --fresh         forget what is remembered there first
        --module NAME   only the classes of one module, such as java.base
        --limit N       only the first N classes, by module and name
        --threads N     how many threads compute; unless given, one per processor
        --log FILE      append a line for each class that was computed, once it is
                        safely remembered
        --help          print this
      """;

  /**
   * Returns what the arguments say.
   *
   * @throws IllegalArgumentException if they are wrong; the message is for the user
   */
  static Options parse(List<String> arguments) {
    Builder builder = new Builder();
    Iterator<String> left = arguments.iterator();
    while (left.hasNext()) {
      builder.read(left.next(), left);
    }
    return builder.build();
  }

  private static final class Builder {
    private boolean help;
    private boolean fresh;
    private Path archive;
    private String module;
    private int limit = Integer.MAX_VALUE;
    private int threads = Runtime.getRuntime().availableProcessors();
    private Path log;

    void read(String option, Iterator<String> left) {
      switch (option) {
        case "--help", "-h" -> help = true;
        case "--fresh" -> fresh = true;
        case "--archive" -> archive = path(option, value(option, left));
        case "--module" -> module = value(option, left);
        case "--limit" -> limit = positive(option, value(option, left));
        case "--threads" -> threads = positive(option, value(option, left));
        case "--log" -> log = path(option, value(option, left));
        default ->
            throw new IllegalArgumentException(
                "unknown argument \"" + option + "\"; --help lists the options");
      }
    }

    Options build() {
      Path folder = archive != null ? archive : CacheDirectory.standard().resolve("jdk-metrics");
      return new Options(
          help,
          fresh,
          folder,
          Optional.ofNullable(module),
          limit,
          threads,
          Optional.ofNullable(log));
    }

    private static String value(String option, Iterator<String> left) {
      if (!left.hasNext()) {
        throw new IllegalArgumentException(
            option + ": expected a value after it, found the end of the command line");
      }
      return left.next();
    }

    private static int positive(String option, String value) {
      try {
        int number = Integer.parseInt(value);
        if (number >= 1) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(notPositive(option, value), e);
      }
      throw new IllegalArgumentException(notPositive(option, value));
    }

    private static String notPositive(String option, String value) {
      return option
          + ": expected a whole number from 1 to "
          + Integer.MAX_VALUE
          + ", found \""
          + value
          + "\"";
    }

    private static Path path(String option, String value) {
      try {
        return Path.of(value);
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException(
            option + ": expected a path, found \"" + value + "\": " + e.getReason(), e);
      }
    }
  }
}
