package io.klepto.jcache.archived;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.klepto.jcache.ChildClassPath;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that end, or are dropped, without closing their caches. */
@Timeout(120)
final class ExitTest {
  private static final int COLLECTIONS = 200;

  @TempDir Path folder;

  private Process start(ArchiveMode mode, String end) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", ChildClassPath.of(ExitProgram.class)));
    command.addAll(List.of(ExitProgram.class.getName(), folder.toString(), mode.toString(), end));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private void assertAllArchived() {
    try (Run run = new Run()) {
      KleptoCache<String, Integer> cache = ExitProgram.open(run, folder, ArchiveMode.WRITE_THROUGH);
      for (int i = 0; i < 50; i++) {
        assertEquals(i, cache.get("key " + i));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"ON_EVICT,exit", "WRITE_BEHIND,exit", "ON_EVICT,exit-inside"})
  void exitWithoutClosing_dumpsAll(ArchiveMode mode, String end) throws Exception {
    Process process = start(mode, end);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    assertAllArchived();
  }

  @ParameterizedTest
  @EnumSource(names = {"ON_EVICT", "WRITE_BEHIND"})
  void terminated_dumpsAll(ArchiveMode mode) throws Exception {
    Process process = start(mode, "wait");
    assumeTrue(process.supportsNormalTermination(), "this system can only kill");
    try (BufferedReader output = process.inputReader(UTF_8)) {
      assertEquals("ready", output.readLine());
      process.toHandle().destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    }
    assertAllArchived();
  }

  @Test
  void droppedProvider_neverClosed_letsItsClassLoaderGo() throws Exception {
    WeakReference<ClassLoader> dropped = useAndDrop();
    for (int i = 0; i < COLLECTIONS && dropped.get() != null; i++) {
      System.gc();
      TimeUnit.NANOSECONDS.timedJoin(idle(), TimeUnit.SECONDS.toNanos(1));
    }
    assertNull(dropped.get(), "the class loader of the provider is still referred to");
  }

  /** Gives the threads that are about to end, and the reference handler, a turn. */
  private static Thread idle() {
    Thread thread = new Thread(Thread::yield);
    thread.start();
    return thread;
  }

  private WeakReference<ClassLoader> useAndDrop() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : ChildClassPath.entriesOf(ExitProgram.class)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    ClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Class<?> program = loader.loadClass(DroppedProgram.class.getName());
    assertNotSame(DroppedProgram.class, program);
    ((Runnable) program.getConstructor().newInstance()).run();
    return new WeakReference<>(loader);
  }

  /** Uses a cache that is to be dumped at exit, and leaves it open; run by another loader. */
  public static final class DroppedProgram implements Runnable {
    /** Made by reflection. */
    public DroppedProgram() {}

    @Override
    public void run() {
      Run run = new Run();
      run.cache(
              io.klepto.jcache.config.KleptoConfiguration.builder(String.class, Integer.class)
                  .archiveMode(ArchiveMode.ON_EVICT))
          .put("a", 1);
    }
  }
}
