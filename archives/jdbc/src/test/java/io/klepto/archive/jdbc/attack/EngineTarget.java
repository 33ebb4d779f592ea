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
 */
record EngineTarget(String name, String scheme, StoreSettings settings) implements AttackTarget {
  @Override
  public URI location(Path folder) {
    return URI.create(scheme + folder.resolve("archive").toUri().getRawPath());
  }

  @Override
  public AttackPromises promises() {
    return AttackPromises.OF_AN_ENGINE;
  }

  @Override
  public int casesEach() {
    return 60;
  }
}
