package io.klepto.jcache.through;

/** Counts what an archive failed to do. Called by any thread. */
public interface ArchiveFailures {
  /** Counts a call by which the archive could not be read. */
  void readFailed();

  /** Counts entries that the archive did not write or remove. */
  void writesFailed(int count);
}
