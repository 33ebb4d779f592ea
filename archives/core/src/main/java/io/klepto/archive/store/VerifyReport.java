package io.klepto.archive.store;

import java.util.List;

/**
 * What a complete reading of a store found.
 *
 * @param records how many records are whole
 * @param damages one message for each that is not: which record, expected and found
 * @param setAside where the damaged bytes went, if repair was asked; otherwise empty
 */
public record VerifyReport(long records, List<String> damages, List<String> setAside) {
  /** Copies both lists. */
  public VerifyReport {
    damages = List.copyOf(damages);
    setAside = List.copyOf(setAside);
  }

  /** Returns whether nothing is damaged. */
  public boolean isSound() {
    return damages.isEmpty();
  }
}
