package io.mnemogrid.vector.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.vector.Vectors;
import io.mnemogrid.vector.kernel.Kernel;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.kernel.ScalarKernel;
import io.mnemogrid.vector.memory.NativeMemory;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScorerTest {
  private static final long SEED = 19;
  private static final int ROWS = 7; // four at once and three one by one

  @ParameterizedTest
  @EnumSource
  void aBatchScoresAsItsRowsDoOneByOneAndAsTheirVectorsDo(Encoding encoding) {
    var random = new SplittableRandom(SEED);
    for (Metric metric : Metric.values()) {
      for (int dim : new int[] {1, 3, 16, 33, 384}) {
        var layout = new RowLayout(dim, encoding, metric);
        for (Kernel kernel : List.of(Kernels.best(), ScalarKernel.INSTANCE)) {
          check("%s %d, seed %d".formatted(metric, dim, SEED), new Scorer(layout, kernel), random);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVectorOfZerosScoresZeroUnderTheInnerProduct(Encoding encoding) {
    var scorer = new Scorer(new RowLayout(33, encoding, Metric.INNER_PRODUCT));
    try (var arena = Arena.ofConfined()) {
      long row = arena.allocate(scorer.layout().strideBytes(), 1).address();
      scorer.encode(new float[33], 1, row);
      var query = new Query();
      query.set(Vectors.gaussian(new SplittableRandom(SEED), 33), 1);
      assertThat(scorer.score(query, row)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRowIsAVectorIfItsScoresAreNumbersHoweverNearTheyComeToOverflow(Encoding encoding) {
    var random = new SplittableRandom(SEED);
    var query = new Query();
    int vectors = 0;
    for (int round = 0; round < 2_000; round++) {
      Metric metric = Metric.values()[round % Metric.values().length];
      var layout = new RowLayout(1 + random.nextInt(40), encoding, metric);
      Kernel kernel = random.nextBoolean() ? Kernels.best() : ScalarKernel.INSTANCE;
      var scorer = new Scorer(layout, kernel);
      try (var arena = Arena.ofConfined()) {
        long row = arena.allocate(layout.strideBytes(), 1).address();
        float factor = (float) Math.pow(10, random.nextInt(-10, 25));
        scorer.encode(Vectors.gaussian(random, layout.dimension()), factor, row);
        if (random.nextInt(4) == 0) {
          int at = random.nextInt((int) layout.strideBytes());
          NativeMemory.putByte(row + at, (byte) random.nextInt());
        }
        scorer.load(query, row);
        boolean hasNumber = Float.isFinite(scorer.score(query, row));
        assertThat(scorer.isVector(row, query))
            .as("%s %s 10^%s round %d, seed %d", layout, kernel, factor, round, SEED)
            .isEqualTo(hasNumber);
        vectors += hasNumber ? 1 : 0;
      }
    }
    assertThat(vectors).isBetween(500, 1_900);
  }

  private static void check(String what, Scorer scorer, SplittableRandom random) {
    RowLayout layout = scorer.layout();
    int dim = layout.dimension();
    float[] vector = Vectors.gaussian(random, dim);
    var query = new Query();
    query.set(vector, 1);
    var batch = new ScoreBatch();
    float[] stored = new float[dim];
    try (var arena = Arena.ofConfined()) {
      for (int i = 0; i < ROWS; i++) {
        long row = arena.allocate(layout.strideBytes(), 1).address();
        scorer.encode(Vectors.gaussian(random, dim), 1, row);
        batch.add(i);
        batch.setAddress(i, row);
      }
      scorer.score(query, batch);
      for (int i = 0; i < ROWS; i++) {
        float one = scorer.score(query, batch.addresses()[i]);
        assertThat(batch.score(i)).as(what).isCloseTo(one, within(1e-5f * dim));
        scorer.decode(batch.addresses()[i], stored);
        double want = score(layout, vector, stored, batch.addresses()[i]);
        assertThat((double) one).as(what).isCloseTo(want, within(1e-5 * dim));
      }
    }
  }

  /** In double precision, with the squared length that the row keeps of the vector as given. */
  private static double score(RowLayout layout, float[] query, float[] stored, long row) {
    double dot = 0;
    double squared = 0;
    for (int i = 0; i < query.length; i++) {
      dot += (double) query[i] * stored[i];
      squared += (double) query[i] * query[i];
    }
    if (!layout.hasSquaredLength()) {
      return dot;
    }
    double rowSquared = NativeMemory.getFloat(row + layout.squaredLengthOffset());
    return Math.min(0, 2 * dot - squared - rowSquared);
  }
}
