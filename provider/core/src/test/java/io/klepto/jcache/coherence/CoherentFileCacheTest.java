package io.klepto.jcache.coherence;

import java.net.URI;
import java.nio.file.Path;

/** Coherent caches over one file. */
final class CoherentFileCacheTest extends CoherentCacheContract {
  @Override
  URI location(Path folder) {
    return URI.create("file:" + folder.resolve("numbers.klepto").toUri().getRawPath());
  }
}
