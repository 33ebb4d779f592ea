package io.klepto.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.function.Function;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * A run of a class of JMH benchmarks, printed as a table with the machine beneath. A benchmark that
 * fails ends the run. Not thread-safe.
 */
public final class JmhReport {
  private final ChainedOptionsBuilder options;

  /**
   * Makes a run of all benchmarks of a class.
   *
   * @param quick fewer repetitions than the class asks for
   */
  public JmhReport(Class<?> benchmarks, boolean quick) {
    this(benchmarks, "", quick);
  }

  /**
   * Makes a run of one benchmark of a class.
   *
   * @param method its method; all if empty
   * @param quick fewer repetitions than the class asks for
   */
  public JmhReport(Class<?> benchmarks, String method, boolean quick) {
    options =
        new OptionsBuilder()
            .include(benchmarks.getName() + "\\." + (method.isEmpty() ? "" : method + "$"))
            .shouldFailOnError(true);
    if (quick) {
      options.forks(1).warmupIterations(3).measurementIterations(3);
    }
  }

  /** Takes these values of a parameter instead of those that the class names. */
  public JmhReport with(String parameter, String... values) {
    options.param(parameter, values);
    return this;
  }

  /** Gives an argument to the JVMs of the benchmarks. */
  public JmhReport withArgument(String argument) {
    options.jvmArgsPrepend(argument);
    return this;
  }

  /** Takes repetitions of that length instead of what the class asks for. */
  public JmhReport lasting(TimeValue warmup, TimeValue measurement) {
    options.warmupTime(warmup).measurementTime(measurement);
    return this;
  }

  /** Takes so many threads. */
  public JmhReport threads(int threads) {
    options.threads(threads);
    return this;
  }

  /** Runs. */
  public Collection<RunResult> run() throws RunnerException {
    return new Runner(options.build()).run();
  }

  /** Runs, and prints what {@code table} makes of the results. */
  public void print(PrintStream out, Function<Collection<RunResult>, TextTable> table)
      throws RunnerException {
    out.print(table.apply(run()));
    out.println();
    out.println(Machine.line());
  }

  /** Returns half the range from the least repetition to the greatest, in percent of the score. */
  public static double spread(Result<?> measured) {
    return 50
        * (measured.getStatistics().getMax() - measured.getStatistics().getMin())
        / measured.getScore();
  }
}
