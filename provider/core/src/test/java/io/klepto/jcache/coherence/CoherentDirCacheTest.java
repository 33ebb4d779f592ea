package io.klepto.jcache.coherence;

import java.net.URI;
import java.nio.file.Path;

/** Coherent caches over a folder of files. */
final class CoherentDirCacheTest extends CoherentCacheContract {
  @Override
  URI location(Path folder) {
    return URI.create("dir:" + folder.toUri().getRawPath());
  }
}
