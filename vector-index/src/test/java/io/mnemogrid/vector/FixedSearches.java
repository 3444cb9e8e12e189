package io.mnemogrid.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The same searches each time, in whatever JVM, on all tiers and row formats. */
final class FixedSearches {
  private static final int DIM = 96;
  private static final int COUNT = 600;
  private static final int QUERIES = 40;
  private static final int K = 10;

  private FixedSearches() {}

  /** Prints {@link #lines}. */
  public static void main(String[] args) {
    lines().forEach(System.out::println);
  }

  /** A line a hit: tier, row format, number of the query, slot, score. */
  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Tier tier : Tier.values()) {
      for (RowFormat format : RowFormat.values()) {
        search(tier, format, lines);
      }
    }
    return lines;
  }

  private static void search(Tier tier, RowFormat format, List<String> lines) {
    float[][] vectors = Vectors.clustered(new SplittableRandom(7), COUNT + QUERIES, DIM, 30);
    var tiers =
        IndexOptions.Tiers.only(tier).withCodes(tier == Tier.EXACT ? Codes.NONE : Codes.TWO_BITS);
    var options = IndexOptions.of(DIM).withRows(format).withTiers(tiers);
    try (var memory = new VectorMemory(64 << 20);
        var index = new VectorIndex(options, memory)) {
      for (int i = 0; i < COUNT; i++) {
        index.insert(vectors[i]);
      }
      while (index.maintain(COUNT) > 0) {
        Thread.onSpinWait();
      }
      try (var reader = index.openReader()) {
        for (int q = 0; q < QUERIES; q++) {
          Hits hits = reader.search(vectors[COUNT + q], SearchParameters.of(K));
          for (int h = 0; h < hits.count(); h++) {
            lines.add(
                String.join(
                    " ",
                    tier.name(),
                    format.name(),
                    Integer.toString(q),
                    Integer.toString(hits.slot(h)),
                    Float.toString(hits.score(h))));
          }
        }
      }
    }
  }
}
