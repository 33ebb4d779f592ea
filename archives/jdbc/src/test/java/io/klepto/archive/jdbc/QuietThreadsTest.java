package io.klepto.archive.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class QuietThreadsTest {
  @Test
  void interruptedCaller_getsItsResultAndKeepsItsStatus() throws Exception {
    try (QuietThreads threads = new QuietThreads(1)) {
      Thread.currentThread().interrupt();
      boolean seenInside = threads.call(() -> Thread.currentThread().isInterrupted());
      assertTrue(Thread.interrupted());
      assertFalse(seenInside);
    }
  }

  @Test
  void callerInterruptedMidway_waitsToTheEnd() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicReference<Object> result = new AtomicReference<>();
    try (QuietThreads threads = new QuietThreads(1)) {
      Thread caller =
          new Thread(
              () -> {
                try {
                  String found =
                      threads.call(
                          () -> {
                            inside.countDown();
                            interrupted.await();
                            return "done";
                          });
                  result.set(found + " " + Thread.currentThread().isInterrupted());
                } catch (Exception e) {
                  result.set(e);
                }
              });
      caller.start();
      inside.await();
      caller.interrupt();
      interrupted.countDown();
      caller.join();
      assertEquals("done true", result.get());
    }
  }

  @Test
  void failures_areThoseOfTheCall() {
    try (QuietThreads threads = new QuietThreads(1)) {
      SQLException failure = new SQLException("x");
      assertSame(
          failure,
          assertThrows(
              SQLException.class,
              () ->
                  threads.call(
                      () -> {
                        throw failure;
                      })));
      StackOverflowError error = new StackOverflowError();
      assertSame(
          error,
          assertThrows(
              StackOverflowError.class,
              () ->
                  threads.call(
                      () -> {
                        throw error;
                      })));
    }
  }
}
