package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairsTest {
  private static final int CLS = TinyModels.id("[CLS]");
  private static final int SEP = TinyModels.id("[SEP]");
  private static Tokenizer tokenizer;

  @BeforeAll
  static void read() throws IOException {
    tokenizer = Tokenizers.read(TinyModels.tokenizer());
  }

  @Test
  void aPairIsAQuestionAndATextWithTheirTypes() {
    Cut cut = new Pairs(tokenizer, 20).pair("red cat", "the house");
    assertThat(cut.whole()).isTrue();
    Tokens pair = cut.windows().getFirst();
    assertThat(pair.ids())
        .containsExactly(
            CLS,
            TinyModels.id("red"),
            TinyModels.id("cat"),
            SEP,
            TinyModels.id("the"),
            TinyModels.id("house"),
            SEP);
    assertThat(pair.second()).isEqualTo(4);
  }

  @Test
  void emptyTextsAreAPairToo() {
    Tokens pair = new Pairs(tokenizer, 20).pair("", "").windows().getFirst();
    assertThat(pair.ids()).containsExactly(CLS, SEP, SEP);
    assertThat(pair.second()).isEqualTo(2);
  }

  @Test
  void aTextCannotSayWhereTheQuestionEnds() {
    Tokens pair = new Pairs(tokenizer, 20).pair("red [SEP] cat", "the").windows().getFirst();
    assertThat(pair.ids()).containsOnlyOnce(CLS);
    assertThat(Arrays.stream(pair.ids()).filter(id -> id == SEP).count()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theLongerOneIsCutTokenByToken(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int maxTokens = random.nextInt(5, 40);
    String question = TinyModels.text(random.nextInt(40), random);
    String text = TinyModels.text(random.nextInt(40), random);
    Cut cut = new Pairs(tokenizer, maxTokens).pair(question, text);
    List<Integer> first = ids(question);
    List<Integer> second = ids(text);
    boolean whole = first.size() + second.size() + 3 <= maxTokens;
    while (first.size() + second.size() + 3 > maxTokens) {
      (first.size() >= second.size() ? first : second).removeLast();
    }
    List<Integer> wanted = new ArrayList<>(List.of(CLS));
    wanted.addAll(first);
    wanted.add(SEP);
    wanted.addAll(second);
    wanted.add(SEP);
    assertThat(cut.windows()).hasSize(1);
    assertThat(cut.windows().getFirst().ids())
        .as("seed %d", seed)
        .containsExactly(wanted.stream().mapToInt(Integer::intValue).toArray());
    assertThat(cut.windows().getFirst().second()).as("seed %d", seed).isEqualTo(first.size() + 2);
    assertThat(cut.whole()).as("seed %d", seed).isEqualTo(whole);
  }

  static long[] seeds() {
    return new SplittableRandom(20_261_126).longs(100).toArray();
  }

  private static List<Integer> ids(String text) {
    List<Integer> ids = new ArrayList<>();
    for (int id : tokenizer.encode(text)) {
      ids.add(id);
    }
    return ids;
  }
}
