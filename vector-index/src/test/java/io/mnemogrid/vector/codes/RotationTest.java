package io.mnemogrid.vector.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.vector.Vectors;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {
  private static final int LEAST_STEP = 16;

  private static float[] rotated(float[] vector) {
    float[] into = new float[vector.length];
    Rotation.of(vector.length).apply(vector, into);
    return into;
  }

  private static double dot(float[] one, float[] other) {
    double dot = 0;
    for (int i = 0; i < one.length; i++) {
      dot += (double) one[i] * other[i];
    }
    return dot;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 128, 256, 257, 384, 512, 1_000, 1_024})
  void anglesStayAsTheyAre(int dimension) {
    SplittableRandom random = new SplittableRandom(dimension);
    float[] one = Vectors.gaussian(random, dimension);
    float[] other = Vectors.gaussian(random, dimension);
    double scale = dot(rotated(one), rotated(one)) / dot(one, one);
    double longest = Math.sqrt(dot(one, one) * dot(other, other));
    assertThat(dot(rotated(one), rotated(other)) / scale)
        .isCloseTo(dot(one, other), within(1e-4 * longest));
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64, 128, 256, 384, 400, 512, 768, 1_000, 1_024})
  void whatOneElementSaysIsSpreadOverMany(int dimension) {
    int least = Integer.highestOneBit(dimension) / LEAST_STEP;
    for (int element = 0; element < dimension; element++) {
      float[] vector = new float[dimension];
      vector[element] = 1;
      int reached = 0;
      for (float value : rotated(vector)) {
        reached += Math.abs(value) > 1e-6 ? 1 : 0;
      }
      assertThat(reached).as("element %d of %d", element, dimension).isGreaterThanOrEqualTo(least);
    }
  }
}
