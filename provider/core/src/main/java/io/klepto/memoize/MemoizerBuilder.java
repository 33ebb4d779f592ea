package io.klepto.memoize;

import static java.util.Objects.requireNonNull;

import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.keymap.CallKeys;
import io.klepto.keymap.Ignored;
import io.klepto.keymap.Keymap;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Rounding;
import io.klepto.keymap.Signature;
import io.klepto.keymap.code.CodeVersions;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;

/**
 * Builds a {@link Memoizer}. What is said of caches has the words of {@link
 * KleptoConfigurationBuilder}, and {@link #configure} has all of them. Each method returns the
 * builder; {@link #build} copies, so the builder may go on. Not thread-safe.
 */
public final class MemoizerBuilder {
  private final String name;
  private final KleptoConfigurationBuilder<Object, Object> cache;
  private final Set<Class<? extends Exception>> exceptions = new LinkedHashSet<>();
  private boolean cacheConfigured;
  private Keymap keymap = Keymaps.raw();
  private Rounding rounding = Rounding.none();
  private Ignored ignored = Ignored.none();
  private boolean receiverCounts;
  private CodeVersions versionsOrNull;
  private ClassLoader classLoaderOrNull;

  MemoizerBuilder(String name) {
    this.name = requireNonNull(name, "name");
    this.cache = KleptoConfiguration.builder(Object.class, Object.class).storeByValue(false);
  }

  private MemoizerBuilder(MemoizerBuilder other) {
    this.name = other.name;
    this.cache = KleptoConfiguration.builder(other.cache.build());
    this.exceptions.addAll(other.exceptions);
    this.keymap = other.keymap;
    this.rounding = other.rounding;
    this.ignored = other.ignored;
    this.receiverCounts = other.receiverCounts;
    this.versionsOrNull = other.versionsOrNull;
    this.classLoaderOrNull = other.classLoaderOrNull;
  }

  /**
   * Says what it likes of the caches of the functions. Keys and values are of type {@code Object};
   * what the archive may decode beside the JDK's values is to be {@linkplain
   * KleptoConfigurationBuilder#allow allowed}.
   */
  public MemoizerBuilder configure(Consumer<KleptoConfigurationBuilder<Object, Object>> step) {
    cacheConfigured = true;
    step.accept(cache);
    return this;
  }

  /** Sets which result leaves memory when it is full. */
  public MemoizerBuilder policy(EvictionPolicy policy) {
    return configure(builder -> builder.policy(policy));
  }

  /** Bounds the number of results in memory, for each function; unbounded unless set. */
  public MemoizerBuilder maxEntries(long maxEntries) {
    return configure(builder -> builder.maxEntries(maxEntries));
  }

  /** Keeps results in an archive too, such as {@code file:/data/results.klepto}. */
  public MemoizerBuilder archive(URI location) {
    return configure(builder -> builder.archive(location));
  }

  /** Keeps results in a folder too. */
  public MemoizerBuilder archive(Path folder) {
    return configure(builder -> builder.archive(folder));
  }

  /** Sets when results reach the archive. */
  public MemoizerBuilder archiveMode(ArchiveMode mode) {
    return configure(builder -> builder.archiveMode(mode));
  }

  /** Lets the archive hold results of a class, or of a package followed by {@code .*}. */
  public MemoizerBuilder allow(String pattern) {
    return configure(builder -> builder.allow(pattern));
  }

  /** Sets when results expire; never, unless set. */
  public MemoizerBuilder expiry(Factory<? extends ExpiryPolicy> policyFactory) {
    return configure(builder -> builder.expiry(policyFactory));
  }

  /** Sets whether hits and misses are counted; off unless set, and a hit is cheaper then. */
  public MemoizerBuilder statistics(boolean enabled) {
    return configure(builder -> builder.statistics(enabled));
  }

  /**
   * Evaluates a function all the same where no key can be made of its arguments, or where the
   * archive can't be read or written; that is counted, and logged once. Unless set, such a call
   * throws. Source: klepto's safe caches.
   */
  public MemoizerBuilder safe() {
    cache.failure(Failure.BYPASS);
    return this;
  }

  /** Sets how keys are made of arguments; {@link Keymaps#raw} unless set. */
  public MemoizerBuilder keymap(Keymap newKeymap) {
    this.keymap = requireNonNull(newKeymap, "newKeymap");
    return this;
  }

  /**
   * Rounds numbers in arguments for the key; the function gets them as they are, and the first call
   * decides the result.
   */
  public MemoizerBuilder rounding(Rounding newRounding) {
    this.rounding = requireNonNull(newRounding, "newRounding");
    return this;
  }

