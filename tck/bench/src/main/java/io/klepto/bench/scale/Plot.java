package io.klepto.bench.scale;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * A plot of lines over logarithmic axes, as SVG 1.1: a title, both axes with their units, a line
 * with its points for each series, a legend. Both axes begin and end at powers of ten, or of two
 * where the horizontal one counts threads. Not thread-safe.
 */
final class Plot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 80;
  private static final int RIGHT = 220;
  private static final int TOP = 50;
  private static final int BOTTOM = 60;
  private static final List<String> COLOURS =
      List.of(
          "#1b6ca8", "#c23b22", "#2e8b57", "#8e44ad", "#d68910", "#16a2b8", "#7f8c8d", "#5d4037");

  /**
   * A point of a series.
   *
   * @param x above 0
   * @param y above 0
   */
  record Point(double x, double y) {
    Point {
      if (!(x > 0) || !(y > 0)) {
        throw new IllegalArgumentException(
            "point (" + x + ", " + y + "): expected numbers above 0, as the axes are logarithmic");
      }
    }
  }

  private record Series(String name, List<Point> points) {}

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final int xBase;
  private final List<Series> all = new ArrayList<>();

  /**
   * Makes a plot without lines.
   *
   * @param xTitle what the horizontal axis shows, with its unit
   * @param yTitle what the vertical axis shows, with its unit
   * @param xBase the ratio of neighbouring marks on the horizontal axis, 10 or 2
   */
  Plot(String title, String xTitle, String yTitle, int xBase) {
    this.title = title;
    this.xTitle = xTitle;
    this.yTitle = yTitle;
    this.xBase = xBase;
  }

  /** Adds a line; one without points is left out. */
  Plot line(String name, List<Point> points) {
    if (!points.isEmpty()) {
      all.add(new Series(name, List.copyOf(points)));
    }
    return this;
  }

  /** Returns whether there is nothing to draw. */
  boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * Returns the text of the file.
   *
   * @throws IllegalStateException if there are no lines
   */
  String svg() {
    if (isEmpty()) {
      throw new IllegalStateException("plot " + title + ": expected a line at least, found none");
    }
    Axis x = Axis.over(xBase, values(Point::x), LEFT, WIDTH - RIGHT);
    Axis y = Axis.over(10, values(Point::y), HEIGHT - BOTTOM, TOP);
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT);
    add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, 24, "middle\" font-size=\"15", title);
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 16, "middle", xTitle);
    double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
    text(
        svg,
        18,
        middle,
        String.format(Locale.ROOT, "middle\" transform=\"rotate(-90 18 %.1f)", middle),
        yTitle);
    grid(svg, x, y);
    for (int i = 0; i < all.size(); i++) {
      series(svg, x, y, all.get(i), COLOURS.get(i % COLOURS.size()), i);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void grid(StringBuilder svg, Axis x, Axis y) {
    String line = "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>";
    for (double mark : x.marks()) {
      add(svg, line, x.place(mark), (double) TOP, x.place(mark), (double) HEIGHT - BOTTOM);
      text(svg, x.place(mark), HEIGHT - BOTTOM + 18, "middle", number(mark));
    }
    for (double mark : y.marks()) {
      add(svg, line, (double) LEFT, y.place(mark), (double) WIDTH - RIGHT, y.place(mark));
      text(svg, LEFT - 8, y.place(mark) + 4, "end", number(mark));
    }
  }

  private static void series(
      StringBuilder svg, Axis x, Axis y, Series series, String colour, int index) {
    StringBuilder points = new StringBuilder();
    for (Point point : series.points()) {
      points.append(
          String.format(Locale.ROOT, "%.1f,%.1f ", x.place(point.x()), y.place(point.y())));
    }
    add(
        svg,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        points.toString().strip(),
        colour);
    for (Point point : series.points()) {
      add(
          svg,
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>",
          x.place(point.x()),
          y.place(point.y()),
          colour);
    }
    double legend = TOP + 10 + 20.0 * index;
    add(
        svg,
        "<rect x=\"%d\" y=\"%.1f\" width=\"14\" height=\"4\" fill=\"%s\"/>",
        WIDTH - RIGHT + 16,
        legend - 6,
        colour);
    text(svg, WIDTH - RIGHT + 36, legend, "start", series.name());
  }

  private List<Double> values(ToDoubleFunction<Point> coordinate) {
    return all.stream()
        .flatMap(series -> series.points().stream())
        .map(coordinate::applyAsDouble)
        .toList();
  }

  /** Returns a mark as the axes show it: 0.01, 5, 1,000, 1 M. */
  static String number(double mark) {
    if (mark >= 1e6) {
      return String.format(Locale.ROOT, "%.0f M", mark / 1e6);
    }
    return mark >= 1
        ? String.format(Locale.ROOT, "%,.0f", mark)
        : BigDecimal.valueOf(mark).stripTrailingZeros().toPlainString();
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    add(
        svg,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"" + anchor + "\">%s</text>",
        x,
        y,
        escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** A logarithmic axis: where a number lies between two places of the picture. */
  private record Axis(int base, double low, double high, double from, double to) {
    static Axis over(int base, List<Double> values, double from, double to) {
      DoubleFunction<Double> log = value -> Math.log(value) / Math.log(base);
      double low = Math.floor(log.apply(values.stream().min(Double::compare).get()) + 1e-9);
      double high = Math.ceil(log.apply(values.stream().max(Double::compare).get()) - 1e-9);
      return new Axis(base, low, Math.max(high, low + 1), from, to);
    }

    double place(double value) {
      return from + (Math.log(value) / Math.log(base) - low) / (high - low) * (to - from);
    }

    List<Double> marks() {
      List<Double> marks = new ArrayList<>();
      for (double exponent = low; exponent <= high; exponent++) {
        marks.add(Math.pow(base, exponent));
      }
      return marks;
    }
  }
}
