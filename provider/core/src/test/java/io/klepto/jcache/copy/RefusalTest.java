package io.klepto.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can't be copied is refused by name. */
@SuppressWarnings({"UnusedVariable", "UnnecessaryStringBuilder"}) // looked at by the copier alone
final class RefusalTest {
  private final Copier copier = Copiers.byValue(RefusalTest.class.getClassLoader());

  private static final class OwnThread extends Thread {}

  private static final class OwnStream extends InputStream {
    @Override
    public int read() {
      return -1;
    }
  }

  private static final class Holder {
    final Object held;
    transient Object ignored;

    Holder(Object held) {
      this.held = held;
    }
  }

  static List<Object> uncopyable() {
    StringBuilder captured = new StringBuilder();
    return List.of(
        new Thread(),
        new OwnThread(),
        new OwnStream(),
        new ByteArrayInputStream(new byte[0]),
        new ByteArrayOutputStream(),
        new StringWriter(),
        new URLClassLoader(new URL[0], null),
        new Socket(),
        new ThreadLocal<>(),
        new WeakReference<>("x"),
        new CompletableFuture<>(),
        MethodHandles.lookup(),
        Object.class.getMethods()[0],
        new HashMap<>(Map.of(1, 2)).keySet(),
        List.of(1).iterator(),
        (Supplier<Object>) () -> "stateless",
        (Supplier<Object>) () -> captured);
  }

  @ParameterizedTest
  @MethodSource("uncopyable")
  void copy_whatHasNoCopy_throwsAndNamesTheClass(Object value) {
    String name = value.getClass().getName();
    CacheException error = assertThrows(CacheException.class, () -> copier.copy(value));
    assertTrue(error.getMessage().startsWith("cannot copy " + name + ":"), error.getMessage());
    assertTrue(error.getMessage().contains("expected"), error.getMessage());
    assertTrue(error.getMessage().contains("setStoreByValue(false)"), error.getMessage());
  }

  @ParameterizedTest
  @MethodSource("uncopyable")
  void copy_objectThatHoldsIt_throwsAndTellsTheWayToIt(Object value) {
    Object root = new ArrayList<>(List.of("a", new Holder(value)));
    CacheException error = assertThrows(CacheException.class, () -> copier.copy(root));
    String path =
        "java.util.ArrayList > " + Holder.class.getName() + " > " + value.getClass().getName();
    assertTrue(error.getMessage().contains(path), error.getMessage());
    assertThrows(CacheException.class, () -> copier.copy(new Holder(value)));
  }

  private static final class Task extends TimerTask {
    @Override
    public void run() {}
  }

  @Test
  void copy_fieldsClosedByTheirModule_throwsAndTellsHowToOpenThem() {
    CacheException error = assertThrows(CacheException.class, () -> copier.copy(new Task()));
    assertTrue(error.getMessage().contains(Task.class.getName()), error.getMessage());
    assertTrue(error.getMessage().contains("java.base/java.util="), error.getMessage());
  }

  @Test
  void copy_transientFieldThatHoldsIt_isNoObstacle() {
    Holder holder = new Holder("x");
    holder.ignored = new Thread();
    assertTrue(((Holder) copier.copy(holder)).ignored == null);
  }
}
