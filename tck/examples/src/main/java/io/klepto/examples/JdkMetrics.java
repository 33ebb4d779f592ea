package io.klepto.examples;

import io.klepto.examples.bytecode.ClassName;
import io.klepto.examples.bytecode.ClassSource;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The main job: measures the bytecode of every class of the running JDK, and remembers each result
 * in an archive on disk.
 *
 * <p>A first run takes a while; the second computes nothing. Killed in the middle, even by {@code
 * kill -9}, it goes on where it was. Results go to standard output, progress and complaints to
 * standard error. Exit codes: 0 done, 1 failed, 2 wrong arguments.
 */
public final class JdkMetrics {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private final PrintStream out;
  private final PrintStream err;

  /** What a stop by Ctrl-C ends; null before the job has begun. Read by the shutdown hook. */
  private volatile Progress progress;

  JdkMetrics(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the job with the options that {@code --help} lists, and ends the JVM. */
  public static void main(String[] arguments) {
    JdkMetrics program = new JdkMetrics(System.out, System.err);
    Runtime.getRuntime().addShutdownHook(new Thread(program::interrupted, "jdk-metrics-stop"));
    System.exit(program.run(List.of(arguments)));
  }

  /** Runs the job, and returns the exit code. */
  int run(List<String> arguments) {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      err.println("jdk-metrics: " + e.getMessage());
      return WRONG_ARGUMENTS;
    }
    if (options.help()) {
      out.print(Options.USAGE);
      return DONE;
    }
    try {
      return run(options);
    } catch (ExecutionException e) {
      err.println("jdk-metrics: " + reason(e.getCause()));
      return FAILED;
    } catch (IOException | RuntimeException e) {
      err.println("jdk-metrics: " + reason(e));
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("jdk-metrics: interrupted");
      return FAILED;
    }
  }

  private int run(Options options) throws IOException, ExecutionException, InterruptedException {
    long start = System.nanoTime();
    ClassSource source = ClassSource.ofRunningJdk();
    List<ClassName> found =
        options.module().isPresent() ? source.list(options.module().get()) : source.list();
    List<ClassName> classes = found.stream().limit(options.limit()).toList();
    if (classes.isEmpty()) {
      err.println(
          "jdk-metrics: --module: expected a module of this JDK, found \""
              + options.module().orElse("")
              + "\"; java --list-modules lists them");
      return WRONG_ARGUMENTS;
    }
    Summary summary = new Summary(classes.size());
    progress =
        Terminal.isInteractive()
            ? Progress.bar(err, System::nanoTime, classes.size(), Terminal.columns(System.getenv()))
            : Progress.lines(err, System::nanoTime, classes.size());
    try (ComputedLog log = ComputedLog.open(options.log())) {
      new MetricsJob(source, classes, log, progress, summary)
          .run(options.archive(), options.fresh(), options.threads());
    } finally {
      progress.end();
    }
    summary.printResults(out);
    out.println();
    summary.printCosts(out, System.nanoTime() - start);
    out.println("archive     " + options.archive().toAbsolutePath());
    return DONE;
  }

  private void interrupted() {
    if (progress != null) {
      progress.interrupted();
    }
  }

  /** Returns the messages of an exception and its causes, outermost first. */
  private static String reason(Throwable failure) {
    StringBuilder reason = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      reason.append(reason.isEmpty() ? "" : "\n  because: ").append(cause);
    }
    return reason.toString();
  }
}
