package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sizes are those of the bundled models: 512, 256, and 512 with a prefix of two tokens. */
class WindowsTest {
  private static final int OPEN = 101;
  private static final int CLOSE = 102;
  private static final Template BERT = Template.bert(OPEN, CLOSE);

  @Test
  void noTokensAreOneWindowOfTheSpecialTokensAndThePrefix() {
    assertThat(cut(0, 512, 0).windows())
        .singleElement()
        .extracting(Tokens::ids)
        .isEqualTo(new int[] {OPEN, CLOSE});
    assertThat(cut(0, 512, 2).windows())
        .singleElement()
        .extracting(Tokens::ids)
        .isEqualTo(new int[] {OPEN, 900, 901, CLOSE});
  }

  @ParameterizedTest
  @CsvSource({"512, 0, 510", "256, 0, 254", "512, 2, 508", "66, 0, 64"})
  void whatJustFitsIsOneWindow(int max, int prefix, int room) {
    assertThat(cut(room, max, prefix).windows()).hasSize(1);
    assertThat(cut(room + 1, max, prefix).windows()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"512, 0", "256, 0", "512, 2", "66, 0", "2048, 200"})
  void everyTokenIsReadUpToTheBound(int max, int prefix) {
    int bound = windows(max, prefix).tokensReadInFull();
    int room = max - prefix - 2;
    for (int tokens : new int[] {0, 1, room - 1, room, room + 1, 2 * room, bound - 1, bound}) {
      Cut cut = cut(tokens, max, prefix);
      assertThat(read(cut, prefix).cardinality()).as("%d tokens", tokens).isEqualTo(tokens);
      assertThat(cut.whole()).isTrue();
    }
    assertThat(cut(bound + 1, max, prefix).whole()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"512, 0", "256, 0", "512, 2", "66, 0"})
  void noWindowIsLongerThanTheModelReadsAndNeighboursOverlap(int max, int prefix) {
    int bound = windows(max, prefix).tokensReadInFull();
    for (int tokens = max; tokens <= bound; tokens += 7) {
      List<Tokens> windows = cut(tokens, max, prefix).windows();
      assertThat(windows).allMatch(window -> window.length() == max && window.second() == max);
      for (int i = 1; i < windows.size(); i++) {
        int lastBefore = windows.get(i - 1).ids()[max - 2];
        int first = windows.get(i).ids()[1 + prefix];
        assertThat(lastBefore - first + 1)
            .as("%d tokens", tokens)
            .isGreaterThanOrEqualTo(Windows.OVERLAP_MIN);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3857, 512, 0", "10000, 512, 2", "131072, 512, 0", "131072, 256, 0", "300, 66, 0"})
  void aVeryLongTextIsHeardFromItsFirstToItsLastToken(int tokens, int max, int prefix) {
    Cut cut = cut(tokens, max, prefix);
    assertThat(cut.windows()).hasSize(Windows.WINDOWS_MAX);
    BitSet read = read(cut, prefix);
    assertThat(read.get(0)).isTrue();
    assertThat(read.get(tokens - 1)).isTrue();
    assertThat(cut.windows()).allMatch(window -> window.length() == max);
    assertThat(cut.whole()).isFalse();
  }

  @Test
  void aWindowOfPrefixAndOverlapAloneIsRefused() {
    assertThatThrownBy(() -> windows(Windows.leastTokens(BERT, new int[5]) - 1, 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Windows windows(int max, int prefix) {
    return new Windows(BERT, max, IntStream.range(900, 900 + prefix).toArray());
  }

  /** Tokens 1000, 1001, … so that a token tells its place; those of the prefix are below. */
  private static Cut cut(int tokens, int max, int prefix) {
    return windows(max, prefix).cut(IntStream.range(1_000, 1_000 + tokens).toArray());
  }

  private static BitSet read(Cut cut, int prefix) {
    BitSet read = new BitSet();
    for (Tokens window : cut.windows()) {
      int[] ids = window.ids();
      assertThat(ids[0]).isEqualTo(OPEN);
      assertThat(Arrays.copyOfRange(ids, 1, 1 + prefix))
          .isEqualTo(IntStream.range(900, 900 + prefix).toArray());
      assertThat(ids[ids.length - 1]).isEqualTo(CLOSE);
      for (int i = 1 + prefix; i < ids.length - 1; i++) {
        read.set(ids[i] - 1_000);
      }
    }
    return read;
  }
}
