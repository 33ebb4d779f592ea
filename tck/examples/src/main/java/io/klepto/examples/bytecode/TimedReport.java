package io.klepto.examples.bytecode;

import static java.util.Objects.requireNonNull;

/**
 * A report, and what it cost to compute it: what remembering it saves.
 *
 * @param report the report
 * @param nanos how long the analysis took, in nanoseconds; not part of the result, as it is another
 *     each time
 */
public record TimedReport(ClassReport report, long nanos) {
  /** Checks that the report is there. */
  public TimedReport {
    requireNonNull(report, "report");
  }
}
