package io.klepto.jcache.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** A write of entries to the archive behind a cache, with the time that it took. */
@Name("io.klepto.ArchiveDump")
@Label("Archive Dump")
@Category("Klepto")
@Description("Entries were written to the archive of a cache: one, or a batch")
@Threshold("10 ms")
final class ArchiveDumpEvent extends Event {
  @Label("Cache")
  String cache;

  @Label("Archive")
  String archive;

  @Label("Operation")
  @Description("put, compareAndSet or putAll")
  String operation;

  @Label("Entries Written")
  long entries;

  /** Returns an event that has begun, or null if no recording has it enabled. */
  static ArchiveDumpEvent begun() {
    ArchiveDumpEvent event = new ArchiveDumpEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  void end(RecordedArchive<?, ?> target, String operationName, long written) {
    end();
    if (shouldCommit()) {
      cache = target.cacheName();
      archive = target.name();
      operation = operationName;
      entries = written;
      commit();
    }
  }
}
