package io.klepto.jcache.jfr;

import io.klepto.archive.ArchiveException;
import java.util.UUID;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/**
 * A call of the archive behind a cache that failed, for one key or for some. Messages of archives
 * have no passwords.
 */
@Name("io.klepto.ArchiveFailure")
@Label("Archive Failure")
@Category("Klepto")
@Description("The archive of a cache could not be read, written or cleared")
final class ArchiveFailureEvent extends Event {
  private static final int SHOWN_CHARACTERS = 80;

  @Label("Cache")
  String cache;

  @Label("Archive")
  String archive;

  @Label("Operation")
  String operation;

  @Label("Key")
  @Description("The first key that failed: its text if it is simple, else its class; may be null")
  String key;

  @Label("Failed Entries")
  @Description("0 if the call was not about entries")
  long entries;

  @Label("Message")
  @Description("That of the first failure")
  String message;

  @Label("Exception Class")
  Class<?> exceptionClass;

  /** Tells of a failure; the caller has looked whether the recorder is in use. */
  static void emit(
      RecordedArchive<?, ?> where,
      String operation,
      Object keyOrNull,
      long entries,
      ArchiveException failure) {
    ArchiveFailureEvent event = new ArchiveFailureEvent();
    if (event.shouldCommit()) {
      event.cache = where.cacheName();
      event.archive = where.name();
      event.operation = operation;
      event.key = keyOrNull == null ? null : shown(keyOrNull);
      event.entries = entries;
      event.message = failure.getMessage();
      event.exceptionClass = failure.getClass();
      event.commit();
    }
  }

  /** Calls no code of the application. */
  private static String shown(Object key) {
    boolean simple =
        key instanceof String
            || key instanceof Boolean
            || key instanceof Character
            || key instanceof UUID
            || (key instanceof Number && key.getClass().getName().startsWith("java."));
    String text = simple ? key.toString() : key.getClass().getName();
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
