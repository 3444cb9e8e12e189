package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.node.memory.Embedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for each model that comes with the node. */
class BundledModelsTest {
  /**
   * Between a vector and the same of another implementation. Another pooling would give 0.95 at
   * most, and e5 without its prefix 0.983; processors differ in how they add 8-bit numbers.
   */
  private static final double SAME = 0.99;

  private static final String BGE = "bge-small-en-v1.5-q";
  private static final String MINI_LM = "all-minilm-l6-v2-q";
  private static final String E5 = "e5-small-v2-q";

  @TempDir private static Path folder;
  private static OnnxModels models;

  @BeforeAll
  static void open() throws IOException {
    models = TestConfigs.open(TestConfigs.of(0, 8_192, 2, 1), folder);
  }

  @AfterAll
  static void close() {
    models.close();
  }

  @Test
  void eachIsKnownByItsNameAndOneIsTheDefault() {
    assertThat(models.names()).containsExactly(MINI_LM, BGE, E5);
    assertThat(models.byDefault().model()).isEqualTo(BGE);
    for (String name : models.names()) {
      assertThat(embedder(name).model()).isEqualTo(name);
      assertThat(embedder(name).dimension()).isEqualTo(384);
    }
    assertThat(models.named("no-such-model")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.mnemogrid.node.embed.GoldenVector#all")
  void aVectorIsThatOfAnotherImplementation(GoldenVector golden) {
    float[] vector = golden.of(embedder(golden.model()));
    assertThat(cosine(vector, golden.vector())).isGreaterThan(SAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {BGE, MINI_LM, E5})
  void aParaphraseIsNearerThanAStranger(String name) {
    List<float[]> kept =
        all(
            name,
            "The production database is backed up every night at two.",
            "Our customers in Norway asked for invoices in euros.",
            "Rotating the deploy key is Anna's job, on the first Monday of a month.",
            "The cat slept on the warm keyboard all afternoon.");
    List<String> questions =
        List.of(
            "When are copies of the data made?",
            "Which currency do Scandinavian clients want to be billed in?",
            "Who changes the secret used for releases?",
            "A pet taking a nap");
    for (int i = 0; i < questions.size(); i++) {
      float[] question = question(name, questions.get(i));
      for (int j = 0; j < kept.size(); j++) {
        if (j != i) {
          assertThat(cosine(question, kept.get(i)))
              .as(questions.get(i))
              .isGreaterThan(cosine(question, kept.get(j)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BGE, MINI_LM, E5})
  void everyVectorHasLengthOneWhateverTheTextsLength(String name) {
    for (int words : new int[] {0, 1, 250, 260, 500, 520, 1_500, 3_000, 9_000}) {
      List<float[]> vectors = all(name, "fact ".repeat(words));
      assertThat(cosine(vectors.getFirst(), vectors.getFirst()))
          .as("%d words", words)
          .isCloseTo(1, within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BGE, MINI_LM, E5})
  void aTextInWindowsHasTheSameBitsEachTimeAndBesideOtherTexts(String name) {
    String text = String.join(" ", Texts.sentences(90));
    long before = models.figures().runs();
    float[] first = all(name, text).getFirst();
    assertThat(models.figures().runs() - before).isGreaterThan(2);
    assertThat(all(name, text).getFirst()).isEqualTo(first);
    assertThat(all(name, "something else", text, "and more").get(1)).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {BGE, MINI_LM, E5})
  void whatStandsBehindTheFirstWindowIsHeard(String name) {
    String filler = "The committee went on to discuss the seating plan of the hall. ".repeat(45);
    String end = "Then they agreed that the volcano on the island must be evacuated at once.";
    List<float[]> vectors = all(name, filler + end, filler);
    float[] question = question(name, "evacuation because of a volcano");
    assertThat(cosine(question, vectors.get(0)))
        .isGreaterThan(cosine(question, vectors.get(1)) + 0.005);
  }

  @Test
  void questionsAndPassagesOfE5AreReadDifferently() {
    String text = "the key of the release server";
    assertThat(question(E5, text)).isNotEqualTo(all(E5, text).getFirst());
    assertThat(question(BGE, text)).isEqualTo(all(BGE, text).getFirst());
  }

  private static Embedder embedder(String name) {
    return models.named(name).orElseThrow();
  }

  private static List<float[]> all(String name, String... texts) {
    return embedder(name).embedAll(List.of(texts)).toCompletableFuture().join();
  }

  private static float[] question(String name, String text) {
    return embedder(name).embedQuery("asker", text).toCompletableFuture().join();
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    return dot;
  }
}