  /**
   * Leaves arguments out of the key: those of lambdas by position, those of methods and signatures
   * by name too.
   */
  public MemoizerBuilder ignore(Ignored newIgnored) {
    this.ignored = requireNonNull(newIgnored, "newIgnored");
    return this;
  }

  /**
   * Makes the object that a method is called on, or the target of a proxy, a part of the keys, by
   * its content at each call; it needs canonical bytes. Unless set, the results of a method are the
   * same for all objects, and stay when the object changes. Source: {@code self}, which klepto
   * counts unless it is ignored.
   */
  public MemoizerBuilder withReceiver() {
    this.receiverCounts = true;
    return this;
  }

  /**
   * Makes the version of each function's code a part of its keys, following calls within its
   * package, so that results of changed code are not found. Lambdas must be serialisable then, and
   * the application must have {@code org.ow2.asm:asm-tree} among its dependencies.
   *
   * @throws IllegalStateException if that library is not there
   */
  public MemoizerBuilder versioned() {
    return versioned(CodeVersions.standard());
  }

  /** Makes the version of each function's code a part of its keys. */
  public MemoizerBuilder versioned(CodeVersions versions) {
    this.versionsOrNull = requireNonNull(versions, "versions");
    return this;
  }

  /**
   * Remembers exceptions of these classes and their subclasses as results: the call that is
   * answered from memory throws the very same one again, from the archive one that is equal to it.
   * Archived exceptions of one's own classes have to be {@linkplain #allow allowed}.
   */
  @SafeVarargs
  public final MemoizerBuilder rememberExceptions(Class<? extends Exception>... classes) {
    for (Class<? extends Exception> each : classes) {
      this.exceptions.add(requireNonNull(each, "class"));
    }
    return this;
  }

  /**
   * Sets what resolves the classes of archived results; the context class loader of the thread that
   * builds unless set.
   */
  public MemoizerBuilder classLoader(ClassLoader classLoader) {
    this.classLoaderOrNull = requireNonNull(classLoader, "classLoader");
    return this;
  }

  /**
   * Returns the memoizer, with its archive open.
   *
   * @throws io.klepto.archive.ArchiveException if the archive can't be opened
   */
  public Memoizer build() {
    return new Memoizer(new MemoizerBuilder(this));
  }

  /**
   * Returns a memoizer over a cache that was made elsewhere; see {@link Memoizer#over}.
   *
   * @throws IllegalStateException if something was said of a cache here
   */
  public Memoizer over(Cache<Object, Object> shared) {
    if (cacheConfigured) {
      throw new IllegalStateException(
          "memoizer "
              + name
              + ": expected all that is said of the cache in its own configuration, found some of"
              + " it here");
    }
    return new Memoizer(new MemoizerBuilder(this), shared);
  }

  String name() {
    return name;
  }

  ClassLoader classLoader() {
    if (classLoaderOrNull != null) {
      return classLoaderOrNull;
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : Memoizer.class.getClassLoader();
  }

  /** Returns a manager for the caches; its URI is one of those that name no file. */
  CacheManager newManager() {
    String plain = name.replaceAll("[^A-Za-z0-9_.-]", "_");
    return new KleptoCachingProvider()
        .getCacheManager(URI.create("klepto:memoizer-" + plain), classLoader(), null);
  }

  /** Returns what each function's cache is configured with, the common archive included. */
  KleptoConfiguration<Object, Object> configuration() {
    KleptoConfiguration<Object, Object> said = cache.build();
    if (said.keyTransform().isPresent()) {
      throw new IllegalArgumentException(
          "memoizer "
              + name
              + ": expected keymap and rounding of the memoizer itself, found those of its caches;"
              + " keys of calls are made once");
    }
    return KleptoConfiguration.builder(said).allow(MemoOutcome.class.getName()).build();
  }

  /**
   * Returns the keys of a function.
   *
   * @param receiverOrNull what a method is called on, null for none
   */
  MemoKeys keysOf(Signature signature, Object receiverOrNull) {
    Object counting = receiverCounts ? receiverOrNull : null;
    CallKeys calls =
        CallKeys.builder(signature)
            .keymap(keymap)
            .rounding(rounding)
            .ignore(ignored)
            .withReceiver(counting != null)
            .build();
    boolean plain = keymap.equals(Keymaps.raw()) && rounding.isNone() && ignored.isNone();
    return new MemoKeys(calls, plain && signature.parameters().isEmpty(), counting);
  }

  Ignored ignored() {
    return ignored;
  }

  Optional<CodeVersions> versions() {
    return Optional.ofNullable(versionsOrNull);
  }

  Set<Class<? extends Exception>> exceptions() {
    return Set.copyOf(exceptions);
  }
}
