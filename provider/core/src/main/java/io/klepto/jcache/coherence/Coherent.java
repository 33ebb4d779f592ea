package io.klepto.jcache.coherence;

import io.klepto.archive.Archive;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * Keeps the memory of a cache in step with an archive that other processes change too.
 *
 * <p><b>Reading.</b> Each entry in memory carries the stamp that the archive had for its key before
 * the entry was read there. A hit compares: if the stamp is the same, no change that was
 * acknowledged before can be missing. If it is odd, or differs by more than this cache's own
 * changes, the entry counts as absent and the archive is asked. So the way to a newer value is that
 * of a miss, and an entry that the archive has no more is forgotten without an event: who removed
 * it has told the listeners of its own process.
 *
 * <p><b>Changing.</b> Every change holds the key's lock in the archive ({@link HostLocks}) and
 * takes the stamp that its own write has led to, if that was the only change of its stripe
 * meanwhile. The entry goes into memory first, and only then its change is noted as an own one: who
 * sees the note, sees the entry.
 *
 * <p>Entries that were put while no archive was attached are newer than any archive and stay. Any
 * number of threads may call; a hit takes no lock and allocates nothing.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class Coherent<K, V> {
  private final Supplier<Archive<K, V>> attached;
  private final long entries;
  private final Map<Archive<K, V>, StampWatch> watches = new WeakHashMap<>(); // guarded by itself
  private volatile Current<K, V> current = new Current<>(null, null);

  /** The archive that was attached when somebody looked last, and its stamps. */
  private record Current<K, V>(Archive<K, V> archive, StampWatch watch) {}

  /**
   * Makes the coherent part of a cache.
   *
   * @param attached gives the archive that is attached now, or null
   * @param entries how many entries memory may have, for the number of stripes
   */
  public Coherent(Supplier<Archive<K, V>> attached, long entries) {
    this.attached = attached;
    this.entries = entries;
  }

  /** Returns the stamps of the attached archive, or null if there is none. */
  private StampWatch watch() {
    Archive<K, V> archive = attached.get();
    Current<K, V> now = current;
    return now.archive() == archive ? now.watch() : watchOf(archive);
  }

  /** Returns always the same for an archive that is taken off and put on again. */
  private StampWatch watchOf(Archive<K, V> archive) {
    synchronized (watches) {
      StampWatch watch =
          archive == null
              ? null
              : watches.computeIfAbsent(
                  archive, each -> new StampWatch(each.store().stamps(entries)));
      current = new Current<>(archive, watch);
      return watch;
    }
  }

  /** Returns the stamp of a key: to be taken before the archive is read or changed. */
  public Stamp look(K key) {
    Archive<K, V> archive = attached.get();
    StampWatch watch = archive == null ? null : watch();
    return watch == null ? Stamp.IN_MEMORY : watch.look(archive.keyBytes(key));
  }

  /**
   * Returns what memory keeps for a value.
   *
   * @param stampOrNull under which it was read or written; null if that is not known
   */
  public Object keep(V value, Stamp stampOrNull) {
    return new Stamped(
        value,
        stampOrNull != null ? stampOrNull : new Stamp(watch(), 0, Stamp.UNKNOWN, Stamp.UNKNOWN));
  }

  /** Returns the value of what memory keeps, current or not; null for null. */
  @SuppressWarnings("unchecked") // what keep was given
  public V value(Object kept) {
    return kept == null ? null : (V) ((Stamped) kept).value;
  }

  /** Returns whether what memory keeps is as new as every change that was acknowledged before. */
  public boolean isCurrent(Object kept) {
    Stamped stamped = (Stamped) kept;
    return isCurrent(stamped.watchOrNull, stamped.stripe, stamped.number);
  }

  /** Returns whether what was read under a stamp is as new as every acknowledged change. */
  public boolean isCurrent(Stamp stamp) {
    return isCurrent(stamp.watchOrNull, stamp.stripe, stamp.number);
  }

  private boolean isCurrent(StampWatch watchOrNull, int stripe, long number) {
    if (watchOrNull == null) {
      return true;
    }
    return watch() != watchOrNull || watchOrNull.isCurrent(stripe, number);
  }
}
