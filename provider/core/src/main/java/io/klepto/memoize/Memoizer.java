package io.klepto.memoize;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.Archive;
import io.klepto.archive.Archives;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.keymap.Arguments;
import io.klepto.keymap.Signature;
import io.klepto.keymap.code.CodeVersion;
import io.klepto.keymap.code.CodeVersions;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;

/**
 * Remembers functions: gives for each one that does the same, but evaluates only calls whose
 * results it does not have, in memory or in an archive that outlives the process.
 *
 * <pre>{@code
 * try (Memoizer memoizer =
 *     Memoizer.builder("model")
 *         .archive(Path.of("results"))
 *         .maxEntries(10_000)
 *         .rounding(Rounding.simple(6))
 *         .build()) {
 *   RememberedFunction<Double, Double> energy = memoizer.memoize("energy", Model::energy);
 *   energy.apply(0.1); // evaluates, and writes the result to the folder
 *   energy.apply(0.1); // neither; nor does it in the next run of the program
 * }
 * }</pre>
 *
 * <p>Each function has memory of its own, bounded as the builder says; all share one archive, in
 * which the name of a function is part of its keys. Lambdas have no lasting name, so they are given
 * one, and no two functions of a memoizer have the same. Methods and interfaces are named by
 * themselves. A name must not be given to another function later, as its results would be found:
 * see {@link MemoizerBuilder#versioned}, which tells the two apart.
 *
 * <p>Memory holds the results themselves, not copies, unless {@code storeByValue} is configured:
 * what a caller changes in a result, the next one sees, as in klepto.
 *
 * <p>Source: klepto's caches as decorators. Any number of threads may call; a lock guards the table
 * of functions, and is never held while one is evaluated.
 */
public final class Memoizer implements AutoCloseable {
  private final MemoizerBuilder settings;
  private final KleptoConfiguration<Object, Object> configuration;
  private final Cache<Object, Object> sharedOrNull;
  private final CacheManager managerOrNull;
  private final Archive<Object, Object> archiveOrNull;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<String, MemoCalls<?>> functions = new TreeMap<>(); // guarded by lock
  private boolean closed; // guarded by lock

  /** Makes one with caches of its own. */
  Memoizer(MemoizerBuilder settings) {
    this.settings = settings;
    this.configuration = settings.configuration();
    this.sharedOrNull = null;
    this.archiveOrNull =
        configuration
            .archive()
            .map(
                archive ->
                    Archives.open(
                        archive.location(),
                        archive
                            .opening(settings.name(), configuration, settings.classLoader())
                            .build()))
            .orElse(null);
    this.managerOrNull = settings.newManager();
  }

  /** Makes one over a cache that was made elsewhere. */
  Memoizer(MemoizerBuilder settings, Cache<Object, Object> shared) {
    this.settings = settings;
    this.configuration = settings.configuration();
    this.sharedOrNull = requireNonNull(shared, "cache");
    this.archiveOrNull = null;
    this.managerOrNull = null;
  }

  /**
   * Starts a memoizer.
   *
   * @param name of the memoizer, and of its part of the archive's container unless set
   */
  public static MemoizerBuilder builder(String name) {
    return new MemoizerBuilder(name);
  }

  /**
   * Returns a memoizer over a cache of any provider, whose keys and values are of type {@code
   * Object}. Functions share it among each other, and with what else is in it; it stays the
   * caller's to close.
   *
   * <p>Over one of our caches, what is said of memory, archive and counters is said of that cache
   * as a whole. Another provider has no archive and no numbers: {@code info}, {@code load}, {@code
   * dump}, {@code archive} and {@code archived} are {@link UnsupportedOperationException}s there.
   */
  public static Memoizer over(Cache<Object, Object> cache) {
    return builder(cache.getName()).over(cache);
  }

  /** Remembers what a supplier gives. */
  public <R> RememberedSupplier<R> memoize(String name, Supplier<? extends R> function) {
    return remember(name, function, parts -> new RememberedSupplier<>(parts, function));
  }

