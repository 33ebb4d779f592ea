package io.klepto.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code @CacheResult}: results, exceptions, and when the method runs. */
final class CacheResultTest {
  /** Methods with every setting. */
  interface Library {
    @CacheResult(cacheName = "titles")
    String title(int number);

    @CacheResult(cacheName = "titles")
    String titleFor(String reader, @CacheKey int number);

    @CacheResult(cacheName = "titles", skipGet = true)
    String refreshed(int number);

    @CacheResult(cacheName = "counts")
    int count();

    @CacheResult(cacheName = "texts", exceptionCacheName = "failures")
    String text(String file) throws IOException;

    @CacheResult(
        cacheName = "texts",
        exceptionCacheName = "failures",
        cachedExceptions = IOException.class,
        nonCachedExceptions = FileNotFoundException.class)
    String filtered(String file) throws IOException;

    @CacheResult(cacheName = "texts", exceptionCacheName = "failures", skipGet = true)
    String reread(String file) throws IOException;

    @CacheResult(
        cacheName = "texts",
        exceptionCacheName = "failures",
        cachedExceptions = OutOfMemoryError.class)
    String big(String file);

    @CacheResult(cacheName = "texts")
    String unkept(String file) throws IOException;
  }

  static final class Shelf implements Library {
    final List<Object> calls = new ArrayList<>();
    Object answer = "Walden";

    private Object answered(Object call) {
      calls.add(call);
      return answer;
    }

    private String read(String file) throws IOException {
      calls.add(file);
      if (answer instanceof IOException failure) {
        throw failure;
      }
      if (answer instanceof RuntimeException failure) {
        throw failure;
      }
      if (answer instanceof Error failure) {
        throw failure;
      }
      return (String) answer;
    }

    @Override
    public String title(int number) {
      return (String) answered(number);
    }

    @Override
    public String titleFor(String reader, int number) {
      return (String) answered(number);
    }

    @Override
    public String refreshed(int number) {
      return (String) answered(number);
    }

    @Override
    public int count() {
      return (Integer) answered("count");
    }

    @Override
    public String text(String file) throws IOException {
      return read(file);
    }

    @Override
    public String filtered(String file) throws IOException {
      return read(file);
    }

    @Override
    public String reread(String file) throws IOException {
      return read(file);
    }

