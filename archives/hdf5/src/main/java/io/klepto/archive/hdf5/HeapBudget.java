package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;

/** The heap that a compaction may take, counted before it is taken. Used by one thread. */
final class HeapBudget {
  private final long limit;
  private final String store;
  private long kept;

  HeapBudget(long limit, String store) {
    this.limit = limit;
    this.store = store;
  }

  /** Counts what is kept until the end. */
  void keep(long bytes) {
    kept += bytes;
    requireRoomFor(0);
  }

  /**
   * Checks what is taken for a while.
   *
   * @throws ArchiveException if it would be more than allowed
   */
  void requireRoomFor(long bytes) {
    if (kept + bytes > limit) {
      throw new ArchiveException(
          "cannot compact %s: expected to need at most %d bytes of heap, found %d; what was written stays in the log beside the file, nothing is lost; raise the setting %s"
              .formatted(store, limit, kept + bytes, HdfSettings.COMPACT_HEAP));
    }
  }
}
