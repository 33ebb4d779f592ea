package io.klepto.archive.stamp;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks ten times a second whether files of stamps are still in their places, for those who only
 * read them.
 *
 * <p>One daemon thread, from the first subject that is watched to the last. Safe for use by many
 * threads.
 */
public final class StampWatch {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Set<Subject> SUBJECTS = ConcurrentHashMap.newKeySet();
  private static Thread watcher; // guarded by the class

  private StampWatch() {}

  /** What is watched. */
  public interface Subject {
    /** Looks, and tells who reads it if its file is not in its place. Throws nothing. */
    void look();
  }

  /** Has a subject looked after until {@link #end}. */
  public static synchronized void begin(Subject subject) {
    SUBJECTS.add(subject);
    if (watcher == null) {
      watcher = new Thread(StampWatch::watch, "klepto-stamps");
      watcher.setDaemon(true);
      watcher.setContextClassLoader(null);
      watcher.start();
    }
  }

  /** Ends what was begun; nothing if nothing was. */
  public static void end(Subject subject) {
    SUBJECTS.remove(subject);
  }

  private static void watch() {
    while (isNeeded()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      List.copyOf(SUBJECTS).forEach(Subject::look);
    }
  }

  private static synchronized boolean isNeeded() {
    boolean needed = !SUBJECTS.isEmpty();
    if (!needed) {
      watcher = null;
    }
    return needed;
  }
}
