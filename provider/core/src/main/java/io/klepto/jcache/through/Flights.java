package io.klepto.jcache.through;

import io.klepto.jcache.entry.KeyLocks;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The loads that are under way, at most one a key.
 *
 * <p>A load that began before a change of its key never installs its result: whoever changes a key
 * does so under the key's lock and supersedes its flight before letting go; whoever installs a
 * result does so under the same lock, and looks first whether the flight was superseded. A
 * superseded flight also leaves this table, so that a read that begins after the change starts
 * anew.
 *
 * @param <V> the type of the values
 */
public final class Flights<V> {
  private static final Watch[] NONE = {};

  private final ConcurrentHashMap<Object, Flight<V>> underWay = new ConcurrentHashMap<>();
  private volatile Watch[] watches = NONE; // written under this object's monitor

  /** Returns the flight of a key: a new one that the caller must land, or that of another. */
  public Claim<V> claim(Object key) {
    Flight<V> fresh = new Flight<>(key);
    Flight<V> other = underWay.putIfAbsent(key, fresh);
    return other == null ? new Claim<>(fresh, true) : new Claim<>(other, false);
  }

  /**
   * Returns a new flight of a key in place of the one under way, which is superseded: for a load
   * that must not be older than this call.
   */
  public Claim<V> claimAnew(Object key) {
    Flight<V> fresh = new Flight<>(key);
    Flight<V> older = underWay.put(key, fresh);
    if (older != null) {
      older.supersede();
    }
    return new Claim<>(fresh, true);
  }

  /**
   * A flight, and whether the caller has to fetch and land it.
   *
   * @param flight the flight
   * @param mine whether the caller owns it
   * @param <V> the type of the value
   */
  public record Claim<V>(Flight<V> flight, boolean mine) {}

  /**
   * Refuses a change of a key by the thread that is loading it: somebody who has locked the key may
   * be waiting for that load.
   *
   * @throws IllegalStateException if the current thread is loading the key
   */
  public void checkNotLoading(Object key) {
    if (!underWay.isEmpty()) {
      Flight<V> flight = underWay.get(key);
      if (flight != null && flight.isOwn() && !flight.isDone()) {
        throw KeyLocks.reentry(key);
      }
    }
  }

  /** Ends a flight, after its result was installed or given up. */
  public void land(Object key, Flight<V> flight) {
    underWay.remove(key, flight);
  }

  /**
   * Keeps a load that is under way from installing its result, and tells those who {@link #watch};
   * the caller holds the key's lock.
   */
  public void supersede(Object key) {
    changed(key);
    if (!underWay.isEmpty()) {
      Flight<V> flight = underWay.remove(key);
      if (flight != null) {
        flight.supersede();
      }
    }
  }

  /** Returns the keys whose loads are under way, weakly consistent. */
  public Set<Object> keys() {
    return underWay.keySet();
  }

  /** Tells those who {@link #watch} of a change in the archive; the caller holds the key's lock. */
  public void changed(Object key) {
    for (Watch watch : watches) {
      watch.keys.add(key);
    }
  }

  /**
   * Begins to remember which keys change: for a work that reads many entries of the archive at
   * once, and then must not put into memory what is out of date. The caller closes it.
   */
  public synchronized Watch watch() {
    Watch watch = new Watch(this);
    Watch[] more = Arrays.copyOf(watches, watches.length + 1);
    more[more.length - 1] = watch;
    watches = more;
    return watch;
  }

  private synchronized void end(Watch watch) {
    watches = Arrays.stream(watches).filter(each -> each != watch).toArray(Watch[]::new);
  }

  /**
   * The keys that were changed since the watch began. Who holds the lock of a key, and is told here
   * that it is unchanged, may take what was read since then for what is in the archive: a change
   * that came before the reading was read, and any other is known here.
   */
  public static final class Watch implements AutoCloseable {
    private final Flights<?> flights;
    private final Set<Object> keys = ConcurrentHashMap.newKeySet();
    private volatile boolean all;

    private Watch(Flights<?> flights) {
      this.flights = flights;
    }

    /** Returns whether a key was changed; the caller holds its lock. */
    public boolean isChanged(Object key) {
      return all || keys.contains(key);
    }

    /** Ends the watch. */
    @Override
    public void close() {
      flights.end(this);
    }
  }

  /** Keeps every load that is under way from installing its result. */
  public void supersedeAll() {
    for (Watch watch : watches) {
      watch.all = true;
    }
    for (Object key : underWay.keySet()) {
      supersede(key);
    }
  }
}
