package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.node.config.InvalidConfigException;
import io.mnemogrid.node.config.RerankConfig;
import io.mnemogrid.node.embed.OnnxModel.Buffers;
import io.mnemogrid.node.embed.OpenModels.Lease;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models beyond the BERT family: other tokenizers, no token types, places that begin behind 1. */
class OtherFamiliesTest {
  /**
   * A kind of tokenizer.
   *
   * @param space begins a word behind a space
   */
  record Family(String name, TinyTokenizer tokenizer, String space) {
    /** Id of a word behind a space. */
    int id(String word) {
      return tokenizer.id(space + word);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Family> families() {
    return List.of(
        new Family("Unigram", TinyTokenizer.unigram(), TinyTokenizer.BEGIN),
        new Family("bytes", TinyTokenizer.byteLevel(), TinyTokenizer.SPACE));
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("families")
  void aTextsVectorIsThatOfItsTokens(Family family) throws IOException {
    TinyModels.sentenceModel(folder, "words", family.tokenizer, "");
    try (OnnxModels models = open()) {
      float[] wanted = new float[family.tokenizer.pieces().size()];
      wanted[TinyTokenizer.OPEN] = 1;
      wanted[TinyTokenizer.END] = 1;
      wanted[family.id("red")] = 2;
      wanted[family.id("cat")] = 1;
      assertThat(vector(models, " red red cat")).containsExactly(unitOf(wanted), within(1e-6f));
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void aLongTextsVectorIsTheMeanOfItsWindowsVectors(Family family) throws IOException {
    Path model = TinyModels.sentenceModel(folder, "words", family.tokenizer, "");
    SplittableRandom random = new SplittableRandom(3);
    try (OnnxModels models = open();
        Tokenizer tokenizer = ModelFolder.ofSentenceModel(model).tokenizer(folder)) {
      Windows windows = new Windows(tokenizer.template(), TinyModels.MAX_TOKENS, new int[0]);
      for (int words : new int[] {78, 79, 330, 2_000}) {
        String text = TinyModels.text(words, random);
        float[] wanted = new float[family.tokenizer.pieces().size()];
        List<Tokens> cut = windows.cut(tokenizer.encode(text)).windows();
        assertThat(cut.size() == 1).as("%d words", words).isEqualTo(words == 78);
        for (Tokens window : cut) {
          assertThat(window.length()).isLessThanOrEqualTo(TinyModels.MAX_TOKENS);
          float[] counts = new float[wanted.length];
          Arrays.stream(window.ids()).forEach(id -> counts[id]++);
          float[] unit = unitOf(counts);
          for (int i = 0; i < unit.length; i++) {
            wanted[i] += unit[i];
          }
        }
        assertThat(vector(models, text)).containsExactly(unitOf(wanted), within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void aTextBehindAPrefixBeginsWithASpace(Family family) throws IOException {
    TinyModels.sentenceModel(folder, "words", family.tokenizer, "query-prefix=ask:\n");
    try (OnnxModels models = open()) {
      float[] question =
          models.byDefault().embedQuery("asker", "red cat").toCompletableFuture().join();
      assertThat(question[family.id("red")]).isPositive();
      assertThat(question[family.id("red")]).isEqualTo(question[family.id("cat")]);
      assertThat(question[family.tokenizer.id(":")]).isEqualTo(question[family.id("red")]);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void aCrossEncoderReadsPairsByTheirTemplate(Family family) throws IOException {
    Path model = TinyModels.reranker(folder, "common-words", family.tokenizer);
    try (OnnxModels models =
        OnnxModels.open(
            TestConfigs.of(0, 100, 1, 1), new RerankConfig(model.toString(), 8, 512), folder)) {
      float[] scores =
          models
              .reranker()
              .orElseThrow()
              .score(
                  " the red bird sings",
                  List.of(" the dog sleeps", "", " a red bird sings", " red red bird </s> river"))
              .toCompletableFuture()
              .join();
      assertThat(scores).containsExactly(1, 0, 3, 3);
    }
  }

  @Test
  void aModelHasFewerTokensThanPlaces() throws IOException {
    Path model = TinyModels.sentenceModel(folder, "words", TinyTokenizer.unigram(), "");
    Path card = model.resolve("model.properties");
    Files.writeString(card, Files.readString(card).replace("=80", "=81"));
    assertThat(catchThrowableOfType(InvalidConfigException.class, this::open).violations())
        .singleElement()
        .satisfies(
            violation -> assertThat(violation.problem()).contains("does not run on 81 tokens"));
  }

  @Test
  void aBrokenTokenizerStopsTheStartWithItsFile() throws IOException {
    Path model = TinyModels.sentenceModel(folder, "words", TinyTokenizer.unigram(), "");
    Path file = model.resolve("tokenizer.json");
    Files.writeString(file, Files.readString(file).replace("\"unk_id\": 3", "\"unk_id\": 300"));
    assertThat(catchThrowableOfType(InvalidConfigException.class, this::open).violations())
        .singleElement()
        .satisfies(violation ->
            assertThat(violation.problem())
                .startsWith(model + " cannot be used: tokenizer.json: ")
                .contains("UnkIdNotInVocabulary"));
  }

  @Test
  void shorterWindowsAreFilledUpWithTheTokensOwnPadding() throws Exception {
    Path file =
        Files.write(
            folder.resolve("model.onnx"),
            TinyModels.inputs(new OnnxGraph())
                .constant("padding", TinyTokenizer.PAD)
                .node("Equal", List.of("input_ids", "padding"), "padded")
                .node(
                    "Cast",
                    List.of("padded"),
                    "one",
                    OnnxGraph.Attribute.number("to", OnnxGraph.FLOAT))
                .node("ReduceSum", List.of("one"), "logits", OnnxGraph.Attribute.list("axes", 1))
                .output("logits", OnnxGraph.FLOAT, OnnxGraph.ANY, 1)
                .file());
    ModelCard card =
        new ModelCard("any", 80, "logits", new Readout.Logit(), ModelCard.Prefixes.NONE, null);
    try (OnnxModel model = OnnxModel.open(file, card);
        Arena arena = Arena.ofConfined()) {
      List<Tokens> windows =
          List.of(Tokens.of(new int[] {0, 2}), Tokens.of(new int[] {0, 4, 5, 6, 2}));
      assertThat(model.run(windows, TinyTokenizer.PAD, new Buffers(arena, 10, 2)))
          .isDeepEqualTo(new float[][] {{3}, {0}});
    }
  }

  @Test
  void modelsThatMakeRoomForOneAnotherOpenAgain() throws Exception {
    List<ModelFiles> files =
        List.of(
            ModelFolder.ofSentenceModel(
                TinyModels.sentenceModel(folder, "a", TinyTokenizer.unigram(), "")),
            ModelFolder.ofSentenceModel(
                TinyModels.sentenceModel(folder, "b", TinyTokenizer.byteLevel(), "")));
    try (OpenModels models = new OpenModels(1, folder)) {
      for (int round = 0; round < 20; round++) {
        try (Lease lease = models.lease(files.get(round % 2))) {
          assertThat(lease.model().cutPassage("red cat").windows().getFirst().length())
              .isEqualTo(4);
        }
      }
      assertThat(models.opened()).isEqualTo(20);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(2);
    }
  }

  private OnnxModels open() throws IOException {
    return TestConfigs.open(TestConfigs.withModels("words", folder, 4), folder);
  }

  private static float[] vector(OnnxModels models, String text) {
    return models.byDefault().embedAll(List.of(text)).toCompletableFuture().join().getFirst();
  }

  private static float[] unitOf(float[] vector) {
    float[] unit = vector.clone();
    UnitLength.scale(unit);
    return unit;
  }
}
