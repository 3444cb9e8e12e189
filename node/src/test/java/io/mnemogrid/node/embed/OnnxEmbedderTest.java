package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.node.memory.Embedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxEmbedderTest {
  @TempDir private static Path folder;
  private static OnnxModels models;
  private static Embedder embedder;

  @BeforeAll
  static void open() throws IOException {
    models = TestConfigs.open(TestConfigs.of(100, 8_192, 2, 16), folder);
    embedder = models.byDefault();
  }

  @AfterAll
  static void close() {
    models.close();
  }

  @Test
  void itSaysWhatItIs() {
    assertThat(embedder.model()).isEqualTo("bge-small-en-v1.5-q");
    assertThat(embedder.dimension()).isEqualTo(384);
  }

  @Test
  void theModelsFileIsGoneOnceItIsRead() {
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void otherWordsOfTheSameMeaningAreNearerThanAnythingElse() {
    List<float[]> stored =
        all(
            "The production database is backed up every night at two.",
            "Our customers in Norway asked for invoices in euros.",
            "Rotating the deploy key is Anna's job, on the first Monday of a month.",
            "The cat slept on the warm keyboard all afternoon.");
    assertThat(nearest("when are copies of the data made?", stored)).isZero();
    assertThat(nearest("Which currency do Scandinavian clients want to be billed in?", stored))
        .isEqualTo(1);
    assertThat(nearest("who changes the secret used for releases", stored)).isEqualTo(2);
    assertThat(nearest("a pet taking a nap", stored)).isEqualTo(3);
  }

  @Test
  void everyVectorHasLengthOne() {
    List<float[]> vectors =
        all(
            "",
            "   \n\t",
            "\u0000\u0001\uFEFF",
            "\uD83D",
            "日本語のテキスト",
            "שלום 👩‍👩‍👧 \u202Eabc",
            "x".repeat(5_000),
            "fact ".repeat(600));
    assertThat(vectors).hasSize(8).allSatisfy(OnnxEmbedderTest::assertUnit);
    assertThat(vectors.get(0)).isEqualTo(question(""));
  }

  @Test
  void nothingToEmbedIsNothing() {
    assertThat(join(embedder.embedAll(List.of()))).isEmpty();
  }

  @Test
  void vectorsComeInTheOrderOfTheTexts() {
    List<String> texts = Texts.sentences(30);
    List<float[]> together = join(embedder.embedAll(texts));
    for (int i = 0; i < texts.size(); i++) {
      float[] alone = question(texts.get(i));
      assertThat(mostLike(alone, together)).as(texts.get(i)).isEqualTo(i);
    }
  }

  @Test
  void sharingARunMovesAVectorByNoMoreThanItsQuantizationDoes() {
    List<String> texts = Texts.sentences(24);
    List<float[]> together = join(embedder.embedAll(texts));
    double sum = 0;
    for (int i = 0; i < texts.size(); i++) {
      double cosine = cosine(together.get(i), question(texts.get(i)));
      assertThat(cosine).as(texts.get(i)).isGreaterThan(0.96);
      sum += cosine;
    }
    assertThat(sum / texts.size()).isGreaterThan(0.99);
  }

  @Test
  void oneTextARunGivesTheSameBitsAloneAndTogether() throws IOException {
    List<String> texts = Texts.sentences(8);
    try (OnnxModels others = TestConfigs.open(TestConfigs.of(0, 8_192, 2, 1), folder)) {
      Embedder single = others.byDefault();
      List<float[]> together = join(single.embedAll(texts));
      for (int i = 0; i < texts.size(); i++) {
        assertThat(together.get(i)).isEqualTo(join(single.embedQuery("asker", texts.get(i))));
      }
    }
  }

  @Test
  void whatOthersEmbedMeanwhileDoesNotShowInAVector() {
    List<String> mine = Texts.sentences(12);
    List<float[]> quiet = join(embedder.embedAll(mine));
    List<CompletionStage<List<float[]>>> others =
        IntStream.range(0, 4).mapToObj(i -> embedder.embedAll(Texts.sentences(5 + i))).toList();
    List<float[]> busy = join(embedder.embedAll(mine));
    others.forEach(OnnxEmbedderTest::join);
    for (int i = 0; i < mine.size(); i++) {
      assertThat(busy.get(i)).isEqualTo(quiet.get(i));
    }
  }

  @Test
  void aLongTextIsFoundByWhatItsEndSays() {
    String filler = "The committee went on to discuss the seating plan of the hall. ".repeat(45);
    String end = "Then they agreed that the volcano on the island must be evacuated at once.";
    List<float[]> vectors = all(filler + end, filler);
    float[] question = question("evacuation because of a volcano");
    assertThat(cosine(question, vectors.get(0)))
        .isGreaterThan(cosine(question, vectors.get(1)) + 0.01);
  }

  @Test
  void ofAVeryLongTextEveryPartIsHeardAndItIsCounted() {
    long before = models.figures().sampledTexts();
    String meeting = "Minutes of the meeting about seats. ";
    String dragons = "Dragons breathe fire over burning castles. ";
    List<float[]> vectors = all(meeting, meeting.repeat(2_700) + dragons.repeat(70));
    vectors.forEach(OnnxEmbedderTest::assertUnit);
    float[] question = question("fire breathing dragon");
    assertThat(cosine(question, vectors.get(1))).isGreaterThan(cosine(question, vectors.get(0)));
    assertThat(models.figures().sampledTexts() - before).isEqualTo(1);
  }

  @Test
  void aRepeatedQuestionIsEmbeddedOnce() {
    EmbedFigures before = models.figures();
    float[] first = question("is this question asked twice?");
    float[] second = question("is this question asked twice?");
    EmbedFigures after = models.figures();
    assertThat(second).isSameAs(first);
    assertThat(after.cacheMisses() - before.cacheMisses()).isEqualTo(1);
    assertThat(after.cacheHits() - before.cacheHits()).isEqualTo(1);
    assertThat(after.texts() - before.texts()).isEqualTo(1);
  }

  @Test
  void aQuestionAskedByManyAtOnceIsEmbeddedOnce() {
    long before = models.figures().texts();
    List<float[]> answers =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i -> question("asked by many agents at the same moment"))
            .toList();
    assertThat(answers).allSatisfy(vector -> assertThat(vector).isSameAs(answers.getFirst()));
    assertThat(models.figures().texts() - before).isEqualTo(1);
  }

  @Test
  void manyCallersGetTheirOwnVectors() {
    List<String> texts = Texts.sentences(12);
    List<float[]> expected =
        texts.stream().map(text -> join(embedder.embedAll(List.of(text))).getFirst()).toList();
    List<CompletionStage<List<float[]>>> stores = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      texts.forEach(text -> stores.add(embedder.embedAll(List.of(text))));
    }
    List<CompletionStage<float[]>> questions =
        texts.stream().map(text -> embedder.embedQuery("asker", text)).toList();
    for (int i = 0; i < texts.size(); i++) {
      for (int round = 0; round < 3; round++) {
        assertThat(join(stores.get(round * texts.size() + i)).getFirst())
            .isEqualTo(expected.get(i));
      }
      assertThat(join(questions.get(i))).isEqualTo(expected.get(i));
    }
    assertThat(models.figures().placesTaken()).isZero();
  }

  private static void assertUnit(float[] vector) {
    assertThat(vector).hasSize(384);
    assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
  }

  private static int nearest(String question, List<float[]> stored) {
    return mostLike(question(question), stored);
  }

  private static int mostLike(float[] vector, List<float[]> others) {
    int best = 0;
    for (int i = 1; i < others.size(); i++) {
      if (cosine(vector, others.get(i)) > cosine(vector, others.get(best))) {
        best = i;
      }
    }
    return best;
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    return dot;
  }

  private static List<float[]> all(String... texts) {
    return join(embedder.embedAll(List.of(texts)));
  }

  private static float[] question(String text) {
    return join(embedder.embedQuery("asker", text));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return CompletableFuture.completedFuture(0).thenCombine(stage, (_, result) -> result).join();
  }
}
