package io.klepto.jcache.jfr;

import jdk.jfr.FlightRecorder;

/**
 * Whether anybody may be recording. Until somebody does, no class of an event is loaded, as the
 * first of them would wake the recorder up.
 *
 * <p>The module {@code jdk.jfr} may be missing, from an image made by {@code jlink} for example:
 * then nothing is ever recorded. Safe for use by many threads.
 */
final class FlightRecording {
  private static final boolean AVAILABLE =
      ModuleLayer.boot()
          .findModule("jdk.jfr")
          .filter(FlightRecording.class.getModule()::canRead)
          .isPresent();

  private FlightRecording() {}

  /** Returns whether a recording was ever started in this JVM. */
  static boolean isInUse() {
    return AVAILABLE && FlightRecorder.isInitialized();
  }

  /** Begins the event of a load; returns null if nobody records it. */
  static ArchiveLoadEvent load() {
    return isInUse() ? ArchiveLoadEvent.begun() : null;
  }

  /** Begins the event of a dump; returns null if nobody records it. */
  static ArchiveDumpEvent dump() {
    return isInUse() ? ArchiveDumpEvent.begun() : null;
  }

  /** Begins the event of a round of evictions; returns null if nobody records it. */
  static EvictionEvent eviction() {
    return isInUse() ? EvictionEvent.begun() : null;
  }
}
