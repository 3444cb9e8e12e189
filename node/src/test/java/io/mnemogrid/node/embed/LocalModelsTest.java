package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.node.config.EmbedConfig;
import io.mnemogrid.node.config.InvalidConfigException;
import io.mnemogrid.node.config.RerankConfig;
import io.mnemogrid.node.config.Violation;
import io.mnemogrid.node.memory.Embedder;
import io.mnemogrid.node.model.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that an operator puts into a folder. */
class LocalModelsTest {
  @TempDir private Path folder;
  private Path modelsDir;

  @BeforeEach
  void makeFolder() throws IOException {
    modelsDir = Files.createDirectory(folder.resolve("models"));
  }

  @Test
  void aFoldersModelIsUsedByItsName() throws IOException {
    TinyModels.sentenceModel(modelsDir, "words");
    Files.writeString(modelsDir.resolve("readme.txt"), "not a folder");
    Files.createDirectory(modelsDir.resolve(".snapshot"));
    try (OnnxModels models = open("words", 4)) {
      assertThat(models.names())
          .containsExactly("all-minilm-l6-v2-q", "bge-small-en-v1.5-q", "e5-small-v2-q", "words");
      Embedder words = models.byDefault();
      assertThat(words.model()).isEqualTo("words");
      assertThat(words.dimension()).isEqualTo(TinyModels.DIMENSION);
      assertThat(models.figures().openModels()).isEqualTo(1);

      float[] vector = words.embedQuery("asker", "Red red CAT, zebra").toCompletableFuture().join();
      double length = Math.sqrt(1 + 1 + 2 * 2 + 1 + 2 * 2);
      float[] wanted = new float[TinyModels.DIMENSION];
      wanted[TinyModels.id("[CLS]")] = (float) (1 / length);
      wanted[TinyModels.id("[SEP]")] = (float) (1 / length);
      wanted[TinyModels.id("red")] = (float) (2 / length);
      wanted[TinyModels.id("cat")] = (float) (1 / length);
      wanted[TinyModels.id("[UNK]")] = (float) (2 / length); // the comma and the zebra
      assertThat(vector).containsExactly(wanted, within(1e-6f));
    }
  }

  @Test
  void prefixesStandBeforeQuestionsAndBeforeEveryWindowOfAText() throws IOException {
    TinyModels.sentenceModel(modelsDir, "words", "query-prefix = ask:\npassage-prefix = keep:\n");
    SplittableRandom random = new SplittableRandom(1);
    String text = TinyModels.text(400, random);
    try (OnnxModels models = open("words", 4)) {
      float[] question = models.byDefault().embedQuery("asker", text).toCompletableFuture().join();
      float[] passage =
          models.byDefault().embedAll(List.of(text)).toCompletableFuture().join().getFirst();
      assertThat(question[TinyModels.id("ask")])
          .isPositive()
          .isEqualTo(question[TinyModels.id(":")]);
      assertThat(question[TinyModels.id("keep")]).isZero();
      // Once a window, as the token that begins it.
      assertThat(passage[TinyModels.id("keep")])
          .isPositive()
          .isEqualTo(passage[TinyModels.id("[CLS]")]);
      assertThat(passage[TinyModels.id("ask")]).isZero();
    }
  }

  @Test
  void aLongTextsVectorIsTheMeanOfItsWindowsVectors() throws IOException {
    TinyModels.sentenceModel(modelsDir, "words");
    SplittableRandom random = new SplittableRandom(2);
    Tokenizer tokenizer = ModelFolder.ofSentenceModel(modelsDir.resolve("words")).tokenizer(folder);
    try (OnnxModels models = open("words", 4)) {
      for (int words : new int[] {10, 78, 79, 200, 330, 2_000}) {
        String text = TinyModels.text(words, random);
        double[] wanted = new double[TinyModels.DIMENSION];
        Windows windows = new Windows(tokenizer.template(), TinyModels.MAX_TOKENS, new int[0]);
        for (Tokens window : windows.cut(tokenizer.encode(text)).windows()) {
          double[] counts = new double[TinyModels.DIMENSION];
          Arrays.stream(window.ids()).forEach(id -> counts[id]++);
          double length = length(counts);
          for (int i = 0; i < counts.length; i++) {
            wanted[i] += counts[i] / length;
          }
        }
        double length = length(wanted);
        float[] vector =
            models.byDefault().embedAll(List.of(text)).toCompletableFuture().join().getFirst();
        for (int i = 0; i < wanted.length; i++) {
          assertThat((double) vector[i])
              .as("%d words, number %d", words, i)
              .isCloseTo(wanted[i] / length, within(1e-6));
        }
      }
    }
  }

