package io.klepto.archive.testkit.attack;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.RecordContent;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one reading of a whole store came to. Used by one thread. */
final class Judgement {
  private final Map<KeyBytes, Verdict> verdicts = new LinkedHashMap<>();
  private final Map<KeyBytes, Optional<RecordContent>> found = new LinkedHashMap<>();
  private final List<Verdict> listing = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean listingNamesDamage;
  private boolean listingFailed;

  void add(KeyBytes key, Optional<RecordContent> content, Verdict verdict) {
    verdicts.put(key, verdict);
    found.put(key, content);
    if (verdict != Verdict.RIGHT) {
      notes.add(verdict + " " + key + content.map(some -> ", found " + originOf(some)).orElse(""));
    }
  }

  /** Returns the first readable characters, by which the tests' values tell where they are from. */
  private static String originOf(RecordContent content) {
    StringBuilder text = new StringBuilder();
    for (byte b : content.payload()) {
      if (b < ' ' || text.length() == 40) {
        break;
      }
      text.append((char) b);
    }
    return content.payload().length + " bytes that begin \"" + text + "\"";
  }

  void addFailure(KeyBytes key, Verdict verdict, Throwable failure) {
    verdicts.put(key, verdict);
    notes.add(verdict + " " + key + ": " + failure);
  }

  void listedWrongly(KeyBytes key, Verdict verdict) {
    listing.add(verdict);
    notes.add("listed " + verdict + " " + key);
  }

  void listingRefused(ArchiveException failure) {
    listingNamesDamage = true;
    notes.add("listing: " + failure.getMessage());
  }

  void listingFailed(Throwable failure) {
    if (failure instanceof ArchiveException refused) {
      listingRefused(refused);
    } else {
      listing.add(Verdict.BROKEN);
      notes.add("listing: " + failure);
    }
    listingFailed = true;
  }

  /** Compares what was listed with what was found key by key. */
  void listedAll(Set<KeyBytes> listed) {
    found.forEach(
        (key, content) -> {
          if (content.isPresent() && !listed.contains(key)) {
            listing.add(Verdict.ABSENT);
            notes.add("not listed: " + key);
          }
        });
  }

  /** Returns what was found under the keys that could be read. */
  Map<KeyBytes, Optional<RecordContent>> found() {
    return found;
  }

  /** Returns the verdicts on single keys. */
  Map<KeyBytes, Verdict> verdicts() {
    return verdicts;
  }

  /** Returns how many keys, or listed records, got a verdict. */
  int count(Verdict verdict) {
    return (int)
        (verdicts.values().stream().filter(verdict::equals).count()
            + listing.stream().filter(verdict::equals).count());
  }

  /** Returns how many keys were refused. */
  int refused() {
    return (int) verdicts.values().stream().filter(Verdict.REFUSED::equals).count();
  }

  /** Returns whether a read or the listing said that something is damaged. */
  boolean namesDamage() {
    return listingNamesDamage || refused() > 0;
  }

  /** Returns whether all is as it was acknowledged, and listed so. */
  boolean isRight() {
    return notes.isEmpty() && !listingFailed;
  }

  /** Returns what is not right, for messages. */
  @Override
  public String toString() {
    return notes.isEmpty() ? "all right" : String.join("; ", notes);
  }
}
