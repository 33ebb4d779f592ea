package io.klepto.archive.testkit.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.StoresByUri;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The program of the processes that are killed: works on a store and prints a line for all that was
 * acknowledged. Arguments: what to do, namespace, name, number of threads, whether they are
 * interrupted, whether the namespace is its own, and settings as {@code name=value}. The URI comes
 * by its input.
 *
 * <ul>
 *   <li>{@code play}: prints {@code opening}, opens, prints {@code open}; each thread plays its
 *       {@link Script} and prints its number, the step, and {@link #ACKNOWLEDGED}, {@link #REFUSED}
 *       or {@link #BROKEN}, until it is killed, or its input ends
 *   <li>{@code found}: prints {@code ready}; for each URI opens the store, plays one step, closes
 *       and prints {@code made}, until there are no more
 * </ul>
 */
final class AttackWorker {
  static final String ACKNOWLEDGED = "+";
  static final String REFUSED = "!";
  static final String BROKEN = "?";

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
  private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
  private final StoreOptions options;
  private final String name;

  private AttackWorker(StoreOptions options, String name) {
    this.options = options;
    this.name = name;
  }

  /** Runs the program. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (int i = 6; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      settings.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    StoreOptions options =
        new StoreOptions(arguments[1], Optional.empty(), Map.of()).with(StoreSettings.of(settings));
    AttackWorker worker = new AttackWorker(options, arguments[2]);
    switch (arguments[0]) {
      case "play" ->
          worker.play(
              Integer.parseInt(arguments[3]),
              Boolean.parseBoolean(arguments[4]),
              Boolean.parseBoolean(arguments[5]));
      case "found" -> worker.found();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Returns the arguments of the program. */
  static String[] arguments(
      String task,
      AttackTarget target,
      String namespace,
      String name,
      int threads,
      boolean interrupted,
      boolean alone) {
    List<String> arguments = new ArrayList<>(List.of(task, namespace, name));
    arguments.add(Integer.toString(threads));
    arguments.add(Boolean.toString(interrupted));
    arguments.add(Boolean.toString(alone));
    target.settings().values().forEach((setting, value) -> arguments.add(setting + "=" + value));
    return arguments.toArray(String[]::new);
  }

  /** Returns the script of a thread. */
  static Script scriptOf(String worker, int thread, boolean alone) {
    return new Script(worker + "." + thread, alone);
  }

  private void play(int threads, boolean interrupted, boolean alone) throws IOException {
    URI location = URI.create(in.readLine());
    endWithParent();
    out.println("opening");
    // Stays open until the process is killed.
    Store store = StoresByUri.open(location, options);
    out.println("open");
    List<Thread> playing = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      Script script = scriptOf(name, thread, alone);
      playing.add(new Thread(() -> play(store, script, number), "player " + number));
    }
    playing.forEach(Thread::start);
    if (interrupted) {
      Interrupter.forever(playing, new Random(name.hashCode()));
    }
  }

  /** Ends this process when its input ends, as it does when the parent is gone. */
  private void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                in.readLine(); // nothing else is sent
              } catch (IOException e) {
                out.println("input lost: " + e);
              } finally {
                Runtime.getRuntime().halt(1);
              }
            },
            "end with parent");
    watch.setDaemon(true);
    watch.start();
  }

  private void play(Store store, Script script, int thread) {
    for (int step = 1; true; step++) {
      String outcome = ACKNOWLEDGED;
      try {
        Set<?> failed = script.step(step).callOn(store);
        outcome = failed.isEmpty() ? ACKNOWLEDGED : REFUSED + " " + failed;
      } catch (ArchiveException e) {
        outcome = REFUSED + " " + oneLine(e);
      } catch (RuntimeException | Error e) {
        outcome = BROKEN + " " + oneLine(e);
      }
      out.println(thread + " " + step + " " + outcome);
    }
  }

  private static String oneLine(Throwable failure) {
    return failure.toString().replaceAll("\\s+", " ");
  }

  private void found() throws IOException {
    out.println("ready");
    Step step = foundingStep(name);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      try (Store store = StoresByUri.open(URI.create(line), options)) {
        step.callOn(store);
      }
      out.println("made");
    }
  }

  /** Returns the one step that is played on each archive that is founded. */
  static Step foundingStep(String worker) {
    Script script = scriptOf(worker, 0, false);
    int number = 1;
    while (!(script.step(number) instanceof Step.PutAll)) {
      number++;
    }
    return script.step(number);
  }
}
