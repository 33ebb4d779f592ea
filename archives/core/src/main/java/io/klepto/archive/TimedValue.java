package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.store.RecordTimes;

/**
 * A value on its way into an archive.
 *
 * @param value the value, not null
 * @param times creation, duration and deadline
 * @param <V> the type of the value
 */
public record TimedValue<V>(V value, RecordTimes times) {
  /** Checks that nothing is null. */
  public TimedValue {
    requireNonNull(value, "value");
    requireNonNull(times, "times");
  }
}
