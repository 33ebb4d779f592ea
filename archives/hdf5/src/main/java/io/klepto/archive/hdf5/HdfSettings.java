package io.klepto.archive.hdf5;

import io.klepto.archive.store.SettingsReader;
import io.klepto.archive.store.StoreSettings;

/**
 * What an {@code hdf:} archive can be told.
 *
 * @param layout setting {@code layout}: {@code data} (default), or {@code meta} for small values in
 *     attributes
 * @param compactOnClose setting {@code compact-on-close}: whether closing brings what the log holds
 *     into the file; {@code true} by default
 * @param compactHeapBytes setting {@code compact-heap}: the most bytes of heap that a compaction
 *     takes; a quarter of the JVM's greatest heap by default
 */
record HdfSettings(ValueLayout layout, boolean compactOnClose, long compactHeapBytes) {
  static final String COMPACT_HEAP = "compact-heap";
  static final String COMPACT_ON_CLOSE = "compact-on-close";
  private static final int DEFAULT_HEAP_PART = 4;

  /** Takes the settings, and refuses what is left. */
  static HdfSettings of(StoreSettings given, String store) {
    SettingsReader settings = given.reader(store);
    HdfSettings taken =
        new HdfSettings(
            ValueLayout.of(settings),
            settings.flag(COMPACT_ON_CLOSE, true),
            settings.wholeNumber(
                COMPACT_HEAP,
                Runtime.getRuntime().maxMemory() / DEFAULT_HEAP_PART,
                1,
                Long.MAX_VALUE));
    settings.requireNoneLeft();
    return taken;
  }
}
