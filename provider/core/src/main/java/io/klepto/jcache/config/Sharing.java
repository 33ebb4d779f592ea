package io.klepto.jcache.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a cache shares its archive with other processes of the host.
 *
 * @param coherence what memory promises when others change the archive
 * @param computeOnce among whom a missing value is computed once
 * @param computeWait how long to wait, with {@link ComputeOnce#HOST}, for the process that computes
 *     a key; then it is computed anyway. Bounds what a suspended process can hold up
 * @param changeWait how long to wait, with {@link Coherence#STAMPS}, for the process that changes a
 *     key; then the operation fails and has changed nothing
 */
public record Sharing(
    Coherence coherence, ComputeOnce computeOnce, Duration computeWait, Duration changeWait)
    implements Serializable {
  private static final Sharing NOTHING = builder().build();

  /** Checks that the waits are positive. */
  public Sharing {
    requireNonNull(coherence, "coherence");
    requireNonNull(computeOnce, "computeOnce");
    requirePositive("computeWait", computeWait);
    requirePositive("changeWait", changeWait);
  }

  private static void requirePositive(String name, Duration wait) {
    if (wait.isNegative() || wait.isZero()) {
      throw new IllegalArgumentException(
          name + ": expected a duration greater than 0, found " + wait);
    }
  }

  /** Starts settings that share nothing. */
  public static SharingBuilder builder() {
    return new SharingBuilder();
  }

  /** Returns the settings of an archive that is used by one process. */
  public static Sharing none() {
    return NOTHING;
  }

  /** Returns whether nothing needs to be shared: the waits mean nothing then. */
  public boolean isNone() {
    return coherence == Coherence.NONE && computeOnce == ComputeOnce.PROCESS;
  }
}
