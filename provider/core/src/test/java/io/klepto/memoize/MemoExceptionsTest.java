package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a function throws reaches the caller as it is, and is remembered only if asked for. */
final class MemoExceptionsTest {
  @TempDir Path folder;

  private final AtomicInteger evaluations = new AtomicInteger();

  private <E extends Throwable> int fail(E failure) throws E {
    evaluations.incrementAndGet();
    throw failure;
  }

  @Test
  void checkedException_passesAsItIsAndIsNotRemembered() {
    IOException failure = new IOException("disk");
    try (Memoizer memoizer = Memoizer.builder("test").build()) {
      RememberedCallable<Integer> function = memoizer.memoizeCallable("f", () -> fail(failure));
      assertSame(failure, assertThrows(IOException.class, function::call));
      assertSame(failure, assertThrows(IOException.class, function::call));
      assertEquals(2, evaluations.get());
      assertEquals(0, function.info().size());
    }
  }

  @Test
  void runtimeExceptionAndError_passAsTheyAre() {
    IllegalArgumentException failure = new IllegalArgumentException("argument");
    AssertionError error = new AssertionError("bug");
    try (Memoizer memoizer = Memoizer.builder("test").safe().build()) {
      RememberedFunction<Integer, Integer> function = memoizer.memoize("f", n -> fail(failure));
      RememberedFunction<Integer, Integer> broken = memoizer.memoize("g", n -> fail(error));
      assertSame(failure, assertThrows(IllegalArgumentException.class, () -> function.apply(1)));
      assertSame(error, assertThrows(AssertionError.class, () -> broken.apply(1)));
      assertEquals(2, evaluations.get(), "a safe function does not try again what fails by itself");
    }
  }

  @Test
  void rememberedException_isTheSameAgainAndOthersAreNotRemembered() {
    IOException failure = new FileNotFoundException("gone");
    try (Memoizer memoizer =
        Memoizer.builder("test").rememberExceptions(IOException.class).build()) {
      RememberedCallable<Integer> function = memoizer.memoizeCallable("f", () -> fail(failure));
      assertSame(failure, assertThrows(IOException.class, function::call));
      assertSame(failure, assertThrows(IOException.class, function::call));
      assertEquals(1, evaluations.get());
      NoSuchElementException absent =
          assertThrows(NoSuchElementException.class, () -> function.lookup());
      assertSame(failure, absent.getCause());
      RememberedFunction<Integer, Integer> other =
          memoizer.memoize("g", n -> fail(new IllegalStateException("other")));
      assertThrows(IllegalStateException.class, () -> other.apply(1));
      assertThrows(IllegalStateException.class, () -> other.apply(1));
      assertEquals(3, evaluations.get());
    }
  }

  @Test
  void rememberedExceptionStoredByValue_isTheSameInTheFirstCall() {
    IOException failure = new IOException("disk");
    try (Memoizer memoizer =
        Memoizer.builder("test")
            .configure(cache -> cache.storeByValue(true))
            .rememberExceptions(Exception.class)
            .build()) {
      RememberedFunction<String, Integer> function =
          memoizer.memoize(
              "f",
              text -> {
                throw MemoFailure.rethrow(failure);
              });
      assertSame(failure, assertThrows(IOException.class, () -> function.apply("a")));
      IOException again = assertThrows(IOException.class, () -> function.apply("a"));
      assertEquals("disk", again.getMessage());
    }
  }

  @Test
  void rememberedException_comesBackFromTheArchive() {
    for (int run = 0; run < 2; run++) {
      try (Memoizer memoizer =
          Memoizer.builder("test").archive(folder).rememberExceptions(IOException.class).build()) {
        RememberedCallable<Integer> function =
            memoizer.memoizeCallable("f", () -> fail(new FileNotFoundException("gone")));
        IOException found = assertThrows(IOException.class, function::call);
        assertInstanceOf(FileNotFoundException.class, found);
        assertEquals("gone", found.getMessage());
      }
    }
    assertEquals(1, evaluations.get());
  }
}
