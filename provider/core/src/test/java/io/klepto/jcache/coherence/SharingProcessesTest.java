package io.klepto.jcache.coherence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes with one archive: what each reads, changes and computes. */
@Timeout(300)
final class SharingProcessesTest {
  @TempDir Path folder;
  private final List<SharingProcess> processes = new ArrayList<>();
  private Board board;

  @BeforeEach
  void open() throws Exception {
    board = Board.open(folder);
  }

  @AfterEach
  void end() {
    processes.forEach(SharingProcess::close);
  }

  private URI location(String scheme) {
    Path place = scheme.equals("file") ? folder.resolve("shared.klepto") : folder.resolve("shared");
    return URI.create(scheme + ":" + place.toUri().getRawPath());
  }

  private SharingProcess start(String scheme, int number, Object... task) throws Exception {
    SharingProcess process = SharingProcess.start(folder, location(scheme), number, task);
    processes.add(process);
    return process;
  }

  private void startAll(int count, String scheme, Object... task) throws Exception {
    for (int i = 0; i < count; i++) {
      start(scheme, i, task);
    }
  }

  private long sumOfNumbers() throws Exception {
    long sum = 0;
    for (SharingProcess process : processes) {
      sum += process.number();
    }
    return sum;
  }

  private void allEnded() throws Exception {
    for (SharingProcess process : processes) {
      process.ended();
    }
  }

