package io.klepto.bench.archive;

import java.net.URI;
import java.nio.file.Path;

/** Makes the locations of archives. */
public final class UriOf {
  private UriOf() {}

  static URI text(String location) {
    return URI.create(location);
  }

  /** Returns a location of a scheme and a path. */
  public static URI path(String scheme, Path path) {
    return URI.create(scheme + ":" + path.toUri().getRawPath());
  }
}
