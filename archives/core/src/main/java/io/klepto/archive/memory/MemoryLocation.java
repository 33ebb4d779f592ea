package io.klepto.archive.memory;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.LocationName;
import io.klepto.archive.store.StoreOptions;
import java.net.URI;

/** What the URIs of the stores in memory say, and what such stores can't promise. */
final class MemoryLocation {
  private MemoryLocation() {}

  /**
   * Returns the name behind the scheme, percent-decoded and without leading slashes; empty for none
   * ({@code java.net.URI} knows no URI of a scheme alone, hence {@code dict:/}).
   */
  static String nameIn(URI location) {
    if (location.getRawSchemeSpecificPart().indexOf('?') >= 0
        || location.getRawFragment() != null) {
      throw new ArchiveException(
          "cannot open archive %s: expected a scheme and a name, found a query or a fragment; write ? as %%3F and # as %%23"
              .formatted(LocationName.of(location)));
    }
    return location.getSchemeSpecificPart().replaceFirst("^/+", "");
  }

  /** Refuses a durability beyond the memory of this process, and settings: there are none. */
  static void requireMemory(URI location, StoreOptions options) {
    options.settings().reader(LocationName.of(location)).requireNoneLeft();
    options
        .durability()
        .filter(asked -> asked != Durability.MEMORY)
        .ifPresent(
            asked -> {
              throw new ArchiveException(
                  "cannot open archive %s: expected durability %s, found %s asked for; choose an archive on disk"
                      .formatted(LocationName.of(location), Durability.MEMORY, asked));
            });
  }
}
