package io.klepto.memoize;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * The evaluation of one call, which may not come to pass. Gives what is to be kept; an exception
 * that is not to be kept goes through the cache as {@link MemoFailure}. For one thread.
 */
final class MemoEvaluation implements Function<Object, Object> {
  private final Callable<?> function;
  private final Set<Class<? extends Exception>> remembered;
  private Exception own;

  /**
   * Prepares an evaluation.
   *
   * @param remembered which exceptions are kept
   */
  MemoEvaluation(Callable<?> function, Set<Class<? extends Exception>> remembered) {
    this.function = function;
    this.remembered = remembered;
  }

  @Override
  public Object apply(Object key) {
    try {
      Object result = function.call();
      return result == null ? MemoOutcome.NULL : result;
    } catch (Exception e) {
      if (remembered.stream().noneMatch(kept -> kept.isInstance(e))) {
        throw new MemoFailure(e);
      }
      own = e;
      return new MemoOutcome(e);
    }
  }

  /** Throws the exception of this evaluation, the very same even where the cache keeps a copy. */
  void rethrowIfRemembered() {
    if (own != null) {
      throw MemoFailure.rethrow(own);
    }
  }
}
