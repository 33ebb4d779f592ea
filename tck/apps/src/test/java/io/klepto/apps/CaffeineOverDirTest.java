package io.klepto.apps;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Caffeine over folders of files. */
final class CaffeineOverDirTest extends CaffeineOverArchives {
  @TempDir Path folder;

  @Override
  URI location() {
    return URI.create("dir:" + folder.toUri().getRawPath());
  }
}
