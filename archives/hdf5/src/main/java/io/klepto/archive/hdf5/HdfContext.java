package io.klepto.archive.hdf5;

import io.klepto.archive.lock.KeyFileLocks;
import java.util.Map;

/**
 * What the parts of one open store share.
 *
 * @param layout what lies where
 * @param identity what must be the same each time the namespace is opened
 * @param settings what the archive was told
 * @param errors makes exceptions
 * @param locks the locks of the archive
 * @param journal what the namespace was told since the last compaction
 * @param base the file
 * @param disk how the file is replaced
 */
record HdfContext(
    HdfLayout layout,
    Map<String, String> identity,
    HdfSettings settings,
    HdfErrors errors,
    KeyFileLocks locks,
    Journal journal,
    BaseFile base,
    Disk disk) {
  String namespace() {
    return layout.namespace();
  }

  KeyLocking locking() {
    return new KeyLocking(layout, locks);
  }

  SetAside setAside() {
    return new SetAside(layout, errors, disk);
  }

  HeapBudget heapBudget() {
    return new HeapBudget(settings.compactHeapBytes(), errors.store());
  }
}
