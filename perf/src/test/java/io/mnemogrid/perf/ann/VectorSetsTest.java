package io.mnemogrid.perf.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong truth or a set that differs from run to run would make every figure worthless. */
class VectorSetsTest {
  private static final long SEED = 11;

  @TempDir private Path folder;

  private static float[][] random(int count, int dimension) {
    var random = new SplittableRandom(SEED);
    return IntStream.range(0, count)
        .mapToObj(_ -> VectorSets.direction(dimension, random))
        .toArray(float[][]::new);
  }

  @Test
  void aFileGivesBackWhatWasWrittenAndAppended() {
    float[][] vectors = random(5_000, 19);
    Path file = folder.resolve("some.f32");
    try (var writer = VectorFile.append(file, 19)) {
      writer.add(Arrays.copyOf(vectors, 4_999));
    }
    try (var writer = VectorFile.append(file, 19)) {
      assertThat(writer.count()).isEqualTo(4_999);
      writer.add(new float[][] {vectors[4_999]});
    }
    assertThat(VectorFile.read(file, Integer.MAX_VALUE)).isDeepEqualTo(vectors);
    assertThat(VectorFile.read(file, 3)).isDeepEqualTo(Arrays.copyOf(vectors, 3));
    assertThatThrownBy(() -> VectorFile.append(file, 20)).hasMessageContaining("19 dimensions");
  }

  @Test
  void theNearestAreThoseOfAPlainSort() {
    float[][] base = random(700, 37);
    float[][] queries = random(300, 37);
    Truth truth = ExactSearch.nearest(base, queries);
    for (int q = 0; q < queries.length; q++) {
      float[] query = queries[q];
      Integer[] sorted =
          IntStream.range(0, base.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -dot(query, base[i])))
              .toArray(Integer[]::new);
      for (int i = 0; i < Truth.K; i++) {
        assertThat((double) truth.scores()[q][i])
            .isCloseTo(dot(query, base[sorted[i]]), within(1e-6));
      }
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Test
  void aVectorThatOccursTwiceMayStandForItsTwin() {
    float[][] base = random(20, 16);
    base[19] = base[3].clone();
    float[][] queries = {base[3]};
    var set = new VectorSet("twins", base, queries, ExactSearch.nearest(base, queries));
    assertThat(set.truth().hits(set, 0, new int[] {19, 3}, 2)).isEqualTo(2);
    assertThat(set.truth().hits(set, 0, new int[] {19, 3}, 1)).isEqualTo(1);
  }

  @Test
  void theClusteredSetIsTheSameEachTimeAndItsTruthIsKept() {
    var sets = new VectorSets(folder);
    VectorSet once = sets.set("clustered", 1_000);
    VectorSet again = new VectorSets(folder).set("clustered", 1_000);
    assertThat(again.base()).isDeepEqualTo(once.base());
    assertThat(again.truth().numbers()).isDeepEqualTo(once.truth().numbers());
    assertThat(again.truth().scores()).isDeepEqualTo(once.truth().scores());
    assertThat(folder).isDirectoryContaining("glob:**truth-clustered-1000-*.knn");
  }

  @Test
  void thePerturbedSetBeginsWithTheBaseAndIsOfUnitLength() {
    float[][] base = random(50, 24);
    float[][] vectors = VectorSets.perturbed(base, 200);
    assertThat(vectors).hasDimensions(200, 24);
    assertThat(vectors[49]).isSameAs(base[49]);
    assertThat(vectors).isDeepEqualTo(VectorSets.perturbed(base, 200));
    for (float[] vector : vectors) {
      assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
    }
  }
}
