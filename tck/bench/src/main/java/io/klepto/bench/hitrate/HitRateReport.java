package io.klepto.bench.hitrate;

import io.klepto.bench.TextTable;
import io.klepto.jcache.config.EvictionPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Replays traces through our caches, under the policies and sizes asked for, and prints hit rates
 * beside those of a {@linkplain ReferenceModel reference model} of the policy and of Caffeine,
 * which has a policy of its own.
 *
 * <p>Words are traces: {@code zipf}, {@code scan}, {@code loop}, {@code mixed}, names of text files
 * with a key a line, {@code -} for standard input; the four generated ones if there is none.
 */
public final class HitRateReport {
  private static final long SEED = 20261123;
  private static final int LENGTH = 1_000_000;
  private static final int QUICK_LENGTH = 200_000;
  private static final int KEYS = 65_536;
  private static final List<Integer> SIZES = List.of(1_024, 4_096, 16_384);

  private HitRateReport() {}

  /**
   * Prints the table.
   *
   * @param in where the trace {@code -} comes from
   * @param words traces, and {@code --seed=}, {@code --length=}, {@code --keys=} of generated ones,
   *     {@code --sizes=} and {@code --policies=} with commas, {@code --threads=}, {@code --quick}
   * @throws IllegalArgumentException if a word is none of these
   */
  public static void print(PrintStream out, InputStream in, List<String> words) throws IOException {
    Options options = new Options(words);
    long seed = options.number("seed", SEED);
    int length = options.count("length", words.contains("--quick") ? QUICK_LENGTH : LENGTH);
    int keys = options.count("keys", KEYS);
    int threads = options.count("threads", 1);
    List<Integer> sizes = options.list("sizes", Integer::valueOf).orElse(SIZES);
    List<EvictionPolicy> policies =
        options
            .list("policies", name -> EvictionPolicy.valueOf(name.toUpperCase(Locale.ROOT)))
            .orElse(List.of(EvictionPolicy.values()));
    List<String> named = options.others();
    if (named.isEmpty()) {
      named = Arrays.stream(TraceKind.values()).map(Enum::name).toList();
    }
    TextTable table =
        new TextTable(
            "trace", "calls", "keys", "entries", "policy", "hits", "klepto", "model", "caffeine");
    for (String name : named) {
      Optional<TraceKind> kind = TraceKind.of(name);
      Trace trace =
          kind.isPresent()
              ? kind.get().generate(length, keys, seed)
              : name.equals("-") ? Trace.read("standard input", in) : Trace.of(Path.of(name));
      for (int entries : sizes) {
        String rival = percent(Replay.hitsOfCaffeine(trace, entries, threads), trace);
        for (EvictionPolicy policy : policies) {
          Replay.Outcome ours = Replay.replay(trace, policy, entries, seed, threads);
          long expected = Replay.hits(ours.asked(), ReferenceModel.of(policy, entries, seed));
          table.add(
              List.of(
                  trace.title(),
                  number(trace.length()),
                  number(trace.distinct()),
                  number(entries),
                  policy.name(),
                  number(ours.hits()),
                  percent(ours.hits(), trace),
                  percent(expected, trace),
                  rival));
        }
      }
    }
    out.print(table);
    out.println();
    out.println("hit rates in percent; seed " + seed + ", threads " + threads);
  }

  private static String percent(long hits, Trace trace) {
    return String.format(Locale.ROOT, "%.3f", 100.0 * hits / trace.length());
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** The words of the command. */
  private record Options(List<String> words) {
    private static final List<String> NAMES =
        List.of("seed", "length", "keys", "threads", "sizes", "policies");

    Options {
      for (String word : words) {
        boolean known =
            !word.startsWith("--")
                || word.equals("--quick")
                || NAMES.stream().anyMatch(name -> word.startsWith("--" + name + "="));
        if (!known) {
          throw new IllegalArgumentException(
              "option " + word + ": expected --quick or one of " + NAMES + ", as in --seed=1");
        }
      }
    }

    List<String> others() {
      return words.stream().filter(word -> !word.startsWith("--")).toList();
    }

    long number(String name, long otherwise) {
      return value(name).map(text -> parsed(name, text, Long::valueOf)).orElse(otherwise);
    }

    int count(String name, int otherwise) {
      int value = value(name).map(text -> parsed(name, text, Integer::valueOf)).orElse(otherwise);
      if (value < 1) {
        throw new IllegalArgumentException(
            "--" + name + ": expected a number of at least 1, found " + value);
      }
      return value;
    }

    <T> Optional<List<T>> list(String name, Function<String, T> parser) {
      return value(name)
          .map(
              text -> {
                List<T> values = new ArrayList<>();
                for (String part : text.split(",", -1)) {
                  values.add(parsed(name, part, parser));
                }
                return values;
              });
    }

    private Optional<String> value(String name) {
      String prefix = "--" + name + "=";
      return words.stream()
          .filter(word -> word.startsWith(prefix))
          .map(word -> word.substring(prefix.length()))
          .reduce((first, last) -> last);
    }

    private static <T> T parsed(String name, String text, Function<String, T> parser) {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "--"
                + name
                + ": expected "
                + (name.equals("policies") ? Arrays.toString(EvictionPolicy.values()) : "a number")
                + ", found "
                + text,
            e);
      }
    }
  }
}