  @Test
  void noMoreModelsAreOpenThanAllowedAndClosedOnesOpenAgain() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      TinyModels.sentenceModel(modelsDir, name);
    }
    try (OnnxModels models = open("a", 2)) {
      float[] first = vector(models, "a");
      for (String name : List.of("b", "c", "a", "b", "c", "a")) {
        assertThat(vector(models, name)).isEqualTo(first);
        assertThat(models.figures().openModels()).isLessThanOrEqualTo(2);
      }
      assertThat(models.figures().modelsOpened()).isEqualTo(7);
    }
  }

  @Test
  void aModelThatIsGoneLaterIsUnavailableAndNothingElseSuffers() throws IOException {
    TinyModels.sentenceModel(modelsDir, "words");
    try (OnnxModels models = open("bge-small-en-v1.5-q", 4)) {
      Files.delete(modelsDir.resolve("words/model.onnx"));
      assertThatThrownBy(() -> vector(models, "words"))
          .hasCauseInstanceOf(Refusal.Unavailable.class)
          .hasMessageContaining("'words'");
      assertThat(vector(models, "bge-small-en-v1.5-q")).hasSize(384);

      TinyModels.sentenceModel(modelsDir, "words");
      assertThat(vector(models, "words")).hasSize(TinyModels.DIMENSION);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokenizer.json|\"WordPiece\"|\"WordPieces\"|tokenizer.json: model.type must be one of BPE",
        "model.properties|mean|max|model.properties: pooling must be 'cls' or 'mean'",
        "model.properties|=80|=66;query-prefix=ask|max-tokens must be at least 67",
        "model.properties|=20|=21|must be of float32 [-1, -1, 21]",
        "model.properties|mean|mean;output=states|there is no output 'states'",
        // The network has places for 80 tokens.
        "model.properties|=80|=81|does not run on 81 tokens",
      })
  void aModelThatCannotBeUsedStopsTheStart(
      String file, String there, String instead, String complaint) throws IOException {
    Path model = TinyModels.sentenceModel(modelsDir, "words");
    String text = Files.readString(model.resolve(file));
    assertThat(text).contains(there);
    Files.writeString(model.resolve(file), text.replace(there, instead.replace(';', '\n')));
    assertThat(violations(TestConfigs.withModels("words", modelsDir, 4)))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.key()).isEqualTo("embed.modelsDir");
          assertThat(violation.problem())
              .startsWith(model + " cannot be used: ")
              .contains(complaint);
        });
  }

  @Test
  void allThatIsWrongIsInOneReport() throws IOException {
    TinyModels.sentenceModel(modelsDir, "bge-small-en-v1.5-q");
    TinyModels.sentenceModel(modelsDir, "own-vectors");
    TinyModels.sentenceModel(modelsDir, "a name");
    Files.writeString(
        TinyModels.sentenceModel(modelsDir, "broken").resolve("model.onnx"), "not a model");
    Files.createDirectory(modelsDir.resolve("empty"));
    Files.write(
        TinyModels.sentenceModel(modelsDir, "reranker").resolve("model.onnx"),
        TinyModels.pairNetwork());
    assertThat(violations(TestConfigs.withModels("empty", modelsDir, 4)))
        .extracting(Violation::problem)
        .satisfiesExactly(
            problem -> assertThat(problem).contains("a name").contains("is named by 1 to 64"),
            problem -> assertThat(problem).contains("bge").contains("has a model of this name"),
            problem -> assertThat(problem).contains("broken").contains("cannot be opened"),
            problem -> assertThat(problem).contains("empty").contains("there is no such file"),
            problem -> assertThat(problem).contains("own-vectors").contains("is kept for"),
            problem -> assertThat(problem).contains("reranker").contains("no output 'last_hid"));
  }

  @Test
  void aDefaultThatIsNotThereIsRefusedWithTheNamesThatAre() throws IOException {
    TinyModels.sentenceModel(modelsDir, "words");
    assertThat(violations(TestConfigs.withModels("wards", modelsDir, 4)))
        .containsExactly(
            new Violation(
                "embed.model",
                "must be one of all-minilm-l6-v2-q, bge-small-en-v1.5-q, e5-small-v2-q, words, was"
                    + " \"wards\""));
  }

  @Test
  void aFolderThatIsNotThereOrHoldsTooManyIsRefused() throws IOException {
    assertThat(violations(TestConfigs.withModels("words", folder.resolve("nowhere"), 4)))
        .singleElement()
        .satisfies(violation -> assertThat(violation.problem()).contains("nowhere"));
    for (int i = 0; i <= ModelCatalog.FOLDERS_MAX; i++) {
      Files.createDirectory(modelsDir.resolve("m" + i));
    }
    assertThat(violations(TestConfigs.withModels("words", modelsDir, 4)))
        .containsExactly(new Violation("embed.modelsDir", "must hold at most 64 folders"));
  }

  private OnnxModels open(String byDefault, int maxOpenModels) throws IOException {
    return TestConfigs.open(TestConfigs.withModels(byDefault, modelsDir, maxOpenModels), folder);
  }

  private List<Violation> violations(EmbedConfig config) {
    return catchThrowableOfType(
            InvalidConfigException.class,
            () -> OnnxModels.open(config, RerankConfig.DEFAULTS, folder).close())
        .violations();
  }

  private static float[] vector(OnnxModels models, String name) {
    return models
        .named(name)
        .orElseThrow()
        .embedAll(List.of("the bird sings"))
        .toCompletableFuture()
        .join()
        .getFirst();
  }

  private static double length(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
  }
}
