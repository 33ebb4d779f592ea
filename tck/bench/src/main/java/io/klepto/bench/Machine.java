package io.klepto.bench;

import java.time.LocalDate;

/** What a reader of results must know of the machine that they come from. */
public final class Machine {
  private Machine() {}

  /** Returns one line: date, Java, system, processors. */
  public static String line() {
    return "%s, Java %s, %s %s, %d processors"
        .formatted(
            LocalDate.now(),
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors());
  }
}
