package io.klepto.archive.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.keymap.KeyBytes;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The program of the child processes: opens a store by its URI and works, printing a line for all
 * that was acknowledged. Arguments: what to do, URI, namespace, name of the worker, and a number
 * where one is needed.
 *
 * <ul>
 *   <li>{@code write}: prints {@code open}, then puts 1, 2, 3… under the keys of {@link #keyOf},
 *       and removes each 10th, until it is killed; prints each number when it is acknowledged
 *   <li>{@code count}: waits for a line of input, then increments the counter {@code counter} by
 *       the number, and prints {@code done}
 *   <li>{@code open}: waits for a line of input, then opens, puts its name under its name and
 *       prints {@code done}
 * </ul>
 */
final class StoreWorker {
  /** How many keys a writer uses, over and over. */
  static final int KEYS = 40;

  /** Each step with a multiple of this number removes its key instead of writing it. */
  static final int REMOVE_EVERY = 10;

  private static final int PAYLOAD_SPREAD = 3_000;

  private final PrintStream out;
  private final String name;

  private StoreWorker(PrintStream out, String name) {
    this.out = out;
    this.name = name;
  }

  /** Runs the program. */
  public static void main(String[] arguments) throws IOException {
    URI location = URI.create(arguments[1]);
    StoreOptions options = new StoreOptions(arguments[2], Optional.empty(), Map.of());
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    StoreWorker worker = new StoreWorker(out, arguments[3]);
    switch (arguments[0]) {
      case "write" -> worker.write(location, options);
      case "count" -> worker.count(location, options, Integer.parseInt(arguments[4]));
      case "open" -> worker.open(location, options);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private void write(URI location, StoreOptions options) {
    try (Store store = openStore(location, options)) {
      out.println("open");
      for (int step = 1; true; step++) {
        if (step % REMOVE_EVERY == 0) {
          store.remove(keyOf(name, step));
        } else {
          store.put(keyOf(name, step), contentOf(name, step));
        }
        out.println(step);
      }
    }
  }

  private void count(URI location, StoreOptions options, int increments) throws IOException {
    try (Store store = openStore(location, options)) {
      out.println("open");
      awaitStart();
      for (int i = 0; i < increments; i++) {
        StoreCounter.increment(store, key("counter"));
      }
    }
    out.println("done");
  }

  private void open(URI location, StoreOptions options) throws IOException {
    out.println("ready");
    awaitStart();
    try (Store store = openStore(location, options)) {
      store.put(key(name), contentOf(name, 1));
    }
    out.println("done");
  }

  private static void awaitStart() throws IOException {
    while (System.in.read() != '\n') {
      // the parent sends one line
    }
  }

  static Store openStore(URI location, StoreOptions options) {
    return StoresByUri.open(location, options);
  }

  static KeyBytes key(String text) {
    return KeyBytes.of(text.getBytes(UTF_8));
  }

  /** Returns the key that a writer changes in a step. */
  static KeyBytes keyOf(String name, int step) {
    return key(name + "/" + step * 7 % KEYS);
  }

  /** Returns what a writer puts in a step: text of a length that differs from step to step. */
  static RecordContent contentOf(String name, int step) {
    String text = name + ":" + step + ":" + "x".repeat(step * 37 % PAYLOAD_SPREAD);
    return new RecordContent(0, 0, RecordTimes.eternal(step), text.getBytes(UTF_8));
  }
}
