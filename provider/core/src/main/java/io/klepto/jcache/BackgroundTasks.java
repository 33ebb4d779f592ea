package io.klepto.jcache;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;

/**
 * Runs what a cache does aside: {@code loadAll}, writing behind, and the delivery of events to
 * asynchronous listeners.
 *
 * <p>Loading and writing may block, so each has a thread of its own, a daemon, with the manager's
 * class loader as context, that ends with it. Delivery takes the common pool, or if that has no
 * parallelism a thread of its own as well. No thread outlives its task, so none keeps a class
 * loader alive.
 */
final class BackgroundTasks implements Executor {
  private final String cacheName;
  private final ClassLoader classLoader;

  BackgroundTasks(String cacheName, ClassLoader classLoader) {
    this.cacheName = cacheName;
    this.classLoader = classLoader;
  }

  @Override
  public void execute(Runnable delivery) {
    if (ForkJoinPool.getCommonPoolParallelism() > 1) {
      ForkJoinPool.commonPool().execute(delivery);
    } else {
      start("events", delivery);
    }
  }

  /** Runs a load, and tells the listener, which may be null, how it ended. */
  void run(Runnable load, CompletionListener listener) {
    start("load", () -> runNow(load, listener));
  }

  /** Runs the writing of what is queued, until there is nothing for a while. */
  void write(Runnable writer) {
    start("write-behind", writer);
  }

  private void start(String what, Runnable task) {
    Thread thread = new Thread(task, "klepto-" + what + "-" + cacheName);
    thread.setDaemon(true);
    thread.setContextClassLoader(classLoader);
    thread.start();
  }

  private void runNow(Runnable load, CompletionListener listener) {
    RuntimeException failure = null;
    try {
      load.run();
    } catch (RuntimeException e) {
      failure = e;
    } catch (Error e) {
      tell(listener, new CacheException("loading into cache " + cacheName + " failed: " + e, e));
      throw e;
    }
    tell(listener, failure);
  }

  private void tell(CompletionListener listener, RuntimeException failure) {
    if (listener == null) {
      if (failure != null) {
        System.getLogger(BackgroundTasks.class.getName())
            .log(Level.WARNING, "loading into cache " + cacheName + " failed", failure);
      }
    } else if (failure == null) {
      listener.onCompletion();
    } else {
      listener.onException(failure);
    }
  }
}
