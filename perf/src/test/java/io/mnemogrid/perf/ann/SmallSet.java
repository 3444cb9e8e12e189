package io.mnemogrid.perf.ann;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A few random vectors, always the same, for programs that are run once to see that they work. */
final class SmallSet {
  static final int COUNT = 400;
  static final int DIMENSION = 32;
  private static final int QUERIES = 20;
  private static final long SEED = 7;

  private SmallSet() {}

  /** Writes them where {@link VectorSets} looks for sentences. */
  static VectorSet write(Path folder) {
    VectorFile.write(folder.resolve("base.f32"), random(COUNT, SEED));
    VectorFile.write(folder.resolve("queries.f32"), random(QUERIES, SEED + 1));
    return RunOptions.of(folder).vectors();
  }

  private static float[][] random(int count, long seed) {
    var random = new SplittableRandom(seed);
    return IntStream.range(0, count)
        .mapToObj(_ -> VectorSets.direction(DIMENSION, random))
        .toArray(float[][]::new);
  }
}
