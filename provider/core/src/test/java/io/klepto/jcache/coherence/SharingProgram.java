package io.klepto.jcache.coherence;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.Coherence;
import io.klepto.jcache.config.ComputeOnce;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.Sharing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One of the processes that share an archive in a test: folder, archive, its number, its task. */
public final class SharingProgram implements AutoCloseable {
  static final int KEYS = 24;
  private static final int ACKNOWLEDGED = Board.FIRST;
  private static final int BEGUN = ACKNOWLEDGED + KEYS + 1;

  private final KleptoCachingProvider provider = new KleptoCachingProvider();
  private final Path folder;
  private final URI location;
  private final int me;
  private final Board board;

  private SharingProgram(Path folder, URI location, int me) throws Exception {
    this.folder = folder;
    this.location = location;
    this.me = me;
    this.board = Board.open(folder);
  }

  /** Does the task, and prints what came of it. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int me = Integer.parseInt(arguments[2]);
    int amount = Integer.parseInt(arguments[4]);
    try (SharingProgram program = new SharingProgram(folder, URI.create(arguments[1]), me)) {
      switch (arguments[3]) {
        case "attack" -> program.attack(amount, Integer.parseInt(arguments[5]));
        case "invoke" -> program.invoke(amount);
        case "replace" -> program.replace(amount);
        case "swap" -> program.swap(amount);
        case "ids" -> program.ids(amount);
        case "compute" -> program.compute(amount);
        case "load" -> program.load(amount);
        case "recursion" -> program.recursion(amount);
        case "hang" -> program.hang();
        case "wait" -> program.waitFor(amount);
        default -> throw new IllegalArgumentException(arguments[3]);
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private <V> KleptoCache<String, V> cache(
      String name, Class<V> type, Sharing sharing, Function<String, V> loading) {
    var configuration =
        KleptoConfiguration.builder(String.class, type).archive(location).sharing(sharing);
    if (loading != null) {
      configuration.loading(loading);
    }
    return (KleptoCache<String, V>)
        provider.getCacheManager().createCache(name, configuration.build());
  }

  private KleptoCache<String, Long> coherent(String name) {
    return cache(name, Long.class, Sharing.builder().coherence(Coherence.STAMPS).build(), null);
  }

  private static Sharing once(boolean coherent, Duration wait) {
    return Sharing.builder()
        .coherence(coherent ? Coherence.STAMPS : Coherence.NONE)
        .computeOnce(ComputeOnce.HOST)
        .computeWait(wait)
        .build();
  }

  /** Writes its own keys for ever, and checks a number of reads of all. */
  private void attack(int reads, int processes) throws Exception {
    KleptoCache<String, Long> numbers = coherent("numbers");
    KleptoCache<String, Long> cleared = coherent("cleared");
    CountDownLatch writing = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    Future<Long> writes = threads.submit(() -> write(numbers, cleared, processes, writing));
    while (!writing.await(1, TimeUnit.SECONDS)) {
      if (writes.isDone()) {
        writes.get(); // tells why nothing is written
      }
    }
    List<Future<long[]>> readers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      long seed = me * 31L + i;
      readers.add(threads.submit(() -> read(numbers, cleared, reads / 2, new Random(seed))));
    }
    long checked = 0;
    long stale = 0;
    for (Future<long[]> reader : readers) {
      checked += reader.get()[0];
      stale += reader.get()[1];
    }
    say("done");
    threads.shutdown();
    say("" + checked);
    say("" + stale);
    say("" + writes.get());
  }

  private long write(
      KleptoCache<String, Long> numbers,
      KleptoCache<String, Long> cleared,
      int processes,
      CountDownLatch writing) {
    long writes = 0;
    Random random = new Random(me);
    while (board.get(Board.STOP) == 0) {
      int key = me + processes * random.nextInt(KEYS / processes);
      if (me == 0 && writes % 16 == 0) {
        key = KEYS;
      }
      KleptoCache<String, Long> cache = key == KEYS ? cleared : numbers;
      long next = board.get(BEGUN + key) + 1;
      board.set(BEGUN + key, next);
      if (next % 4 != 0) {
        cache.put("k" + key, next);
      } else if (key == KEYS) {
        cache.clear();
      } else {
        cache.remove("k" + key);
      }
      board.set(ACKNOWLEDGED + key, next);
      writes++;
      writing.countDown();
    }
    return writes;
  }

  private long[] read(
      KleptoCache<String, Long> numbers,
      KleptoCache<String, Long> cleared,
      int reads,
      Random random) {
    long stale = 0;
    for (int i = 0; i < reads; i++) {
      int key = random.nextInt(KEYS + 1);
      KleptoCache<String, Long> cache = key == KEYS ? cleared : numbers;
      long from = board.get(ACKNOWLEDGED + key);
      Long found =
          switch (i & 7) {
            case 0 -> cache.getAll(Set.of("k" + key)).get("k" + key);
            case 1 -> cache.containsKey("k" + key) ? cache.get("k" + key) : null;
            default -> cache.get("k" + key);
          };
      long to = board.get(BEGUN + key);
      boolean right =
          found == null ? from == 0 || to / 4 > (from - 1) / 4 : found >= from && found <= to;
      if (!right) {
        stale++;
        say("stale: key " + key + " expected " + from + " to " + to + ", found " + found);
      }
    }
    return new long[] {reads, stale};
  }

  private void invoke(int times) {
    KleptoCache<String, Long> cache = coherent("counters");
    long runs = 0;
    for (int i = 0; i < times; i++) {
      runs +=
          cache.<Integer>invoke(
              "counter",
              (entry, arguments) -> {
                board.add(Board.FIRST, 1);
                entry.setValue(entry.exists() ? entry.getValue() + 1 : 1L);
                return 1;
              });
      board.add(Board.FIRST + 1, 1);
    }
    say("" + runs);
  }

  private void replace(int times) {
    KleptoCache<String, Long> cache = coherent("counters");
    cache.putIfAbsent("counter", 0L);
    for (int i = 0; i < times; i++) {
      Long old = cache.get("counter");
      while (!cache.replace("counter", old, old + 1)) {
        old = cache.get("counter");
      }
    }
    say("" + times);
  }

  private void swap(int times) {
    KleptoCache<String, Long> cache = coherent("counters");
    long put = 0;
    long got = 0;
    for (int i = 1; i <= times; i++) {
      long mine = me * 1_000_000L + i;
      put += mine;
      Long old = cache.getAndPut("counter", mine);
      got += old == null ? 0 : old;
    }
    say("" + (put - got));
  }

  private void ids(int times) {
    KleptoCache<String, Long> cache = coherent("counters");
    int taken = 0;
    int removed = 0;
    for (int i = 0; i < times; i++) {
      taken += cache.putIfAbsent("id" + i, (long) me) ? 1 : 0;
    }
    say("" + taken);
    while (board.get(Board.STOP) == 0) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < times; i++) {
      removed +=
          i % 2 == 0
              ? cache.remove("id" + i) ? 1 : 0
              : cache.getAndRemove("id" + i) != null ? 1 : 0;
    }
    say("" + removed);
  }

  private Integer computed(String key) {
    int number = Integer.parseInt(key.substring(1));
    board.add(Board.FIRST + number, 1);
    long until = System.nanoTime() + 1_000_000;
    while (System.nanoTime() < until) {
      Thread.onSpinWait(); // work, so that the others come meanwhile
    }
    return number;
  }

  private void compute(int keys) throws Exception {
    KleptoCache<String, Integer> cache =
        cache("results", Integer.class, once(me % 2 == 0, Duration.ofMinutes(1)), null);
    inThreads(
        4,
        () -> {
          for (int i = 0; i < keys; i++) {
            String key = "k" + i;
            if (cache.getOrCompute(key, this::computed) != i) {
              throw new AssertionError(key);
            }
          }
        });
    say("done");
  }

  private void load(int keys) throws Exception {
    KleptoCache<String, Integer> cache =
        cache("results", Integer.class, once(true, Duration.ofMinutes(1)), this::computed);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      all.add("k" + i);
    }
    inThreads(
        2,
        () -> {
          Collections.shuffle(all, new Random(me));
          for (int i = 0; i < keys; i += 20) {
            var some = new HashSet<>(all.subList(i, Math.min(keys, i + 20)));
            if (cache.getAll(some).size() != some.size()) {
              throw new AssertionError("" + some);
            }
          }
        });
    say("done");
  }

  private KleptoCache<String, Integer> recursive;

  private Integer fibonacci(int n) {
    return recursive.getOrCompute(
        "f" + n,
        key -> {
          board.add(Board.FIRST + n, 1);
          return n < 2 ? n : (fibonacci(n - 1) + fibonacci(n - 2)) % 1_000_007;
        });
  }

  private Integer even(int n) {
    return recursive.getOrCompute(
        "e" + n,
        key -> {
          board.add(Board.FIRST + 1000 + n, 1);
          return n == 0 ? 1 : odd(n - 1);
        });
  }

  private Integer odd(int n) {
    return recursive.getOrCompute(
        "o" + n,
        key -> {
          board.add(Board.FIRST + 2000 + n, 1);
          return n == 0 ? 0 : even(n - 1);
        });
  }

  private void recursion(int most) throws Exception {
    recursive = cache("recursive", Integer.class, once(true, Duration.ofMinutes(1)), null);
    inThreads(
        4,
        () -> {
          Random random = new Random(Thread.currentThread().getId() * 31 + me);
          for (int i = 0; i < 20; i++) {
            fibonacci(random.nextInt(most));
            int n = random.nextInt(most);
            if (even(n) != 1 - n % 2 || odd(n) != n % 2) {
              throw new AssertionError("" + n);
            }
          }
          fibonacci(most);
          even(most);
        });
    say("done");
  }

  private void hang() {
    KleptoCache<String, Integer> cache =
        cache("results", Integer.class, once(true, Duration.ofMinutes(1)), null);
    cache.getOrCompute(
        "k",
        key -> {
          say("computing");
          while (true) {
            Thread.onSpinWait();
          }
        });
  }

  private void waitFor(int millis) {
    KleptoCache<String, Integer> cache =
        cache("results", Integer.class, once(true, Duration.ofMillis(millis)), null);
    say("waiting");
    say("" + cache.getOrCompute("k", key -> 5) + " " + folder.getFileName());
  }

  private static void inThreads(int count, Runnable task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    List<Callable<Object>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(Executors.callable(task));
    }
    for (Future<Object> done : threads.invokeAll(tasks)) {
      done.get();
    }
    threads.shutdown();
  }

  @Override
  public void close() {
    provider.close();
  }
}
