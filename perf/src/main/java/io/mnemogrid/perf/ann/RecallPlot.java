package io.mnemogrid.perf.ann;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Recall against queries a CPU second as SVG, a line an engine. Further up and further right is
 * better; the rate has a logarithmic axis.
 */
final class RecallPlot {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 610;
  private static final int LEFT = 84;
  private static final int RIGHT = 800;
  private static final int TOP = 80;
  private static final int BOTTOM = 535;
  private static final int LEGEND_ROW = 24;
  private static final double LEAST_RECALL = 0.80;
  private static final int RECALL_TICKS = 10;
  private static final int[] RATE_STEPS = {1, 2, 5};
  private static final String[] COLOURS = {
    "#d62728", "#ff8c1a", "#2ca02c", "#1f4e9c", "#4fa3d9", "#8e44ad", "#222222", "#8c6d31"
  };

  private final String title;
  private final String subtitle;
  private final List<Series> allSeries;
  private final double leastRate;
  private final double mostRate;
  private final StringBuilder svg = new StringBuilder();

  RecallPlot(String title, String subtitle, List<Series> allSeries) {
    this.title = title;
    this.subtitle = subtitle;
    this.allSeries = allSeries;
    List<Double> rates =
        allSeries.stream()
            .flatMap(series -> series.points().stream())
            .filter(point -> point.recall() >= LEAST_RECALL)
            .map(Point::queriesPerCpuSecond)
            .sorted()
            .toList();
    leastRate = rates.isEmpty() ? 1 : rates.getFirst() / 1.15;
    mostRate = rates.isEmpty() ? 10 : rates.getLast() * 1.15;
  }

  /** What one engine reached, in ascending ef. */
  record Series(String name, boolean emphasised, List<Point> points) {}

  /** One ef. */
  record Point(double recall, double queriesPerCpuSecond) {}

  void write(Path file) {
    try {
      Files.writeString(file, draw());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String draw() {
    svg.setLength(0);
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'"
            + " font-family='Helvetica, Arial, sans-serif' font-size='13'>",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    add("<rect width='%d' height='%d' fill='white'/>", WIDTH, HEIGHT);
    add(
        "<clipPath id='inside'><rect x='%d' y='%d' width='%d' height='%d'/></clipPath>",
        LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
    add("<text x='%d' y='36' font-size='19' font-weight='bold'>%s</text>", LEFT, escaped(title));
    add("<text x='%d' y='60' fill='#555'>%s</text>", LEFT, escaped(subtitle));
    addRecallAxis();
    addRateAxis();
    for (int i = 0; i < allSeries.size(); i++) {
      addLine(allSeries.get(i), COLOURS[i % COLOURS.length]);
    }
    addLegend();
    add("</svg>");
    return svg.toString();
  }

  private void addRecallAxis() {
    for (int i = 0; i <= RECALL_TICKS; i++) {
      double recall = LEAST_RECALL + (1 - LEAST_RECALL) * i / RECALL_TICKS;
      double x = x(recall);
      add("<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='#e4e4e4'/>", x, TOP, x, BOTTOM);
      add("<text x='%.1f' y='%d' text-anchor='middle'>%.2f</text>", x, BOTTOM + 20, recall);
    }
    add("<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='#333'/>", LEFT, BOTTOM, RIGHT, BOTTOM);
    add(
        "<text x='%d' y='%d' text-anchor='middle' font-size='14'>recall@%d</text>",
        (LEFT + RIGHT) / 2, BOTTOM + 46, Truth.K);
  }

  private void addRateAxis() {
    for (double decade = 1; decade <= mostRate; decade *= 10) {
      for (int step : RATE_STEPS) {
        double rate = decade * step;
        if (rate >= leastRate && rate <= mostRate) {
          double y = y(rate);
          add("<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#e4e4e4'/>", LEFT, y, RIGHT, y);
          add("<text x='%d' y='%.1f' text-anchor='end'>%,.0f</text>", LEFT - 8, y + 4.5, rate);
        }
      }
    }
    add("<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='#333'/>", LEFT, TOP, LEFT, BOTTOM);
    int middle = (TOP + BOTTOM) / 2;
    add(
        "<text x='22' y='%d' text-anchor='middle' font-size='14' transform='rotate(-90 22 %d)'>"
            + "queries a CPU second (log)</text>",
        middle, middle);
  }

  private void addLine(Series series, String colour) {
    var path = new StringBuilder();
    for (Point point : series.points()) {
      path.append(
          String.format(
              Locale.ROOT, "%.1f,%.1f ", x(point.recall()), y(point.queriesPerCpuSecond())));
    }
    add(
        "<polyline clip-path='url(#inside)' fill='none' stroke='%s' stroke-width='%s'"
            + " stroke-linejoin='round' points='%s'/>",
        colour, width(series), path.toString().strip());
    for (Point point : series.points()) {
      if (point.recall() >= LEAST_RECALL) {
        addMark(x(point.recall()), y(point.queriesPerCpuSecond()), series, colour);
      }
    }
  }

  /** Ours are squares, so that they are told apart without colour too. */
  private void addMark(double x, double y, Series series, String colour) {
    if (series.emphasised()) {
      add(
          "<rect x='%.1f' y='%.1f' width='9' height='9' fill='%s' stroke='white'/>",
          x - 4.5, y - 4.5, colour);
    } else {
      add("<circle cx='%.1f' cy='%.1f' r='4' fill='%s' stroke='white'/>", x, y, colour);
    }
  }

  /** In the order of the lines at the recall of 0.95, the fastest first. */
  private void addLegend() {
    List<Series> sorted =
        allSeries.stream()
            .sorted(Comparator.comparingDouble((Series series) -> -rateAt(series, 0.95)))
            .toList();
    int y = TOP + 14;
    for (Series series : sorted) {
      String colour = COLOURS[allSeries.indexOf(series) % COLOURS.length];
      int x = RIGHT + 22;
      add(
          "<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='%s' stroke-width='%s'/>",
          x, y, x + 28, y, colour, width(series));
      addMark(x + 14, y, series, colour);
      add(
          "<text x='%d' y='%.1f'%s>%s</text>",
          x + 36,
          y + 4.5,
          series.emphasised() ? " font-weight='bold'" : "",
          escaped(series.name()));
      y += LEGEND_ROW;
    }
  }

  private static double rateAt(Series series, double recall) {
    return series.points().stream()
        .filter(point -> point.recall() >= recall)
        .mapToDouble(Point::queriesPerCpuSecond)
        .max()
        .orElse(0);
  }

  private static String width(Series series) {
    return series.emphasised() ? "3" : "1.8";
  }

  private static double x(double recall) {
    return LEFT + (recall - LEAST_RECALL) / (1 - LEAST_RECALL) * (RIGHT - LEFT);
  }

  private double y(double rate) {
    return BOTTOM - Math.log(rate / leastRate) / Math.log(mostRate / leastRate) * (BOTTOM - TOP);
  }

  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;");
  }
}
