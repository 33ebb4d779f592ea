package io.klepto.archive.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another process: a JVM with the class path of this one, whose output is read line by line, and
 * which can be killed at any moment as by {@code kill -9}.
 *
 * <p>A line counts once it is ended; what a killed process began to print does not. The errors that
 * it prints go to this process's standard error. Safe for use by many threads.
 */
public final class ChildJvm implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Thread reader;
  private final List<String> lines = new ArrayList<>(); // guarded by itself
  private boolean ended; // guarded by lines

  private ChildJvm(Process process, String name) {
    this.process = process;
    this.reader = new Thread(this::readLines, "output of " + name);
    this.reader.setDaemon(true);
  }

  /** Starts a JVM that runs the main method of a class. */
  public static ChildJvm start(Class<?> main, String... arguments) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", classPathOf(main));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      ChildJvm child = new ChildJvm(builder.start(), main.getSimpleName());
      child.reader.start();
      return child;
    } catch (IOException e) {
      throw new AssertionError("cannot start " + command + ": " + e, e);
    }
  }

  /** Returns the class path of this JVM, and what a test launcher's own class loader adds to it. */
  private static String classPathOf(Class<?> main) {
    List<String> entries = new ArrayList<>();
    for (ClassLoader loader = main.getClassLoader(); loader != null; loader = loader.getParent()) {
      if (loader instanceof URLClassLoader urls) {
        for (URL url : urls.getURLs()) {
          entries.add(Path.of(URI.create(url.toString())).toString());
        }
      }
    }
    entries.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, entries);
  }

  /** Returns the lines that it has printed so far. */
  public List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /**
   * Waits until it has printed that many lines.
   *
   * @throws AssertionError if it ends before, or takes more than two minutes
   */
  public void awaitLines(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      synchronized (lines) {
        while (lines.size() < count) {
          long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
          if (ended || leftMillis <= 0) {
            throw new AssertionError(
                "expected %d lines of the child process, found %d%s: %s"
                    .formatted(count, lines.size(), ended ? " at its end" : " in time", lines));
          }
          lines.wait(leftMillis);
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Writes a line to its standard input. */
  public void send(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new AssertionError("cannot write to the child process: " + e, e);
    }
  }

  /** Returns the number by which the system knows it. */
  public long pid() {
    return process.pid();
  }

  /** Kills it where it stands, and returns all the lines that it has printed. */
  public List<String> kill() {
    // Not Process.destroyForcibly, which closes the output before all of it is read.
    process.toHandle().destroyForcibly();
    return awaitEnd();
  }

  /**
   * Waits for its own end and returns all lines.
   *
   * @throws AssertionError if it fails, or takes more than two minutes
   */
  public List<String> awaitSuccess() {
    List<String> all = awaitEnd();
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "expected exit value 0 of the child process, found "
              + process.exitValue()
              + ", after "
              + all);
    }
    return all;
  }

  private List<String> awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "expected the child process to end within "
                + PATIENCE_SECONDS
                + " s, found it running");
      }
      reader.join();
      return lines();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Kills it if it is still running. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void readLines() {
    try (InputStream in = new BufferedInputStream(process.getInputStream())) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          add(line.toString(UTF_8).stripTrailing());
          line.reset();
        } else {
          line.write(next);
        }
      }
    } catch (IOException e) {
      add("output lost, closed before its end: " + e);
    } finally {
      synchronized (lines) {
        ended = true;
        lines.notifyAll();
      }
    }
  }

  private void add(String line) {
    synchronized (lines) {
      lines.add(line);
      lines.notifyAll();
    }
  }

  private static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting for the child process", e);
  }
}
