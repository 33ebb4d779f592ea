package io.klepto.archive.jdbc.attack;

import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.attack.AttackPromises;
import io.klepto.archive.testkit.attack.AttackTarget;
import java.net.URI;
import java.nio.file.Path;

/**
 * A database in a file, whose pages are its engine's: a wrong value never passes the envelope or
 * the checksum, while rows that damage costs are counted.
 *
 * @param name stands in the table
 * @param scheme what stands before the path in the URL
 * @param settings those of the archive
 * @param promises what the engine lets the store promise
 */
record EngineTarget(String name, String scheme, StoreSettings settings, AttackPromises promises)
    implements AttackTarget {
  @Override
  public URI location(Path folder) {
    return URI.create(scheme + folder.resolve("archive").toUri().getRawPath());
  }

  @Override
  public int casesEach() {
    return 60;
  }
}
