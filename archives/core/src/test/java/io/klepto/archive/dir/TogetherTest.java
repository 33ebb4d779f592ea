package io.klepto.archive.dir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TogetherTest {
  private static final List<Integer> MANY = IntStream.range(0, 200).boxed().toList();

  @Test
  void forEach_callsTheActionOnceForEachSubject() {
    Queue<Integer> called = new ConcurrentLinkedQueue<>();
    assertEquals(Map.of(), Together.forEach(MANY, called::add));
    assertEquals(MANY, called.stream().sorted().toList());
  }

  @Test
  void forEach_goesOnBehindFailures_andReturnsThemBySubject() {
    Queue<Integer> called = new ConcurrentLinkedQueue<>();
    Map<Integer, RuntimeException> failures =
        Together.forEach(
            MANY,
            number -> {
              called.add(number);
              if (number % 50 == 7) {
                throw new ArchiveException("number " + number);
              }
            });
    assertEquals(MANY.size(), called.size());
    assertEquals(Set.of(7, 57, 107, 157), failures.keySet());
    assertEquals("number 57", failures.get(57).getMessage());
    assertThrows(ArchiveException.class, () -> Together.throwFirst(failures));
  }

  @Test
  void forEach_whereAnErrorStrikesInAnyThread_throwsIt() {
    Error error = new StackOverflowError();
    for (int victim : MANY) {
      Error thrown =
          assertThrows(
              StackOverflowError.class,
              () ->
                  Together.forEach(
                      MANY,
                      number -> {
                        if (number == victim) {
                          throw error;
                        }
                      }));
      assertSame(error, thrown);
    }
  }

  @Test
  void forEach_inAnInterruptedThread_doesAllAndKeepsTheStatus() {
    Queue<Integer> called = new ConcurrentLinkedQueue<>();
    Thread.currentThread().interrupt();
    Together.forEach(MANY, called::add);
    assertTrue(Thread.interrupted());
    assertEquals(MANY.size(), called.size());
  }
}
