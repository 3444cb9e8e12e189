package io.mnemogrid.node.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamSafeTest {
  private static final String MOST = "\u0301".repeat(StreamSafe.MARKS_IN_A_ROW_MAX);
  private static final int TEXTS = 300;
  private static final long SEED = 15;

  @ParameterizedTest
  @EnumSource(Form.class)
  void marksOverTheLimitGo(Form form) {
    assertThat(StreamSafe.normalize("q" + MOST, form)).isEqualTo("q" + MOST);
    assertThat(StreamSafe.normalize("q" + MOST + "\u0323\u20DD\u0903" + "r", form))
        .isEqualTo("q" + MOST + "r");
    assertThat(StreamSafe.normalize("q" + MOST + "q" + MOST, form)).hasSize(2 * MOST.length() + 2);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void ordinaryTextIsNormalizedAsEver(Form form) {
    SplittableRandom random = new SplittableRandom(SEED);
    String letters = "aé\u00e9e\u0301\u0323\uD83D\uDE00 \uFB01\u1E9B\u0323한\uD800";
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertThat(StreamSafe.normalize(text, form))
          .as("seed %d, text %d", SEED, i)
          .isEqualTo(Normalizer.normalize(text, form));
    }
  }
}
