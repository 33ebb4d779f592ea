package io.klepto.archive.dir;

import io.klepto.archive.lock.KeyFileLocks;

/**
 * What the parts of one open store share.
 *
 * @param layout what lies where
 * @param files what is done with files
 * @param errors makes exceptions
 * @param locks the locks of the container
 * @param records the record files, as they are read
 * @param changes the record files, as they are changed
 * @param listing the names of the record files
 * @param stamps the stamps of the records
 */
record DirContext(
    DirLayout layout,
    RecordFiles files,
    DirErrors errors,
    KeyFileLocks locks,
    DirRecords records,
    DirChanges changes,
    DirListing listing,
    DirStamps stamps) {}
