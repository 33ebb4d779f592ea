package io.klepto.archive.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OpenGateTest {
  private final OpenGate gate = new OpenGate("the store");

  @Test
  void call_whileOpen_isMade() {
    assertEquals("result", gate.call(() -> "result"));
  }

  @Test
  void call_onceClosed_isNotMade() {
    assertTrue(gate.close());
    AtomicBoolean made = new AtomicBoolean();
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> gate.run(() -> made.set(true)));
    assertTrue(thrown.getMessage().contains("the store"), thrown.getMessage());
    assertFalse(made.get());
    assertFalse(gate.close());
  }

  @Test
  void close_waitsForTheCallInside() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> call =
        CompletableFuture.runAsync(
            () ->
                gate.run(
                    () -> {
                      inside.countDown();
                      awaitUninterrupted(leave);
                      done.set(true);
                    }));
    inside.await();
    CompletableFuture<Boolean> doneAtClose =
        CompletableFuture.supplyAsync(
            () -> {
              gate.close();
              return done.get();
            });
    leave.countDown();
    assertTrue(doneAtClose.get());
    call.get();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
