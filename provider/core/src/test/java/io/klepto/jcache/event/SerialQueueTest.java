package io.klepto.jcache.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SerialQueueTest {
  private final CapturedLog log = new CapturedLog();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<Integer> consumed = new ArrayList<>();

  @Test
  void moreThanABatch_isSpreadOverTasks_oneAtATime() {
    SerialQueue<Integer> queue = new SerialQueue<>("test", () -> log, tasks::add, consumed::add);
    int count = 2 * SerialQueue.BATCH + 1;
    IntStream.range(0, count).forEach(queue::add);
    List<Integer> afterEach = new ArrayList<>();
    while (!tasks.isEmpty()) {
      assertEquals(1, tasks.size());
      tasks.remove().run();
      afterEach.add(consumed.size());
    }
    assertEquals(List.of(SerialQueue.BATCH, 2 * SerialQueue.BATCH, count), afterEach);
    assertEquals(IntStream.range(0, count).boxed().toList(), consumed);
  }

  @Test
  void consumerAdds_itsElementFollows() {
    List<SerialQueue<Integer>> self = new ArrayList<>();
    SerialQueue<Integer> queue =
        new SerialQueue<>(
            "test",
            () -> log,
            Runnable::run,
            element -> {
              consumed.add(element);
              if (element < 3) {
                self.get(0).add(element + 1);
                assertTrue(consumed.size() == element, "consumed within the consumer");
              }
            });
    self.add(queue);
    queue.add(1);
    assertEquals(List.of(1, 2, 3), consumed);
  }

  @Test
  void executorRefuses_elementsAreDroppedAndCounted_laterOnesAreConsumed() {
    boolean[] refuse = {false};
    SerialQueue<Integer> queue =
        new SerialQueue<>(
            "listener of cache books",
            () -> log,
            task -> {
              if (refuse[0]) {
                throw new RejectedExecutionException("shut down");
              }
              tasks.add(task);
            },
            consumed::add);
    refuse[0] = true;
    queue.add(1);
    assertEquals(1, log.lines().size());
    String message = log.lines().get(0).message();
    assertTrue(message.startsWith("listener of cache books has lost 1 event(s)"), message);
    refuse[0] = false;
    queue.add(2);
    tasks.remove().run();
    assertEquals(List.of(2), consumed);
  }
}
