package io.klepto.archive.hdf5;

import io.klepto.archive.store.SettingsReader;
import java.util.List;

/**
 * Where values lie: the setting {@code layout}.
 *
 * <p>Source: klepto's {@code hdf_archive}, whose {@code meta=True} keeps values in attributes.
 */
enum ValueLayout {
  /** Values are datasets. */
  DATA,
  /** Values are attributes as far as they fit (60,000 bytes); larger ones are datasets. */
  META;

  static final String SETTING = "layout";

  /** Takes the setting. */
  static ValueLayout of(SettingsReader settings) {
    return settings.choice(SETTING, List.of("data", "meta"), "data").equals("meta") ? META : DATA;
  }
}