  /** Remembers what a callable gives, which may throw checked exceptions. */
  public <R> RememberedCallable<R> memoizeCallable(String name, Callable<? extends R> function) {
    return remember(name, function, parts -> new RememberedCallable<>(parts, function));
  }

  /** Remembers a function of one argument. */
  public <T, R> RememberedFunction<T, R> memoize(
      String name, Function<? super T, ? extends R> function) {
    return remember(name, function, parts -> new RememberedFunction<>(parts, function));
  }

  /** Remembers a function of two arguments. */
  public <A, B, R> RememberedBiFunction<A, B, R> memoize(
      String name, BiFunction<? super A, ? super B, ? extends R> function) {
    return remember(name, function, parts -> new RememberedBiFunction<>(parts, function));
  }

  /** Remembers a function of three arguments. */
  public <A, B, C, R> RememberedFunction3<A, B, C, R> memoize(
      String name, Function3<? super A, ? super B, ? super C, ? extends R> function) {
    return remember(name, function, parts -> new RememberedFunction3<>(parts, function));
  }

  /** Remembers a function of four arguments. */
  public <A, B, C, D, R> RememberedFunction4<A, B, C, D, R> memoize(
      String name, Function4<? super A, ? super B, ? super C, ? super D, ? extends R> function) {
    return remember(name, function, parts -> new RememberedFunction4<>(parts, function));
  }

  /** Remembers a function of five arguments. */
  public <A, B, C, D, E, R> RememberedFunction5<A, B, C, D, E, R> memoize(
      String name,
      Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> function) {
    return remember(name, function, parts -> new RememberedFunction5<>(parts, function));
  }

  /** Remembers a function of six arguments. */
  public <A, B, C, D, E, F, R> RememberedFunction6<A, B, C, D, E, F, R> memoize(
      String name,
      Function6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F, ? extends R>
          function) {
    return remember(name, function, parts -> new RememberedFunction6<>(parts, function));
  }

  /**
   * Remembers a function whose arguments have names or defaults; the signature names it.
   *
   * @param function gets the arguments as they were given; {@link Signature#normalize} brings them
   *     into one form
   */
  public <R> RememberedCalls<R> memoize(
      Signature signature, Function<Arguments, ? extends R> function) {
    return register(
        signature.name(),
        signature,
        null,
        versions -> versions.ofFunction(function),
        parts -> new RememberedCalls<R>(parts, function::apply));
  }

  /**
   * Remembers a method, which is named by its class, its name and the types of its parameters.
   * Arguments may be given by name if the class file has names of parameters.
   *
   * @param receiverOrNull what it is called on, no part of its keys unless {@link
   *     MemoizerBuilder#withReceiver} says so; null if it is static
   * @throws IllegalArgumentException if the method can't be called from here
   */
  public RememberedCalls<Object> memoize(Method method, Object receiverOrNull) {
    MemoMethod function = new MemoMethod(MemoMethod.accessible(method), receiverOrNull);
    String name = MemoMethod.nameOf(method.getDeclaringClass().getName(), method);
    return register(
        name,
        MemoMethod.signatureOf(name, method),
        receiverOrNull,
        versions -> versions.of(method),
        parts -> new RememberedCalls<>(parts, function));
  }

  /**
   * Returns an object with an interface whose methods are remembered, named by the interface.
   *
   * @param type the interface
   * @param target evaluates the calls
   */
  public <T> T proxy(Class<T> type, T target) {
    return proxy(type.getName(), type, target);
  }

  /**
   * Returns an object with an interface whose methods are remembered, each as a function of its
   * own: its name is that of the whole, a dot, and the method with the types of its parameters.
   * {@link #function} gives each by that name.
   *
   * <p>Default methods that the target has not overridden run on the proxy, if the interface is
   * public, so that what they call is remembered too. A method without a result is called each
   * time.
   *
   * @param name tells two targets apart
   * @param type the interface
   * @param target evaluates the calls
   */
  public <T> T proxy(String name, Class<T> type, T target) {
    return new MemoProxy<>(
            type,
            target,
            (method, evaluation) -> {
              String full = MemoMethod.nameOf(name, method);
              return this.<RememberedCalls<Object>>register(
                  full,
                  settings.ignored().isNone()
                      ? Signature.unnamed(full)
                      : MemoMethod.signatureOf(full, method),
                  target,
                  versions -> versions.of(MemoProxy.implementation(target.getClass(), method)),
                  parts -> new RememberedCalls<>(parts, evaluation));
            })
        .proxy();
  }

