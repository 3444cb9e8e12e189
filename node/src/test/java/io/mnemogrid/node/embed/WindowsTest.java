package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {
  private static final int MAX = 512;
  private static final int ROOM = MAX - 2;
  private static Vocabulary vocabulary;

  @BeforeAll
  static void read() throws IOException {
    vocabulary = BundledModel.vocabulary();
  }

  @Test
  void noTokensAreOneWindowOfTheSpecialTokens() {
    assertThat(cut(0)).isDeepEqualTo(new int[][] {{vocabulary.open(), vocabulary.close()}});
  }

  @Test
  void whatJustFitsIsOneWindow() {
    assertThat(cut(ROOM)).hasNumberOfRows(1);
    assertThat(cut(ROOM + 1)).hasNumberOfRows(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 509, 510, 511, 987, 988, 989, 2_000, 3_855, 3_856})
  void everyTokenIsReadUpToTheBound(int tokens) {
    assertThat(read(cut(tokens)).cardinality()).isEqualTo(tokens);
    assertThat(tokens).isLessThanOrEqualTo(Windows.tokensReadInFull(MAX));
  }

  @ParameterizedTest
  @ValueSource(ints = {511, 988, 1_500, 3_856})
  void neighboursOverlap(int tokens) {
    int[][] windows = cut(tokens);
    for (int i = 1; i < windows.length; i++) {
      assertThat(windows[i - 1][ROOM] - windows[i][1] + 1)
          .isGreaterThanOrEqualTo(Windows.OVERLAP_MIN);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3_857, 10_000, 131_072})
  void aVeryLongTextIsHeardFromItsFirstToItsLastToken(int tokens) {
    int[][] windows = cut(tokens);
    assertThat(windows).hasNumberOfRows(Windows.WINDOWS_MAX);
    BitSet read = read(windows);
    assertThat(read.get(0)).isTrue();
    assertThat(read.get(tokens - 1)).isTrue();
    assertThat(List.of(windows)).allMatch(window -> window.length == MAX);
  }

  /** Tokens 1000, 1001, … so that a token tells its place. */
  private static int[][] cut(int tokens) {
    return Windows.cut(IntStream.range(1_000, 1_000 + tokens).toArray(), MAX, vocabulary);
  }

  private static BitSet read(int[][] windows) {
    BitSet read = new BitSet();
    for (int[] window : windows) {
      assertThat(window[0]).isEqualTo(vocabulary.open());
      assertThat(window[window.length - 1]).isEqualTo(vocabulary.close());
      for (int i = 1; i < window.length - 1; i++) {
        read.set(window[i] - 1_000);
      }
    }
    return read;
  }
}
