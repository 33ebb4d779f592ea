package io.klepto.bench;

import java.util.Locale;

/** Numbers as the tables show them. */
public final class Rates {
  private Rates() {}

  /** Returns operations a second, rounded to three digits that count. */
  public static String perSecond(double rate) {
    if (rate <= 0 || Double.isInfinite(rate) || Double.isNaN(rate)) {
      return "-";
    }
    double unit = Math.pow(10, Math.floor(Math.log10(rate)) - 2);
    return String.format(Locale.ROOT, "%,.0f", Math.round(rate / unit) * unit);
  }

  /** Returns a ratio with two places. */
  public static String ratio(double ratio) {
    return Double.isNaN(ratio) || Double.isInfinite(ratio)
        ? "-"
        : String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** Returns nanoseconds with one place. */
  public static String nanos(double time) {
    return String.format(Locale.ROOT, "%.1f", time);
  }

  /** Returns millions with three digits that count. */
  public static String millions(double rate) {
    String format = rate >= 100 ? "%.0f" : rate >= 10 ? "%.1f" : rate >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, rate);
  }
}