  /** Returns the remembered function of a name; empty if there is none, or it is closed. */
  public Optional<Remembered> function(String name) {
    lock.lock();
    try {
      return Optional.ofNullable(functions.get(name));
    } finally {
      lock.unlock();
    }
  }

  /** Returns all remembered functions, in the order of their names. */
  public List<Remembered> functions() {
    lock.lock();
    try {
      return List.copyOf(functions.values());
    } finally {
      lock.unlock();
    }
  }

  private <F extends MemoCalls<?>> F remember(
      String name, Object function, Function<MemoParts, F> making) {
    requireNonNull(function, "function");
    requireNonNull(name, "name");
    return register(
        name, Signature.unnamed(name), null, versions -> versions.ofFunction(function), making);
  }

  private <F extends MemoCalls<?>> F register(
      String name,
      Signature signature,
      Object receiverOrNull,
      Function<CodeVersions, CodeVersion> versioning,
      Function<MemoParts, F> making) {
    CodeVersion version = settings.versions().map(versioning).orElse(null);
    MemoKeys keys = settings.keysOf(signature, receiverOrNull);
    MemoIdentity identity = new MemoIdentity(name, MemoVersions.digestOf(version));
    lock.lock();
    try {
      checkFree(name);
      MemoStore store = storeOf(identity);
      try {
        F function =
            making.apply(
                new MemoParts(
                    identity,
                    keys,
                    store,
                    new MemoVersions(version),
                    configuration.failure() == Failure.BYPASS ? new MemoBypass(name) : null,
                    settings.exceptions(),
                    () -> forget(name)));
        function.meetVersions();
        functions.put(name, function);
        return function;
      } catch (Throwable e) {
        closeAfter(e, store);
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private void checkFree(String name) {
    if (closed) {
      throw new IllegalStateException("memoizer " + settings.name() + " is closed");
    }
    if (name.isEmpty() || functions.containsKey(name)) {
      throw new IllegalArgumentException(
          "memoizer %s: expected a name that no other function has, found \"%s\"%s"
              .formatted(
                  settings.name(),
                  name,
                  name.isEmpty() ? "" : ", which is one's of this memoizer"));
    }
  }

  private MemoStore storeOf(MemoIdentity identity) {
    if (sharedOrNull != null) {
      return new MemoSharedStore(identity, sharedOrNull);
    }
    Cache<Object, Object> cache =
        managerOrNull.createCache(
            identity.function(),
            KleptoConfiguration.builder(configuration).withoutArchive().build());
    MemoOwnStore store = new MemoOwnStore(identity, (KleptoCache<Object, Object>) cache);
    if (archiveOrNull != null) {
      store.archive(archiveOrNull);
    }
    return store;
  }

  private static void closeAfter(Throwable cause, MemoStore store) {
    try {
      store.close();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private void forget(String name) {
    lock.lock();
    try {
      functions.remove(name);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes all functions, and the archive that the builder opened. What archives do not have yet is
   * written first; a failure of one function does not keep the others from it. A second call does
   * nothing.
   */
  @Override
  public void close() {
    List<Remembered> open;
    lock.lock();
    try {
      closed = true;
      open = functions();
    } finally {
      lock.unlock();
    }
    RuntimeException failure = null;
    for (Remembered function : open) {
      failure = attempt(function::close, failure);
    }
    if (managerOrNull != null) {
      failure = attempt(managerOrNull::close, failure);
    }
    if (archiveOrNull != null) {
      failure = attempt(archiveOrNull::close, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException attempt(Runnable step, RuntimeException earlier) {
    try {
      step.run();
      return earlier;
    } catch (RuntimeException e) {
      if (earlier == null) {
        return e;
      }
      earlier.addSuppressed(e);
      return earlier;
    }
  }

  @Override
  public String toString() {
    return "memoizer " + settings.name();
  }
}
