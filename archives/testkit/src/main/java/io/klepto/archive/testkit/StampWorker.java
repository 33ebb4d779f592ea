package io.klepto.archive.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.store.KeyHold;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Stamps;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * The program of the child processes that use stamps and locks of keys. Arguments: what to do, URI,
 * namespace, and more where it is needed.
 *
 * <ul>
 *   <li>{@code work FILE INDEX WRITERS HOW}: prints {@code open}; then writes the keys whose number
 *       modulo the number of writers is its index, and reads all keys, each through a copy that it
 *       keeps by its stamp, until a line of input comes; prints its {@link Count}s. HOW: {@code
 *       plain} asks for no stamps and only writes, {@code clear} clears now and then, too
 *   <li>{@code hold KEY}: takes the lock of a key, prints {@code held}, and waits for a line
 *   <li>{@code serve}: prints {@code ready}, then obeys each line of input and prints a line:
 *       {@code make} the stamps, {@code put} the key {@code a}, print its stamp {@code at} this
 *       moment
 *   <li>{@code increment TIMES}: prints {@code open}, waits for a line, then counts under the lock
 *       of the key {@code counter} by a read and a blind write
 * </ul>
 */
final class StampWorker {
  /** How many keys there are. */
  static final int KEYS = 96;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int REMOVE_EVERY = 7;
  private static final int CLEAR_EVERY = 500;
  private static final int READS_BETWEEN_PAUSES = 2_000;
  private static final int MOST_PAUSE_NANOS = 100_000;

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
  private final Store store;

  private StampWorker(Store store) {
    this.store = store;
  }

