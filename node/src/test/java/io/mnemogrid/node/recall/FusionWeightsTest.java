package io.mnemogrid.node.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.node.recall.FusionWeights.Sides;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FusionWeightsTest {
  static Stream<NeighborWeights> neighbors() {
    return Stream.of(NeighborWeights.LEXICAL, NeighborWeights.DENSE);
  }

  @Test
  void theTwoSidesAreWholeByDefault() {
    assertThat(sum(FusionWeights.DEFAULTS.alone())).isCloseTo(1, within(1e-12));
    assertThat(sum(FusionWeights.DEFAULTS.inContext())).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.6, 1})
  void theBalanceMovesBetweenTheSidesAndKeepsTheirSum(double vectorWeight) {
    for (FusionWeights.Sides sides :
        List.of(FusionWeights.DEFAULTS.alone(), FusionWeights.DEFAULTS.inContext())) {
      Sides balanced = sides.balanced(vectorWeight);
      assertThat(sum(balanced)).isCloseTo(sum(sides), within(1e-12));
      assertThat(balanced.dense() + balanced.denseNeighbors() + balanced.denseSession())
          .isCloseTo(vectorWeight * sum(sides), within(1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("neighbors")
  void noTwoNeighborsGetMoreOfAScoreThanTheTurnItself(NeighborWeights weights) {
    List<Double> received = new ArrayList<>(weights.after()); // by the turns before it
    received.addAll(weights.before()); // by the turns after it
    received.set(weights.after().size(), weights.before().getFirst() + weights.answer());
    received.sort(Collections.reverseOrder());
    assertThat(received.get(0) + received.get(1)).isLessThanOrEqualTo(1 + 1e-12);
    assertThat(weights.before().size()).isLessThanOrEqualTo(SessionLines.REACH_MAX);
    assertThat(weights.after().size()).isLessThanOrEqualTo(SessionLines.REACH_MAX);
  }

  private static double sum(Sides sides) {
    return sides.lexical()
        + sides.lexicalNeighbors()
        + sides.lexicalSession()
        + sides.dense()
        + sides.denseNeighbors()
        + sides.denseSession();
  }
}
