package io.mnemogrid.node.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeedbackTest {
  @Test
  void theQuestionMovesTowardsTheMeanAndKeepsItsLength() {
    float[] moved = Feedback.moved(new float[] {2, 0}, List.of(new float[] {0, 1}));
    assertThat(Math.hypot(moved[0], moved[1])).isCloseTo(2, within(1e-6));
    assertThat(moved[1] / moved[0]).isCloseTo(0.5f, within(1e-6f));
  }

  @Test
  void howLongTheFoundVectorsAreDoesNotMatter() {
    float[] question = {1, 1, 0};
    assertThat(Feedback.moved(question, List.of(new float[] {0, 0, 9}, new float[] {0, 5, 0})))
        .containsExactly(
            Feedback.moved(question, List.of(new float[] {0, 0, 1}, new float[] {0, 1, 0})),
            within(1e-6f));
  }

  @Test
  void withoutHitsOrDirectionItStays() {
    float[] question = {1, 2};
    assertThat(Feedback.moved(question, List.of())).isSameAs(question);
    assertThat(Feedback.moved(question, List.of(new float[] {0, 0}))).containsExactly(1, 2);
  }
}