  /**
   * What a worker did.
   *
   * @param reads how many reads it checked
   * @param hits how many of them the copy answered
   * @param writes how many changes it made
   * @param stale how many reads returned what was older than it must be
   */
  record Count(long reads, long hits, long writes, long stale) {
    /** Reads what a worker printed. */
    static Count of(String line) {
      String[] words = line.split(" ", -1);
      return new Count(
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]));
    }

    Count plus(Count more) {
      return new Count(
          reads + more.reads, hits + more.hits, writes + more.writes, stale + more.stale);
    }
  }

  /** Runs the program. */
  public static void main(String[] arguments) throws Exception {
    StoreOptions options = new StoreOptions(arguments[2], Optional.empty(), Map.of());
    try (Store store = StoresByUri.open(URI.create(arguments[1]), options)) {
      StampWorker worker = new StampWorker(store);
      switch (arguments[0]) {
        case "work" ->
            worker.work(
                Acknowledged.open(Path.of(arguments[3]), KEYS),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                arguments[6]);
        case "hold" -> worker.hold(key(arguments[3]));
        case "serve" -> worker.serve();
        case "increment" -> worker.increment(Integer.parseInt(arguments[3]));
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  private static void awaitLine() throws IOException {
    int next = System.in.read();
    while (next != '\n' && next >= 0) {
      next = System.in.read();
    }
  }

  static KeyBytes key(String text) {
    return KeyBytes.of(text.getBytes(UTF_8));
  }

  static RecordContent content(long step) {
    return new RecordContent(0, 0, RecordTimes.eternal(1), Long.toString(step).getBytes(UTF_8));
  }

  static long stepIn(StoreRecord record) {
    return Long.parseLong(new String(record.content().payload(), UTF_8));
  }

  private void hold(KeyBytes key) throws IOException {
    try (KeyHold hold = store.lockKey(key, PATIENCE).orElseThrow()) {
      out.println(hold == null ? "none" : "held");
      awaitLine();
    }
  }

  private void serve() throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    KeyBytes key = key("a");
    Stamps stamps = null;
    out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "make" -> stamps = store.stamps(1);
        case "put" -> store.put(key, content(1));
        case "at" -> {
          store.get(key);
          out.println(stamps.at(stamps.stripeOf(key)));
        }
        default -> throw new IllegalArgumentException(line);
      }
      if (!line.equals("at")) {
        out.println("done");
      }
    }
  }

  private void increment(int times) throws IOException {
    out.println("open");
    awaitLine();
    KeyBytes counter = key("counter");
    for (int i = 0; i < times; i++) {
      try (KeyHold hold = store.lockKey(counter, PATIENCE).orElseThrow()) {
        StoreRecord before = store.get(counter);
        store.put(counter, content(before == null || hold == null ? 1 : stepIn(before) + 1));
      }
    }
    out.println("done");
  }

  private void work(Acknowledged acknowledged, int index, int writers, String how)
      throws Exception {
    Thread stop = new Thread(StampWorker::awaitLineQuietly, "stop");
    stop.setDaemon(true);
    Writer writer = new Writer(acknowledged, index, writers, how.equals("clear"), stop);
    Reader reader = how.equals("plain") ? null : new Reader(acknowledged, store.stamps(KEYS), stop);
    out.println("open");
    stop.start();
    Thread writing = new Thread(writer::run, "writer");
    writing.start();
    if (reader != null) {
      reader.run();
    }
    writing.join();
    if (writer.failure != null) {
      throw writer.failure;
    }
    Count read = reader == null ? new Count(0, 0, 0, 0) : reader.count();
    out.println(
        "count " + read.reads() + " " + read.hits() + " " + writer.writes + " " + read.stale());
  }

  private static void awaitLineQuietly() {
    try {
      awaitLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes its keys for ever, telling each change that is acknowledged. */
  private final class Writer {
    private final Acknowledged acknowledged;
    private final int index;
    private final int writers;
    private final boolean clears;
    private final Thread stop;
    private final Random random = new Random();
    private long writes;
    private volatile RuntimeException failure;

    Writer(Acknowledged acknowledged, int index, int writers, boolean clears, Thread stop) {
      this.acknowledged = acknowledged;
      this.index = index;
      this.writers = writers;
      this.clears = clears;
      this.stop = stop;
    }

    void run() {
      if (index < 0) {
        return;
      }
      try {
        long step = 0;
        for (int key = index; key < KEYS; key += writers) {
          step = Math.max(step, Math.abs(acknowledged.step(key)));
          step = Math.max(step, acknowledged.removal(key));
        }
        step++; // what a killed writer did last may be there or not
        while (stop.isAlive()) {
          step++;
          change(step);
          writes++;
          LockSupport.parkNanos(random.nextInt(MOST_PAUSE_NANOS));
        }
      } catch (RuntimeException e) {
        failure = e;
      }
    }

    private void change(long step) {
      int key = index + writers * random.nextInt(KEYS / writers);
      if (clears && random.nextInt(CLEAR_EVERY) == 0) {
        for (int any = 0; any < KEYS; any++) {
          acknowledged.beginRemoval(any, step);
        }
        store.clear();
        for (int any = 0; any < KEYS; any++) {
          acknowledged.acknowledge(any, step, true);
        }
      } else if (random.nextInt(REMOVE_EVERY) == 0) {
        acknowledged.beginRemoval(key, step);
        store.remove(key("key " + key));
        acknowledged.acknowledge(key, step, true);
      } else if (random.nextInt(REMOVE_EVERY) == 0) {
        putTwo(key, (key + writers) % KEYS, step);
      } else {
        store.put(key("key " + key), content(step));
        acknowledged.acknowledge(key, step, false);
      }
    }

    private void putTwo(int one, int other, long step) {
      store
          .putAll(Map.of(key("key " + one), content(step), key("key " + other), content(step)))
          .orThrow();
      acknowledged.acknowledge(one, step, false);
      acknowledged.acknowledge(other, step, false);
    }
  }

  /** Reads all keys for ever, each through its copy. */
  private final class Reader {
    private final Acknowledged acknowledged;
    private final Stamps stamps;
    private final Thread stop;
    private final Random random = new Random();
    private final KeyBytes[] keys = new KeyBytes[KEYS];
    private final int[] stripes = new int[KEYS];
    private final long[] kept = new long[KEYS];
    private final long[] keptStamp = new long[KEYS];
    private long reads;
    private long hits;
    private long stale;

    Reader(Acknowledged acknowledged, Stamps stamps, Thread stop) {
      this.acknowledged = acknowledged;
      this.stamps = stamps;
      this.stop = stop;
      for (int key = 0; key < KEYS; key++) {
        keys[key] = key("key " + key);
        stripes[key] = stamps.stripeOf(keys[key]);
        keptStamp[key] = 1; // odd: nothing is kept
      }
    }

    void run() {
      while (stop.isAlive()) {
        for (int i = 0; i < READS_BETWEEN_PAUSES; i++) {
          check(random.nextInt(KEYS));
        }
        LockSupport.parkNanos(1); // the writers are to have their share of the cores
      }
    }

    private void check(int key) {
      long atLeast = acknowledged.step(key);
      long seen = acknowledged.seen(key);
      long found = read(key);
      boolean fresh =
          found == 0
              ? isRemovedSince(key, atLeast) && isRemovedSince(key, seen)
              : (found > Math.abs(atLeast) || found == atLeast) && found >= seen;
      reads++;
      if (!fresh) {
        stale++;
        out.println(
            "STALE key %d: expected step %d, of which %d was seen, or later, found %d"
                .formatted(key, atLeast, seen, found));
      }
    }

    /** Returns whether a key may be absent although a step has written it. */
    private boolean isRemovedSince(int key, long step) {
      return step <= 0 || acknowledged.removal(key) > step;
    }

    /** Returns the step that wrote a key, 0 if it has no record. */
    private long read(int key) {
      long stamp = stamps.at(stripes[key]);
      boolean even = (stamp & 1) == 0;
      if (even && keptStamp[key] == stamp) {
        hits++;
        return kept[key];
      }
      StoreRecord record = store.get(keys[key]);
      kept[key] = record == null ? 0 : stepIn(record);
      keptStamp[key] = even ? stamp : 1;
      acknowledged.see(key, kept[key]);
      return kept[key];
    }

    Count count() {
      return new Count(reads, hits, 0, stale);
    }
  }
}
