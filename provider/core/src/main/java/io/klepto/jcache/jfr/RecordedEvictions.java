package io.klepto.jcache.jfr;

import io.klepto.jcache.config.EvictionPolicy;

/**
 * Tells Java Flight Recorder of the evictions from one cache's memory.
 *
 * @param cacheName the name of the cache
 * @param policy who chooses the victims
 */
public record RecordedEvictions(String cacheName, EvictionPolicy policy) {
  private static final Round UNTOLD = new UntoldRound();

  /** A round of evictions. Used by one thread. */
  public interface Round {
    /** Counts a victim. */
    void victim();

    /** Ends the round; one without victims is not told. */
    void end();
  }

  private static final class UntoldRound implements Round {
    @Override
    public void victim() {}

    @Override
    public void end() {}
  }

  private static final class ToldRound implements Round {
    private final RecordedEvictions source;
    private final EvictionEvent event;
    private final boolean purge;
    private int victims;

    ToldRound(RecordedEvictions source, EvictionEvent event, boolean purge) {
      this.source = source;
      this.event = event;
      this.purge = purge;
    }

    @Override
    public void victim() {
      victims++;
    }

    @Override
    public void end() {
      event.end(source, victims, purge);
    }
  }

  /**
   * Begins a round.
   *
   * @param purge whether a victim takes all other entries with it
   */
  public Round begin(boolean purge) {
    EvictionEvent event = FlightRecording.eviction();
    return event == null ? UNTOLD : new ToldRound(this, event, purge);
  }
}
