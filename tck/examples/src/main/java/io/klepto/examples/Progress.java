package io.klepto.examples;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells how far a job is: a bar drawn over and over on a terminal, a line every few percent
 * elsewhere.
 *
 * <p>Thread-safe: all state is guarded by this object's monitor.
 */
final class Progress {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final int PERCENT_PER_LINE = 5;

  /** A bar shorter than this says nothing. */
  private static final int SHORTEST_BAR = 10;

  private static final int LONGEST_BAR = 40;

  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final int total;
  private final boolean bar;
  private final int columns;
  private final long startNanos;

  private int done;
  private int computed;
  private long drawnNanos;
  private int printedPercent;
  private boolean over;

  private Progress(PrintStream out, LongSupplier nanoClock, int total, boolean bar, int columns) {
    this.out = out;
    this.nanoClock = nanoClock;
    this.total = total;
    this.bar = bar;
    this.columns = columns;
    this.startNanos = nanoClock.getAsLong();
    this.drawnNanos = startNanos - REDRAW_NANOS;
  }

  /** Returns a progress for a terminal that is some columns wide. */
  static Progress bar(PrintStream out, LongSupplier nanoClock, int total, int columns) {
    return new Progress(out, nanoClock, total, true, columns);
  }

  /** Returns a progress for a file or a pipe. */
  static Progress lines(PrintStream out, LongSupplier nanoClock, int total) {
    return new Progress(out, nanoClock, total, false, 0);
  }

  /** Counts one more part of the job, which was computed or remembered. */
  synchronized void advance(boolean wasComputed) {
    done++;
    computed += wasComputed ? 1 : 0;
    if (over) {
      return;
    }
    long now = nanoClock.getAsLong();
    if (bar && (now - drawnNanos >= REDRAW_NANOS || done == total)) {
      drawnNanos = now;
      draw(now);
    } else if (!bar && percent() >= printedPercent + PERCENT_PER_LINE) {
      printedPercent = percent() / PERCENT_PER_LINE * PERCENT_PER_LINE;
      out.println(line(now));
    }
  }

  /** Ends the bar's line; nothing is printed afterwards. Does nothing the second time. */
  synchronized void end() {
    if (!over && bar && done > 0) {
      draw(nanoClock.getAsLong());
      out.println();
    }
    over = true;
  }

  /** Ends it because the program is being stopped, and says that nothing is lost. */
  synchronized void interrupted() {
    if (!over) {
      end();
      out.println("stopped at " + percent() + " %; the next run goes on from there");
    }
  }

  private int percent() {
    return (int) (100L * done / total);
  }

  private void draw(long now) {
    out.print('\r' + barLine(now));
    out.flush();
  }

  /** Never fills the last column, where some terminals would start a new line. */
  private String barLine(long now) {
    String percent = String.format(Locale.ROOT, "%3d %%", percent());
    String counts = " " + counts(now);
    int room = Math.min(LONGEST_BAR, columns - 1 - percent.length() - counts.length() - 3);
    String line = percent;
    if (room >= SHORTEST_BAR) {
      int filled = (int) ((long) room * done / total);
      line += " [" + "#".repeat(filled) + "-".repeat(room - filled) + "]" + counts;
    } else {
      line += counts;
    }
    int width = Math.max(0, columns - 1);
    return line.length() > width
        ? line.substring(0, width)
        : line + " ".repeat(width - line.length());
  }

  private String line(long now) {
    return String.format(Locale.ROOT, "%3d %% %s", percent(), counts(now));
  }

  private String counts(long now) {
    long seconds = (now - startNanos) / 1_000_000_000;
    return String.format(
        Locale.ROOT,
        "%,d of %,d, %,d computed, %d:%02d",
        done,
        total,
        computed,
        seconds / 60,
        seconds % 60);
  }
}
