package io.klepto.archive.log;

/**
 * A record in short: all that the index needs of it.
 *
 * @param type what it says
 * @param namespace the number of its namespace, 0 for none
 * @param hash the hash of its key, {@link KeyHash#NONE} for none
 * @param stamp its place in time; the version of what is put
 * @param offset where it begins
 * @param bytes its length
 */
record LogEntry(RecordType type, int namespace, KeyHash hash, long stamp, long offset, long bytes) {
  /** Returns where the next record begins. */
  long end() {
    return offset + bytes;
  }
}
