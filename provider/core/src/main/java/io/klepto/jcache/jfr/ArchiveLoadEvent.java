package io.klepto.jcache.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A read of the archive behind a cache, with the time that it took. */
@Name("io.klepto.ArchiveLoad")
@Label("Archive Load")
@Category("Klepto")
@Description("Entries were read from the archive of a cache: one, many at once, or by a walk")
@Threshold("10 ms")
final class ArchiveLoadEvent extends Event {
  @Label("Cache")
  String cache;

  @Label("Archive")
  String archive;

  @Label("Operation")
  @Description("entry, entries or walk; a walk lasts until it is closed")
  String operation;

  @Label("Entries Found")
  long entries;

  /** Returns an event that has begun, or null if no recording has it enabled. */
  static ArchiveLoadEvent begun() {
    ArchiveLoadEvent event = new ArchiveLoadEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  void end(RecordedArchive<?, ?> source, String operationName, long found) {
    end();
    if (shouldCommit()) {
      cache = source.cacheName();
      archive = source.name();
      operation = operationName;
      entries = found;
      commit();
    }
  }
}
