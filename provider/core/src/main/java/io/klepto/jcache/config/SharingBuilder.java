package io.klepto.jcache.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Builds {@link Sharing} settings. Each method returns the builder. Not thread-safe. */
public final class SharingBuilder {
  private Coherence coherence = Coherence.NONE;
  private ComputeOnce computeOnce = ComputeOnce.PROCESS;
  private Duration computeWait = Duration.ofMinutes(1);
  private Duration changeWait = Duration.ofMinutes(1);

  SharingBuilder() {}

  /**
   * Sets what memory promises when others change the archive; {@link Coherence#NONE} unless set.
   */
  public SharingBuilder coherence(Coherence coherence) {
    this.coherence = requireNonNull(coherence, "coherence");
    return this;
  }

  /** Sets among whom a missing value is computed once; {@link ComputeOnce#PROCESS} unless set. */
  public SharingBuilder computeOnce(ComputeOnce computeOnce) {
    this.computeOnce = requireNonNull(computeOnce, "computeOnce");
    return this;
  }

  /** Sets how long to wait for another process that computes a key; 1 minute unless set. */
  public SharingBuilder computeWait(Duration computeWait) {
    this.computeWait = requireNonNull(computeWait, "computeWait");
    return this;
  }

  /** Sets how long to wait for another process that changes a key; 1 minute unless set. */
  public SharingBuilder changeWait(Duration changeWait) {
    this.changeWait = requireNonNull(changeWait, "changeWait");
    return this;
  }

  /**
   * Returns the settings.
   *
   * @throws IllegalArgumentException if a wait is not positive
   */
  public Sharing build() {
    return new Sharing(coherence, computeOnce, computeWait, changeWait);
  }
}