  /** Returns the lines of the table: process, reads, stale, writes. */
  private long[] attack(String scheme, int count, int reads) throws Exception {
    startAll(count, scheme, "attack", reads, count);
    for (SharingProcess process : processes) {
      String line = process.line();
      while (line != null && line.startsWith("stale")) {
        System.out.println(line);
        line = process.line();
      }
      assertEquals("done", line);
    }
    board.set(Board.STOP, 1);
    long[] total = new long[3];
    for (SharingProcess process : processes) {
      for (int i = 0; i < 3; i++) {
        total[i] += process.number();
      }
    }
    System.out.printf(
        "%s: %d processes, %,d checked reads, %,d writes, removes and clears meanwhile, %d stale%n",
        scheme, count, total[0], total[2], total[1]);
    allEnded();
    return total;
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "dir"})
  void twoProcessesUnderLoad_noReadIsStale(String scheme) throws Exception {
    assertEquals(0, attack(scheme, 2, 60_000)[1]);
  }

  @Test
  void fourProcessesUnderLoad_noReadIsStale() throws Exception {
    assertEquals(0, attack("file", 4, 30_000)[1]);
  }

  @Tag("soak")
  @ParameterizedTest
  @CsvSource({"file, 2", "file, 4", "dir, 2", "dir, 4"})
  void soak_noReadIsStale(String scheme, int count) throws Exception {
    assertEquals(0, attack(scheme, count, 2_000_000)[1]);
  }

  private void killWriters(String scheme, int kills, long seed) throws Exception {
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    SharingProcess reader = start(scheme, 0, "attack", 40_000 * kills, 3);
    for (int i = 0; i < kills; i++) {
      SharingProcess victim = start(scheme, 1, "attack", Integer.MAX_VALUE, 3);
      long writes = board.get(Board.FIRST + SharingProgram.KEYS + 1 + 1);
      long many = writes + 20 + random.nextInt(200);
      while (board.get(Board.FIRST + SharingProgram.KEYS + 1 + 1) < many && victim.isAlive()) {
        Thread.onSpinWait();
      }
      victim.kill();
      processes.remove(victim);
    }
    String line = reader.line();
    while (line != null && !line.equals("done")) {
      System.out.println(line);
      line = reader.line();
    }
    board.set(Board.STOP, 1);
    long reads = reader.number();
    long stale = reader.number();
    System.out.printf(
        "%s: %d writers killed, %,d checked reads, %d stale%n", scheme, kills, reads, stale);
    assertEquals(0, stale);
    allEnded();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "dir"})
  void writersKilledAtRandom_noReadIsStale(String scheme) throws Exception {
    killWriters(scheme, 2, new Random().nextLong());
  }

  @Tag("soak")
  @ParameterizedTest
  @ValueSource(strings = {"file", "dir"})
  void soakWritersKilledAtRandom_noReadIsStale(String scheme) throws Exception {
    killWriters(scheme, 40, new Random().nextLong());
  }

  @Test
  void counterByInvoke_losesNothingAndRunsEachProcessorOnce() throws Exception {
    startAll(3, "file", "invoke", 400);
    assertEquals(1200, sumOfNumbers());
    assertEquals(1200, board.get(Board.FIRST));
    allEnded();
    assertEquals(1200, counter("file"));
  }

  private long counter(String scheme) throws Exception {
    SharingProcess last = start(scheme, 9, "swap", 1);
    return 9_000_001 - last.number();
  }

  @Test
  void counterByReplace_losesNothing() throws Exception {
    startAll(3, "dir", "replace", 150);
    sumOfNumbers();
    allEnded();
    assertEquals(450, counter("dir"));
  }

  @Test
  void getAndPut_givesEachValueToOneSuccessor() throws Exception {
    startAll(3, "file", "swap", 300);
    long left = sumOfNumbers(); // all that was put but not got: the last one
    allEnded();
    assertEquals(left, counter("file"));
  }

  @Test
  void putIfAbsentAndRemove_succeedForOneEach() throws Exception {
    startAll(3, "file", "ids", 300);
    assertEquals(300, sumOfNumbers());
    board.set(Board.STOP, 1);
    assertEquals(300, sumOfNumbers());
    allEnded();
  }

  @Test
  void processKilledWhileCounting_othersGoOnAndLoseNothing() throws Exception {
    SharingProcess victim = start("file", 0, "invoke", Integer.MAX_VALUE);
    startAll(2, "file", "invoke", 300);
    while (board.get(Board.FIRST + 1) < 150 && victim.isAlive()) {
      Thread.onSpinWait();
    }
    victim.kill();
    processes.remove(victim);
    sumOfNumbers();
    allEnded();
    long acknowledged = board.get(Board.FIRST + 1);
    long counted = counter("file");
    assertTrue(
        counted == acknowledged || counted == acknowledged + 1,
        "acknowledged " + acknowledged + ", counted " + counted);
  }

  private void computedOnce(int from, int count) {
    for (int i = from; i < from + count; i++) {
      assertEquals(1, board.get(Board.FIRST + i), "key " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "dir"})
  void computedByThree_eachKeyOnceInTotal(String scheme) throws Exception {
    startAll(3, scheme, "compute", 200);
    allEnded();
    computedOnce(0, 200);
  }

  @Test
  void loadedInBulkByThree_eachKeyOnceInTotal() throws Exception {
    startAll(3, "file", "load", 200);
    allEnded();
    computedOnce(0, 200);
  }

  @Test
  void recursionInTwo_endsAndComputesEachOnce() throws Exception {
    startAll(2, "file", "recursion", 60);
    allEnded();
    computedOnce(0, 61);
    for (int i = 0; i < 60; i++) {
      assertTrue(board.get(Board.FIRST + 1000 + i) <= 1);
      assertTrue(board.get(Board.FIRST + 2000 + i) <= 1);
    }
  }

  @Test
  void processKilledWhileComputing_freesItsKeyAtOnce() throws Exception {
    SharingProcess victim = start("file", 0, "hang", 0);
    assertEquals("computing", victim.line());
    SharingProcess waiting = start("file", 1, "wait", 3_600_000);
    assertEquals("waiting", waiting.line());
    victim.kill();
    processes.remove(victim);
    assertTrue(waiting.line().startsWith("5 "));
    waiting.ended();
  }

  @Test
  void processSuspendedWhileComputing_isWaitedForNoLongerThanSaid() throws Exception {
    assumeFalse(
        System.getProperty("os.name").startsWith("Windows"), "no way to suspend a process here");
    SharingProcess suspended = start("file", 0, "hang", 0);
    assertEquals("computing", suspended.line());
    suspended.signal("STOP");
    SharingProcess waiting = start("file", 1, "wait", 500);
    assertEquals("waiting", waiting.line());
    assertTrue(waiting.line().startsWith("5 "));
    waiting.ended();
    suspended.signal("CONT");
  }
}
