package io.klepto.jcache.through;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.ArchiveOutcome;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;

/** Calls of an archive whose failures are counted, and thrown as JSR-107 has them. */
public final class ArchiveCalls {
  private final ArchiveFailures failures;

  ArchiveCalls(ArchiveFailures failures) {
    this.failures = failures;
  }

  /** Returns the failure of a write as JSR-107 has it. */
  public static CacheWriterException writerException(ArchiveException e) {
    return new CacheWriterException(e.getMessage(), e);
  }

  <R> R writing(Supplier<R> write) {
    try {
      return write.get();
    } catch (ArchiveException e) {
      failures.writesFailed(1);
      throw writerException(e);
    }
  }

  /** Does a write that gives nothing. */
  void changing(Runnable write) {
    writing(
        () -> {
          write.run();
          return null;
        });
  }

  /** Counts the writes that failed in a bulk call, and returns what it did. */
  <K> ArchiveOutcome<K> counted(ArchiveOutcome<K> outcome) {
    if (!outcome.failed().isEmpty()) {
      failures.writesFailed(outcome.failed().size());
    }
    return outcome;
  }

  <R> R reading(Supplier<R> read) {
    try {
      return read.get();
    } catch (ArchiveException e) {
      failures.readFailed();
      throw new CacheLoaderException(e.getMessage(), e);
    }
  }
}
