package io.klepto.annotation;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.CallKey;
import io.klepto.keymap.CallKeys;
import io.klepto.keymap.Ignored;
import io.klepto.keymap.KeyEncodingException;
import io.klepto.keymap.Keymap;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Rounding;
import io.klepto.keymap.Signature;
import io.klepto.keymap.code.CodeVersions;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.cache.CacheException;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;

/**
 * A key generator with all that can be said about keys: keymap, rounding, ignored parameters,
 * versions of the code. Its keys are canonical: equal arguments give equal keys in every JVM and
 * run, whatever their {@code equals} and {@code hashCode} do, and none changes when an argument
 * does.
 *
 * <p>In an annotation it stands as it is, or as a class of the user's that says more:
 *
 * <pre>{@code
 * public final class RoundedKeys extends KeymapKeyGenerator {
 *   public RoundedKeys() {
 *     super(builder().rounding(Rounding.simple(6)).ignore(Ignored.names("verbose")));
 *   }
 * }
 *
 * @CacheResult(cacheName = "energies", cacheKeyGenerator = RoundedKeys.class)
 * double energy(double x, boolean verbose);
 * }</pre>
 *
 * <p>The method is no part of the key, as with JSR-107's own, so that {@code @CacheRemove} of one
 * method meets the entry of another. An ignored parameter is left out as if it were not there.
 * Works under any implementation of the annotations, Spring's too.
 *
 * <p>Cost: canonical bytes of what is not a string, number or the like; see {@link Keymaps}. Any
 * number of threads may use it; what it learns of a method is kept as long as the generator is.
 */
public class KeymapKeyGenerator implements CacheKeyGenerator {
  private final Keymap keymap;
  private final Rounding rounding;
  private final Ignored ignored;
  private final CodeVersions versionsOrNull;
  private final ConcurrentMap<Called, Way> ways = new ConcurrentHashMap<>();

  /** A method and the class of the objects it is called on, where that counts. */
  private record Called(Method method, Class<?> targetOrNull) {}

  /** The way from the arguments of a method to its keys. */
  private record Way(CallKeys keys, BitSet ignored) {}

  /** Creates the generator with the raw keymap, which nothing else is said to. */
  public KeymapKeyGenerator() {
    this(builder());
  }

  /** Creates a generator with more to say. */
  protected KeymapKeyGenerator(Builder builder) {
    this.keymap = builder.keymap;
    this.rounding = builder.rounding;
    this.ignored = builder.ignored;
    this.versionsOrNull = builder.versionsOrNull;
  }

  /** Starts a generator with more to say. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the key of a call.
   *
   * @throws CacheException if an argument has no canonical bytes or can't be rounded, if a
   *     parameter to be ignored is not there or has no name, or if code is versioned and the method
   *     has no {@code @CacheResult}
   */
  @Override
  public final GeneratedCacheKey generateCacheKey(
      CacheKeyInvocationContext<? extends Annotation> context) {
    Way way = way(context);
    CacheInvocationParameter[] parameters = context.getKeyParameters();
    Object[] values = new Object[parameters.length];
    int count = 0;
    for (CacheInvocationParameter parameter : parameters) {
      if (!way.ignored().get(parameter.getParameterPosition())) {
        values[count++] = parameter.getValue();
      }
    }
    Object[] counting = count == values.length ? values : Arrays.copyOf(values, count);
    try {
      return CallKey.of(way.keys().key(counting));
    } catch (KeyEncodingException | ArithmeticException e) {
      throw new CacheException(
          "method %s: expected arguments that a key can be made of, found none: %s"
              .formatted(context.getMethod(), e.getMessage()),
          e);
    }
  }

  private Way way(CacheKeyInvocationContext<? extends Annotation> context) {
    Method method = context.getMethod();
    Class<?> targetOrNull = versionsOrNull == null ? null : context.getTarget().getClass();
    Called called = new Called(method, targetOrNull);
    Way known = ways.get(called);
    return known == null
        ? ways.computeIfAbsent(
            called, each -> newWay(each, context.getCacheAnnotation() instanceof CacheResult))
        : known;
  }

  /** Checks what can be before the first call. */
  final void check(Method method, boolean isResult) {
    new ParameterNames(method).positions(ignored, isResult);
    requireResult(method, isResult);
  }

  private void requireResult(Method method, boolean isResult) {
    if (versionsOrNull != null && !isResult) {
      throw new CacheException(
          ("method %s: expected @CacheResult, since its keys have the version of its code, "
                  + "found another annotation, which can't tell whose version is meant; use "
                  + "@CacheRemoveAll, or keys without versions")
              .formatted(method));
    }
  }

  private Way newWay(Called called, boolean isResult) {
    Method method = called.method();
    requireResult(method, isResult);
    CallKeys.Builder keys =
        CallKeys.builder(Signature.unnamed(method.toString())).keymap(keymap).rounding(rounding);
    if (versionsOrNull != null) {
      Method code = new MethodReader(called.targetOrNull()).code(method);
      keys.identity(versionsOrNull.of(code).digest());
    }
    return new Way(keys.build(), new ParameterNames(method).positions(ignored, isResult));
  }

  /** Builds a {@link KeymapKeyGenerator}. Each method returns the builder. Not thread-safe. */
  public static final class Builder {
    private Keymap keymap = Keymaps.raw();
    private Rounding rounding = Rounding.none();
    private Ignored ignored = Ignored.none();
    private CodeVersions versionsOrNull;

    private Builder() {}

    /** Sets what makes a key of the arguments; {@link Keymaps#raw} unless set. */
    public Builder keymap(Keymap newKeymap) {
      this.keymap = requireNonNull(newKeymap, "newKeymap");
      return this;
    }

    /** Sets how numbers in arguments are rounded for the key; not at all unless set. */
    public Builder rounding(Rounding newRounding) {
      this.rounding = requireNonNull(newRounding, "newRounding");
      return this;
    }

    /**
     * Leaves parameters out of the key, by name or by position from 0 among all of the method's.
     * Names are those of {@link ParameterName}, else those that {@code -parameters} put into the
     * class file. A method with {@code @CacheResult} must have what is ignored; those with the
     * other annotations need not, as they often name the key alone.
     */
    public Builder ignore(Ignored newIgnored) {
      this.ignored = requireNonNull(newIgnored, "newIgnored");
      return this;
    }

    /**
     * Makes the version of the method's code a part of its keys, following calls within its
     * package, so that results of changed code are not found. For {@code @CacheResult} alone; the
     * application must have {@code org.ow2.asm:asm-tree} among its dependencies.
     *
     * @throws IllegalStateException if that library is not there
     */
    public Builder versioned() {
      return versioned(CodeVersions.standard());
    }

    /** Makes the version of the method's code a part of its keys. */
    public Builder versioned(CodeVersions versions) {
      this.versionsOrNull = requireNonNull(versions, "versions");
      return this;
    }

    /** Returns the generator; later changes to this builder do not reach it. */
    public KeymapKeyGenerator build() {
      return new KeymapKeyGenerator(this);
    }
  }
}
