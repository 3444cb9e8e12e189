package io.mnemogrid.node.recall;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScaleTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

  @Test
  void wordsCountFromZero() {
    assertThat(Scale.fromZero(new double[] {2, 0, 4})).containsExactly(0.5, 0, 1);
    assertThat(Scale.fromZero(new double[] {0, 0})).containsExactly(0, 0);
    assertThat(Scale.fromZero(new double[0])).isEmpty();
  }

  @Test
  void similaritiesCountFromTheLowest() {
    assertThat(Scale.fromLowest(new double[] {0.5, 0.3, 0.7}, 0))
        .containsExactly(new double[] {0.5, 0, 1}, ROUNDING);
    assertThat(Scale.fromLowest(new double[] {0.4, 0.4}, 0)).containsExactly(1, 1);
    assertThat(Scale.fromLowest(new double[0], 0)).isEmpty();
  }

  @Test
  void similaritiesThatAreCloseStayClose() {
    assertThat(Scale.fromLowest(new double[] {0.70, 0.69}, 0.2))
        .containsExactly(new double[] {1, 0.95}, ROUNDING);
    assertThat(Scale.fromLowest(new double[] {0.4}, 0.2)).containsExactly(1);
  }

  @Test
  void equalScoresShareTheBetterRank() {
    assertThat(Scale.byRank(new double[] {0.1, 0.9, 0.9, 0, 0.5}, 0))
        .containsExactly(61.0 / 64, 1, 1, 0, 61.0 / 63);
  }
}
