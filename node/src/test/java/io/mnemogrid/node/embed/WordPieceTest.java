package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordPieceTest {
  private static Vocabulary vocabulary;
  private static WordPiece tokenizer;

  @BeforeAll
  static void read() throws IOException {
    tokenizer = Tokenizers.bundled("bge-small-en-v1.5-q");
    vocabulary = tokenizer.vocabulary();
  }

  @ParameterizedTest
  @MethodSource("io.mnemogrid.node.embed.Golden#all")
  void idsAreThoseOfTheReference(Golden golden) {
    assertThat(windowOf(golden.text())).containsExactlyElementsOf(golden.ids());
  }

  @Test
  void theGoldenFileHoldsWhatItShould() {
    assertThat(Golden.all()).hasSizeGreaterThan(200);
  }

  @Test
  void aTextCannotSaySpecialTokens() {
    assertThat(tokenizer.encode("[CLS] a [SEP] [PAD] [MASK] [UNK]"))
        .doesNotContain(101, 102, vocabulary.unknown(), 0, 103);
  }

  @Test
  void loneSurrogatesAreDropped() {
    assertThat(tokenizer.encode("wo\uD83Drd \uDC00")).isEqualTo(tokenizer.encode("word"));
  }

  @Test
  void marksAreDroppedHoweverMany() {
    // 2 s of sorting, were they all kept.
    String marks = "\u0301\u0323".repeat(25_000);
    assertThat(tokenizer.encode("wo" + marks + "rd end")).isEqualTo(tokenizer.encode("word end"));
  }

  @Test
  void aModelOfBothCasesKeepsCaseAndAccents() {
    WordPiece cased = new WordPiece(vocabulary, false, tokenizer.template(), 0);
    assertThat(cased.encode("hello")).isEqualTo(tokenizer.encode("hello"));
    assertThat(cased.encode("HELLO")).containsExactly(vocabulary.unknown());
  }

  @ParameterizedTest
  @MethodSource("io.mnemogrid.node.embed.Golden#all")
  void aLimitGivesTheFirstIds(Golden golden) {
    int[] all = tokenizer.encode(golden.text());
    for (int limit = 0; limit <= Math.min(all.length + 1, 12); limit++) {
      assertThat(tokenizer.encode(golden.text(), limit))
          .isEqualTo(Arrays.copyOf(all, Math.min(limit, all.length)));
    }
  }

  @Test
  void manyThreadsGetTheSameIds() {
    List<Golden> all = Golden.all();
    assertThat(
            all.parallelStream()
                .filter(golden -> !windowOf(golden.text()).equals(golden.ids()))
                .toList())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyCharsAtAllGiveIdsOfTheVocabulary(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(2_000); i > 0; i--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
    }
    assertThat(Arrays.stream(tokenizer.encode(text.toString())))
        .as("seed %d", seed)
        .allMatch(id -> id >= 100 && id < 30_522);
  }

  static long[] seeds() {
    return new SplittableRandom(20_261_122).longs(20).toArray();
  }

  private static List<Integer> windowOf(String text) {
    Cut cut = new Windows(tokenizer.template(), 512, new int[0]).cut(tokenizer.encode(text));
    assertThat(cut.windows()).hasSize(1);
    return Arrays.stream(cut.windows().getFirst().ids()).boxed().toList();
  }
}
