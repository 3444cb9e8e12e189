package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.Codes;
import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.Tier;
import io.mnemogrid.vector.VectorIndex;
import io.mnemogrid.vector.VectorMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Images written and read in chunks of a megabyte, as a migration sends them. */
final class ImageFigures {
  private static final int WARM_UPS = 5;
  private static final double MILLION = 1e6;
  private static final Target WITH_GRAPH = Target.atLeast(0.5);
  private static final Target CODES_FROM_ROWS = Target.atLeast(1);

  private final Workbench bench;
  private final Verdicts verdicts;

  ImageFigures(Workbench bench) {
    this.bench = bench;
    this.verdicts = bench.verdicts();
  }

  /** What is done with an image. */
  private enum Step {
    WRITE,
    LOAD
  }

  void measure() {
    verdicts.heading(
        "images in chunks of %,d bytes, million vectors a second:", Images.CHUNK_BYTES);
    for (RowFormat rows : List.of(RowFormat.FLOAT32, RowFormat.INT8)) {
      double plain = measure(rows, Tiers.only(Tier.EXACT));
      double coded = measure(rows, Tiers.only(Tier.CODES));
      double making = 1 / (1 / coded - 1 / plain);
      verdicts.judge("codes made from rows " + rows, making, "million/s", CODES_FROM_ROWS);
      measure(rows, Tiers.only(Tier.GRAPH).withCodes(Codes.NONE));
      double linked = measure(rows, Tiers.only(Tier.GRAPH));
      verdicts.judge("load with graph, rows " + rows, linked, "million/s", WITH_GRAPH);
    }
  }

  /** Million vectors a second that are loaded. */
  private double measure(RowFormat rows, Tiers tiers) {
    try (MnemogridIndex built = bench.build(rows, tiers)) {
      List<byte[]> image = Images.write(built.index());
      double bytes = image.stream().mapToLong(chunk -> chunk.length).sum();
      Map<Step, Rates> rates = bench.repeat(WARM_UPS, () -> round(built.index(), image));
      double write = million(rates, Step.WRITE);
      double load = million(rates, Step.LOAD);
      double bytesOfOne = bytes / bench.set().count();
      verdicts.line(
          "  rows %-8s codes %-9s %-8s write %7.3f (%,7.0f MB/s)  load %7.3f (%,7.0f MB/s)",
          rows,
          tiers.codes(),
          tiers.graphAbove() == 0 ? "graph" : "no graph",
          write,
          write * bytesOfOne,
          load,
          load * bytesOfOne);
      return load;
    }
  }

  private static double million(Map<Step, Rates> rates, Step step) {
    return Objects.requireNonNull(rates.get(step)).medianPerCpuSecond() / MILLION;
  }

  private Map<Step, Rate> round(VectorIndex index, List<byte[]> image) {
    Map<Step, Rate> rates = new LinkedHashMap<>();
    int count = bench.set().count();
    rates.put(Step.WRITE, Stopwatch.time(count, () -> Images.write(index)));
    try (var memory = new VectorMemory(Long.MAX_VALUE)) {
      Stopwatch watch = Stopwatch.start();
      VectorIndex loaded = Images.load(image, memory);
      rates.put(Step.LOAD, watch.stop(count));
      loaded.close();
    }
    return rates;
  }
}