    @Override
    public String big(String file) {
      try {
        return read(file);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String unkept(String file) throws IOException {
      return read(file);
    }
  }

  @RegisterExtension final TestManager caches = new TestManager();
  private final Shelf shelf = new Shelf();

  private Library library() {
    return Annotations.with(caches.manager()).proxy(Library.class, shelf);
  }

  @Test
  void secondCall_isAnsweredByTheCache() {
    Library library = library();

    assertEquals("Walden", library.title(1));
    assertEquals("Walden", library.title(1));
    assertEquals(List.of(1), shelf.calls);

    library.title(2);
    assertEquals(List.of(1, 2), shelf.calls);
  }

  @Test
  void cachedPrimitive_isUnboxed() {
    Library library = library();
    shelf.answer = 3;

    assertEquals(3, library.count());
    assertEquals(3, library.count());
    assertEquals(List.of("count"), shelf.calls);
  }

  @Test
  void methodsOfOneCache_shareEntriesByKeyParameters() {
    Library library = library();

    library.title(1);
    assertEquals("Walden", library.titleFor("Ann", 1));

    assertEquals(List.of(1), shelf.calls);
  }

  @Test
  void nullResult_isNotKept() {
    Library library = library();
    shelf.answer = null;

    assertNull(library.title(1));
    assertNull(library.title(1));

    assertEquals(List.of(1, 1), shelf.calls);
  }

  @Test
  void skipGet_alwaysRunsAndReplacesWhatIsKept() {
    Library library = library();
    library.title(1);
    shelf.answer = "Typee";

    assertEquals("Typee", library.refreshed(1));
    assertEquals("Typee", library.title(1));

    assertEquals(List.of(1, 1), shelf.calls);
  }

  @Test
  void skipGet_nullResultRemovesWhatWasKept() {
    Library library = library();
    library.title(1);
    shelf.answer = null;

    assertNull(library.refreshed(1));
    assertNull(library.title(1));

    assertEquals(List.of(1, 1, 1), shelf.calls);
  }

  @Test
  void exception_withoutExceptionCache_isNotKept() {
    Library library = library();
    shelf.answer = new IOException("disk");

    assertThrows(IOException.class, () -> library.unkept("a"));
    assertThrows(IOException.class, () -> library.unkept("a"));

    assertEquals(2, shelf.calls.size());
  }

  @Test
  void exception_withExceptionCache_isThrownAgain() {
    caches.byReference("failures");
    Library library = library();
    IOException failure = new IOException("disk");
    shelf.answer = failure;

    assertSame(failure, assertThrows(IOException.class, () -> library.text("a")));
    assertSame(failure, assertThrows(IOException.class, () -> library.text("a")));

    assertEquals(List.of("a"), shelf.calls);
  }

  @Test
  void exception_inCacheThatCopies_isThrownAgain() {
    Library library = library();
    shelf.answer = new IOException("disk");

    assertThrows(IOException.class, () -> library.text("a"));
    IOException again = assertThrows(IOException.class, () -> library.text("a"));

    assertEquals("disk", again.getMessage());
    assertEquals(List.of("a"), shelf.calls);
  }

  @Test
  void exceptionFilters_keepWhatIsListedAndNotExcluded() {
    Library library = library();
    shelf.answer = new IOException("disk");
    assertThrows(IOException.class, () -> library.filtered("kept"));
    assertThrows(IOException.class, () -> library.filtered("kept"));
    assertEquals(1, shelf.calls.size());

    shelf.answer = new FileNotFoundException("gone");
    assertThrows(FileNotFoundException.class, () -> library.filtered("excluded"));
    assertThrows(FileNotFoundException.class, () -> library.filtered("excluded"));
    assertEquals(3, shelf.calls.size());

    shelf.answer = new IllegalStateException("unlisted");
    assertThrows(IllegalStateException.class, () -> library.filtered("unlisted"));
    assertThrows(IllegalStateException.class, () -> library.filtered("unlisted"));
    assertEquals(5, shelf.calls.size());
  }

  @Test
  void skipGet_ignoresKeptExceptionsAndKeepsNewOnes() throws IOException {
    Library library = library();
    shelf.answer = new IOException("first");
    assertThrows(IOException.class, () -> library.text("a"));
    shelf.answer = new IOException("second");

    assertThrows(IOException.class, () -> library.reread("a"));

    assertEquals(2, shelf.calls.size());
    IOException kept = assertThrows(IOException.class, () -> library.text("a"));
    assertEquals("second", kept.getMessage());
    shelf.answer = "text";
    assertEquals("text", library.reread("a"));
    assertEquals("text", library.text("a"));
  }

  @Test
  void errorOfTheMachine_isKeptOnlyIfNamed() {
    Library library = library();
    shelf.answer = new StackOverflowError("deep");
    assertThrows(StackOverflowError.class, () -> library.text("a"));
    assertThrows(StackOverflowError.class, () -> library.text("a"));
    assertEquals(2, shelf.calls.size());

    shelf.answer = new OutOfMemoryError("heap");
    assertThrows(OutOfMemoryError.class, () -> library.big("b"));
    assertThrows(OutOfMemoryError.class, () -> library.big("b"));
    assertEquals(3, shelf.calls.size());
  }

  /** Can't be copied, and so not be kept by value. */
  private static final class Stuck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // that it is not serialisable is what it is for
    private final Thread thread = Thread.currentThread();

    @Override
    public String getMessage() {
      return "stuck in " + thread.getName();
    }
  }

  @Test
  void exceptionThatCannotBeKept_isThrownWithTheReasonSuppressed() {
    Library library = library();
    Stuck failure = new Stuck();
    shelf.answer = failure;

    assertSame(failure, assertThrows(Stuck.class, () -> library.text("a")));

    assertEquals(1, failure.getSuppressed().length);
    assertInstanceOf(CacheException.class, failure.getSuppressed()[0]);
  }
}
