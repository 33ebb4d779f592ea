package io.klepto.jcache.config.file;

import java.util.ArrayList;
import java.util.Optional;
import java.util.Properties;

/** The one step that needs the HOCON library, apart, so that it is loaded only where it is used. */
final class Reading {
  private Reading() {}

  static CachesSettings of(Optional<SourceText> source, Properties properties) {
    return new ManagerReader(Outside.ofThisProcess(), new ArrayList<>())
        .read(source, PropertyText.of(properties));
  }
}
