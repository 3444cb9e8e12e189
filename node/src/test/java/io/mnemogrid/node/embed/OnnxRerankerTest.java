package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mnemogrid.node.config.InvalidConfigException;
import io.mnemogrid.node.config.RerankConfig;
import io.mnemogrid.node.memory.Reranker;
import io.mnemogrid.node.model.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over a network that counts the words which question and text have in common. */
class OnnxRerankerTest {
  @TempDir private Path folder;

  @Test
  void withoutAFolderThereIsNone() throws IOException {
    try (OnnxModels models = TestConfigs.open(TestConfigs.of(0, 10, 1, 1), folder)) {
      assertThat(models.reranker()).isEmpty();
    }
  }

  @Test
  void scoresComeInTheOrderOfTheTextsAndTellWhatFits() throws IOException {
    try (OnnxModels models = open(8, 8_192)) {
      assertThat(models.reranker().orElseThrow().model()).isEqualTo("common-words");
      assertThat(
              score(
                  models,
                  "the red bird sings",
                  "the dog sleeps",
                  "",
                  "a red bird sings",
                  "Red, red bird"))
          .containsExactly(1, 0, 3, 3);
      assertThat(score(models, "", "red")).containsExactly(0);
      assertThat(score(models, "red")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 512", "8, 512", "128, 1024"})
  void anyBatchGivesTheScoreOfEachPairAlone(int maxTexts, int maxTokens) throws IOException {
    long seed = 20_261_126;
    SplittableRandom random = new SplittableRandom(seed);
    try (OnnxModels models = open(maxTexts, maxTokens)) {
      for (int round = 0; round < 10; round++) {
        String question = TinyModels.text(random.nextInt(1, 60), random);
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(1, 60); i > 0; i--) {
          texts.add(TinyModels.text(random.nextInt(100), random));
        }
        float[] scores = score(models, question, texts.toArray(String[]::new));
        for (int i = 0; i < scores.length; i++) {
          assertThat(scores[i])
              .as("seed %d, round %d, text %d", seed, round, i)
              .isEqualTo(counted(question, texts.get(i)));
        }
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefusedAndEmbeddingGoesOn() throws IOException {
    try (OnnxModels models = open(8, 3)) {
      Reranker reranker = models.reranker().orElseThrow();
      CompletableFuture<float[]> tooMuch =
          reranker.score("red", Collections.nCopies(4, "cat")).toCompletableFuture();
      assertThat(tooMuch.exceptionNow()).isInstanceOf(Refusal.InvalidRequest.class);
      assertThat(models.byDefault().embedQuery("asker", "red").toCompletableFuture().join())
          .hasSize(384);
      assertThat(score(models, "cat", "cat", "dog", "cat cat")).containsExactly(1, 0, 2);
      assertThat(models.figures().placesTaken()).isZero();
    }
  }

  @Test
  void itTakesNoPlaceOfASentenceModel() throws IOException {
    try (OnnxModels models = open(8, 8_192)) {
      assertThat(score(models, "cat", "cat")).containsExactly(1);
      assertThat(models.figures().openModels()).isEqualTo(1);
    }
  }

  @Test
  void manyCallersGetTheirOwnScores() throws IOException {
    try (OnnxModels models = open(8, 8_192)) {
      Reranker reranker = models.reranker().orElseThrow();
      List<CompletableFuture<float[]>> stages = new ArrayList<>();
      for (String word : TinyModels.WORDS) {
        stages.add(reranker.score(word, TinyModels.WORDS).toCompletableFuture());
      }
      for (int i = 0; i < stages.size(); i++) {
        float[] wanted = new float[TinyModels.WORDS.size()];
        wanted[i] = 1;
        assertThat(stages.get(i).join()).isEqualTo(wanted);
      }
    }
  }

  @Test
  void aFolderThatCannotBeUsedStopsTheStart() throws IOException {
    Path model = TinyModels.reranker(folder, "common-words");
    Files.write(model.resolve("model.onnx"), TinyModels.sentenceNetwork());
    assertThat(
            catchThrowableOfType(InvalidConfigException.class, () -> openFolder(model, 8, 10))
                .violations())
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.key()).isEqualTo("rerank.modelDir");
          assertThat(violation.problem()).contains("there is no output 'logits'");
        });
    assertThat(
            catchThrowableOfType(
                    InvalidConfigException.class,
                    () -> openFolder(folder.resolve("nowhere"), 8, 10))
                .violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.problem()).contains("no such file"));
  }

  private OnnxModels open(int maxTexts, int queueLimit) throws IOException {
    return openFolder(TinyModels.reranker(folder, "common-words"), maxTexts, queueLimit);
  }

  private OnnxModels openFolder(Path model, int maxTexts, int queueLimit) throws IOException {
    return OnnxModels.open(
        TestConfigs.of(0, queueLimit, 2, 1),
        new RerankConfig(model.toString(), maxTexts, 512),
        folder);
  }

  private static float[] score(OnnxModels models, String question, String... texts) {
    return models
        .reranker()
        .orElseThrow()
        .score(question, List.of(texts))
        .toCompletableFuture()
        .join();
  }

  /** What the network should count, of what is left when the longer one is cut. */
  private static float counted(String question, String text) {
    List<String> first = words(question);
    List<String> second = words(text);
    while (first.size() + second.size() + 3 > TinyModels.MAX_TOKENS) {
      (first.size() >= second.size() ? first : second).removeLast();
    }
    Map<String, Integer> inQuestion = new HashMap<>();
    first.forEach(word -> inQuestion.merge(word, 1, Integer::sum));
    return second.stream().mapToInt(word -> inQuestion.getOrDefault(word, 0)).sum();
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? new ArrayList<>() : new ArrayList<>(Arrays.asList(text.split(" ", -1)));
  }
}
