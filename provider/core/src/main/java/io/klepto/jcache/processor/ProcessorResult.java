package io.klepto.jcache.processor;

import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;

/**
 * What a processor gave for one key of {@code invokeAll}: a value, or the exception that it threw.
 *
 * @param <T> the type of the value
 */
public final class ProcessorResult<T> implements EntryProcessorResult<T> {
  private final T value;
  private final EntryProcessorException failure;

  private ProcessorResult(T value, EntryProcessorException failure) {
    this.value = value;
    this.failure = failure;
  }

  /** Returns the result of a processor that returned normally. */
  public static <T> ProcessorResult<T> of(T value) {
    return new ProcessorResult<>(value, null);
  }

  /** Returns the result of a processor that threw. */
  public static <T> ProcessorResult<T> failed(RuntimeException thrown) {
    return new ProcessorResult<>(
        null,
        thrown instanceof EntryProcessorException already
            ? already
            : new EntryProcessorException(thrown));
  }

  @Override
  public T get() {
    if (failure != null) {
      throw failure;
    }
    return value;
  }
}
