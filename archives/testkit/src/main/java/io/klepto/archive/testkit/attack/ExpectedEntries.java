package io.klepto.archive.testkit.attack;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that must be in a store, by what was acknowledged, and the comparison with what is. Used by
 * one thread at a time.
 */
final class ExpectedEntries {
  private static final int MAX_DAMAGES = 10_000;

  private final Map<KeyBytes, EntryHistory> histories;

  private ExpectedEntries(Map<KeyBytes, EntryHistory> histories) {
    this.histories = new LinkedHashMap<>(histories);
  }

  /** Expects nothing. */
  ExpectedEntries() {
    this(Map.of());
  }

  /** Adds keys that have no record yet. */
  void add(Collection<KeyBytes> keys) {
    keys.forEach(key -> histories.putIfAbsent(key, EntryHistory.NEVER_USED));
  }

  /** Returns the keys, those without a record included. */
  Set<KeyBytes> keys() {
    return histories.keySet();
  }

  /** Returns what several expect who have no key in common. */
  static ExpectedEntries union(Collection<ExpectedEntries> parts) {
    ExpectedEntries all = new ExpectedEntries();
    parts.forEach(part -> all.histories.putAll(part.histories));
    return all;
  }

  ExpectedEntries copy() {
    return new ExpectedEntries(histories);
  }

  /** Notes that a call is under way. */
  void begin(Step step) {
    for (KeyBytes key : step.keys(histories.keySet())) {
      EntryHistory history = histories.getOrDefault(key, EntryHistory.NEVER_USED);
      histories.put(key, history.begun(before -> step.effect(key, before)));
    }
  }

  /**
   * Notes that the call was acknowledged.
   *
   * @param failed the keys for which it was not
   */
  void acknowledge(Step step, Set<KeyBytes> failed) {
    for (KeyBytes key : step.keys(histories.keySet())) {
      histories.computeIfPresent(
          key,
          (same, history) -> failed.contains(key) ? history.abandoned() : history.acknowledged());
    }
  }

  /** Notes that the call failed, or was cut off. */
  void abandon(Step step) {
    for (KeyBytes key : step.keys(histories.keySet())) {
      histories.computeIfPresent(key, (same, history) -> history.abandoned());
    }
  }

  /** Begins a step, makes its call and notes what becomes of it; failures are passed on. */
  void play(Step step, Store store) {
    begin(step);
    Set<KeyBytes> failed;
    try {
      failed = step.callOn(store);
    } catch (RuntimeException | Error e) {
      abandon(step);
      throw e;
    }
    acknowledge(step, failed);
  }

  /** Notes what a judgement saw, so that it must stay. */
  void settle(Judgement judgement) {
    judgement
        .found()
        .forEach(
            (key, found) ->
                histories.computeIfPresent(key, (same, history) -> history.settled(found)));
  }

  /** Reads every key, and then everything there is, and judges it. Changes nothing. */
  Judgement judge(Store store) {
    Judgement judgement = new Judgement();
    for (Map.Entry<KeyBytes, EntryHistory> entry : histories.entrySet()) {
      KeyBytes key = entry.getKey();
      try {
        StoreRecord record = store.get(key);
        Optional<RecordContent> found = Optional.ofNullable(record).map(StoreRecord::content);
        judgement.add(key, found, entry.getValue().verdictOn(found));
      } catch (ArchiveException e) {
        judgement.addFailure(key, Verdict.REFUSED, e);
      } catch (RuntimeException | Error e) {
        judgement.addFailure(key, Verdict.BROKEN, e);
      }
    }
    try {
      judgeListing(store, judgement);
    } catch (RuntimeException | Error e) {
      judgement.listingFailed(e);
    }
    return judgement;
  }

  private void judgeListing(Store store, Judgement judgement) {
    Set<KeyBytes> listed = new HashSet<>();
    int damages = 0;
    try (RecordCursor cursor = store.scan()) {
      boolean more = true;
      while (more && damages < MAX_DAMAGES) {
        try {
          StoreRecord record = cursor.next();
          more = record != null;
          if (more) {
            judgeListed(record, listed.add(record.key()), judgement);
          }
        } catch (DamagedRecordException e) { // any other ends the walk
          damages++;
          judgement.listingRefused(e);
        }
      }
    }
    judgement.listedAll(listed);
  }

  private void judgeListed(StoreRecord record, boolean isFirst, Judgement judgement) {
    Optional<RecordContent> found = Optional.of(record.content());
    EntryHistory history = histories.getOrDefault(record.key(), EntryHistory.NEVER_USED);
    Verdict verdict = history.verdictOn(found);
    if (verdict == Verdict.RIGHT && !isFirst) {
      verdict = Verdict.OTHER; // twice
    }
    if (verdict != Verdict.RIGHT) {
      judgement.listedWrongly(record.key(), verdict);
    }
  }
}
