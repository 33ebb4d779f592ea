package io.klepto.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Numbers of a comparison, kept as text, so that a run of some parts replaces those and leaves the
 * others. A line each: what was measured, who, row, entries, threads, number. Not thread-safe.
 */
final class Results {
  /** What a number says. */
  enum Measure {
    /** Millions of calls a second, by all threads together. */
    RATE,
    /** The longest call in ms, by the wall clock. */
    LONGEST,
    /** At most so many ms of it did its thread run; the rest it waited, or another program ran. */
    LONGEST_RAN,
    /** Bytes of heap for an entry beyond key and value. */
    BYTES
  }

  /** Of what a number is. */
  record Key(Measure measure, String who, String row, int entries, int threads)
      implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::measure)
            .thenComparing(Key::who)
            .thenComparing(Key::row)
            .thenComparing(Key::threads)
            .thenComparing(Key::entries);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private final TreeMap<Key, Double> numbers = new TreeMap<>();

  /** Reads a file that {@link #write} made; nothing if it is not there. */
  static Results read(Path file) throws IOException {
    Results results = new Results();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] words = line.strip().split(" +");
          if (words.length != 6) {
            throw new IOException(
                file + ": expected six words on each line, found \"" + line + "\"");
          }
          results.put(
              new Key(
                  Measure.valueOf(words[0]),
                  words[1],
                  words[2],
                  Integer.parseInt(words[3]),
                  Integer.parseInt(words[4])),
              Double.parseDouble(words[5]));
        }
      }
    }
    return results;
  }

  /** Writes all numbers under a line that says where they come from. */
  void write(Path file, String machine) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# " + machine);
    lines.add("# measure (RATE: M calls/s, LONGEST: ms, BYTES: beyond key and value), who, row,");
    lines.add("# entries, threads, number");
    numbers.forEach(
        (key, number) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%-11s %-10s %-10s %9d %3d %10.3f",
                    key.measure(),
                    key.who(),
                    key.row(),
                    key.entries(),
                    key.threads(),
                    number)));
    Files.write(file, lines);
  }

  void put(Key key, double number) {
    numbers.put(key, number);
  }

  /** Returns the numbers of one row by the number of entries, for one number of threads. */
  List<Plot.Point> byEntries(Measure measure, String who, String row, int threads) {
    return numbers.entrySet().stream()
        .filter(each -> is(each.getKey(), measure, who, row) && each.getKey().threads() == threads)
        .map(each -> new Plot.Point(each.getKey().entries(), Math.max(0.001, each.getValue())))
        .toList();
  }

  /** Returns the numbers of one row by the number of threads, for one number of entries. */
  List<Plot.Point> byThreads(Measure measure, String who, String row, int entries) {
    return numbers.entrySet().stream()
        .filter(each -> is(each.getKey(), measure, who, row) && each.getKey().entries() == entries)
        .map(each -> new Plot.Point(each.getKey().threads(), Math.max(0.001, each.getValue())))
        .toList();
  }

  private static boolean is(Key key, Measure measure, String who, String row) {
    return key.measure() == measure && key.who().equals(who) && key.row().equals(row);
  }
}
