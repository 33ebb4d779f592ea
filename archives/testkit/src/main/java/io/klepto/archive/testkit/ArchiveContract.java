package io.klepto.archive.testkit;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;

/**
 * What every archive promises, as tests: {@link Archive} over a back-end with the default codec. A
 * back-end passes the suite by a subclass that says how to open an archive.
 *
 * <pre>{@code
 * final class SomeArchiveTest extends ArchiveContract {
 *   @TempDir Path folder;
 *
 *   @Override
 *   public <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration) {
 *     return Archives.open(URI.create("some:" + folder.toUri().getRawPath()), configuration);
 *   }
 * }
 * }</pre>
 *
 * <p>Within one test, archives of an equal namespace must share their entries, one opened after the
 * other was closed included; no other test may see them. The suite closes what it opens.
 *
 * <p>The parts are interfaces: dictionary, bulk calls, map view, keys, values, expiry, threads.
 */
public abstract class ArchiveContract
    implements DictionaryContract,
        BulkContract,
        MapViewContract,
        AwkwardKeysContract,
        AwkwardValuesContract,
        ExpiryContract,
        ClockSetBackContract,
        ManyThreadsContract {
  /** Creates the suite; JUnit makes one instance for each test. */
  protected ArchiveContract() {}

  /** Opens an archive of the back-end under test. */
  @Override
  public abstract <K, V> Archive<K, V> open(ArchiveConfiguration<K, V> configuration);
}
