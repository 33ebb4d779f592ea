package io.klepto.jcache;

import static java.lang.invoke.MethodType.methodType;

import io.klepto.jcache.jvm.NativeImage;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/**
 * A shutdown hook that does not keep the class loader of what it runs.
 *
 * <p>The JVM refers to a hook for ever, and so to the class of its task, and up to Java 23 to the
 * protection domain of every method on the stack of who made the thread. Therefore the task is put
 * together from methods of the JDK alone, with one weak reference to ours, and the thread is made
 * by a thread of the JDK that has no method of ours on its stack. A native image has one class
 * loader for its life, and gets a plain hook.
 */
final class WeakShutdownHook {
  private WeakShutdownHook() {}

  /**
   * Registers a hook that runs the target, if it is still there.
   *
   * @param target must be referred to by its own class loader's classes, or it is gone at once
   * @throws IllegalStateException if the JVM ends already
   */
  static void register(String threadName, Runnable target) {
    if (NativeImage.isOne()) {
      Runtime.getRuntime().addShutdownHook(new Thread(target, threadName));
      return;
    }
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      pool.submit(registration(threadName, weakly(target))).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("no shutdown hook can be registered", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the pool goes on with it
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a public method of the JDK is missing", e);
    } finally {
      pool.shutdown();
    }
  }

  /** {@code Object o = reference.get(); if (o == null) {} else ((Runnable) o).run();}. */
  private static Runnable weakly(Runnable target) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodHandle get =
        lookup
            .findVirtual(Reference.class, "get", methodType(Object.class))
            .bindTo(new WeakReference<>(target));
    MethodHandle isGone =
        lookup.findStatic(Objects.class, "isNull", methodType(boolean.class, Object.class));
    MethodHandle run = lookup.findVirtual(Runnable.class, "run", methodType(void.class));
    MethodHandle runUnlessGone =
        MethodHandles.guardWithTest(
            isGone,
            MethodHandles.empty(methodType(void.class, Object.class)),
            run.asType(methodType(void.class, Object.class)));
    return asRunnable(MethodHandles.foldArguments(runUnlessGone, get));
  }

  /**
   * {@code Runtime.getRuntime().addShutdownHook(new Thread(null, hook, threadName, 0, false));}.
   */
  private static Runnable registration(String threadName, Runnable hook)
      throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodHandle newThread =
        MethodHandles.insertArguments(
            lookup.findConstructor(
                Thread.class,
                methodType(
                    void.class,
                    ThreadGroup.class,
                    Runnable.class,
                    String.class,
                    long.class,
                    boolean.class)),
            0,
            null,
            hook,
            threadName,
            0L,
            false);
    MethodHandle add =
        lookup
            .findVirtual(Runtime.class, "addShutdownHook", methodType(void.class, Thread.class))
            .bindTo(Runtime.getRuntime());
    return asRunnable(MethodHandles.foldArguments(add, newThread));
  }

  private static Runnable asRunnable(MethodHandle handle) {
    return MethodHandleProxies.asInterfaceInstance(Runnable.class, handle);
  }
}
