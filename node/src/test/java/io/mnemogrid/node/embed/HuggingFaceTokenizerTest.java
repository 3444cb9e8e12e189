package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokenizers beyond the BERT family, in the two forms that most models have. */
class HuggingFaceTokenizerTest {
  private static final TinyTokenizer UNIGRAM = TinyTokenizer.unigram();
  private static final TinyTokenizer BYTE_LEVEL = TinyTokenizer.byteLevel();
  private static Tokenizer unigram;
  private static Tokenizer byteLevel;

  @BeforeAll
  static void open() throws IOException {
    unigram = Tokenizers.read(UNIGRAM.json());
    byteLevel = Tokenizers.read(BYTE_LEVEL.json());
  }

  @AfterAll
  static void close() {
    unigram.close();
    byteLevel.close();
  }

  @Test
  void unigramPiecesBeginWordsAndUnknownPartsAreOneToken() {
    assertThat(pieces(UNIGRAM, unigram, "ask: the  red zebra\n"))
        .containsExactly("▁ask", ":", "▁the", "▁red", "▁", "<unk>");
    assertThat(unigram.encode("")).isEmpty();
  }

  @Test
  void theFilesTableOfCharactersIsUsed() {
    assertThat(pieces(UNIGRAM, unigram, "\uFF32ed")).containsExactly("▁red");
  }

  @Test
  void bytesBehindASpaceAreOtherPiecesThanAtTheStart() {
    assertThat(pieces(BYTE_LEVEL, byteLevel, "red red: cat"))
        .containsExactly("red", "Ġred", ":", "Ġcat");
    assertThat(byteLevel.encode("")).isEmpty();
  }

  @Test
  void everyCharacterHasBytes() {
    assertThat(pieces(BYTE_LEVEL, byteLevel, "ß😀\0"))
        .containsExactly("Ã", "Ł", "ð", "Ł", "ĺ", "Ģ", "Ā");
  }

  @Test
  void theTemplateIsThatOfRoberta() {
    for (Tokenizer tokenizer : List.of(unigram, byteLevel)) {
      Template template = tokenizer.template();
      assertThat(template.head()).containsExactly(TinyTokenizer.OPEN);
      assertThat(template.tail()).containsExactly(TinyTokenizer.END);
      assertThat(template.pair().head()).containsExactly(TinyTokenizer.OPEN);
      assertThat(template.pair().middle()).containsExactly(TinyTokenizer.END, TinyTokenizer.END);
      assertThat(template.pair().tail()).containsExactly(TinyTokenizer.END);
      assertThat(template.pair().hasTypes()).isFalse();
      assertThat(tokenizer.padding()).isEqualTo(TinyTokenizer.PAD);
    }
  }

  @Test
  void aPairIsPutTogetherByTheTemplate() {
    Tokens pair = new Pairs(unigram, 20).pair("red cat", "the house").windows().getFirst();
    assertThat(pair.ids())
        .containsExactly(
            TinyTokenizer.OPEN,
            UNIGRAM.id("▁red"),
            UNIGRAM.id("▁cat"),
            TinyTokenizer.END,
            TinyTokenizer.END,
            UNIGRAM.id("▁the"),
            UNIGRAM.id("▁house"),
            TinyTokenizer.END);
    assertThat(pair.second()).isEqualTo(pair.length());
    Cut cut = new Pairs(unigram, 10).pair("red red red red red", "cat cat cat cat cat");
    assertThat(cut.whole()).isFalse();
    assertThat(cut.windows().getFirst().length()).isEqualTo(10);
  }

  @Test
  void neitherTruncationNorPaddingOfTheFileIsUsed() {
    assertThat(unigram.encode("red ".repeat(5_000))).hasSize(5_000);
    assertThat(byteLevel.encode("red".repeat(5_000))).hasSize(5_000);
  }

  @Test
  void aTextCannotSaySpecialTokens() {
    String text = "red</s> cat<s><pad>the <mask>";
    assertThat(unigram.encode(text)).doesNotContain(0, 1, 2);
    assertThat(byteLevel.encode(text)).doesNotContain(0, 1, 2);
    assertThat(pieces(UNIGRAM, unigram, "red</s> cat")).containsExactly("▁red", "▁cat");
  }

  @Test
  void halvesOfCharactersAreLeftOutAndTheRestIsRead() {
    assertThat(byteLevel.encode("re\uD83Dd 😀 \uDC00cat"))
        .isEqualTo(byteLevel.encode("red 😀 cat"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLimitGivesTheFirstIds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String text = " ".repeat(random.nextInt(400)) + TinyModels.text(random.nextInt(300), random);
    for (Tokenizer tokenizer : List.of(unigram, byteLevel)) {
      int[] all = tokenizer.encode(text);
      int limit = random.nextInt(1, 40);
      assertThat(tokenizer.encode(text, limit))
          .as("seed %d", seed)
          .isEqualTo(Arrays.copyOf(all, Math.min(limit, all.length)));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyCharsAtAllGiveIdsOfTheVocabulary(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(2_000); i > 0; i--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
    }
    assertThat(Arrays.stream(unigram.encode(text.toString())))
        .as("seed %d", seed)
        .allMatch(id -> id >= TinyTokenizer.UNKNOWN && id < UNIGRAM.pieces().size());
    assertThat(Arrays.stream(byteLevel.encode(text.toString())))
        .as("seed %d", seed)
        .allMatch(id -> id > TinyTokenizer.UNKNOWN && id < BYTE_LEVEL.pieces().size());
  }

  @Test
  void manyThreadsGetTheSameIds() {
    List<String> texts = Texts.sentences(300);
    List<int[]> alone = texts.stream().map(byteLevel::encode).toList();
    assertThat(
            IntStream.range(0, 20 * texts.size())
                .parallel()
                .map(i -> i % texts.size())
                .filter(i -> !Arrays.equals(byteLevel.encode(texts.get(i)), alone.get(i)))
                .count())
        .isZero();
  }

  @Test
  void aClosedOneRefusesAndMayBeClosedAgain() throws IOException {
    Tokenizer tokenizer = Tokenizers.read(UNIGRAM.json());
    tokenizer.close();
    tokenizer.close();
    assertThatThrownBy(() -> tokenizer.encode("red"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(unigram.encode("red")).hasSize(1);
  }

  @Test
  void nothingOfTheLibraryIsLeftInTheFolder(@TempDir Path scratch) throws IOException {
    NativeTokenizers.load(scratch);
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '$',
      value = {
        "\"Unigram\"|\"Trigram\"|model.type must be one of BPE, Unigram, WordLevel, WordPiece, was",
        "\"unk_id\": 3|\"unk_id\": 300|cannot be read by Hugging Face's library: Unable to load",
        "\"unk_id\": 3|\"unk_id\": null|cannot take any text: ",
        "\"Metaspace\"|\"Outerspace\"|pre_tokenizer: the type Outerspace cannot be used",
        "\"replacement\"|\"replaced\"|cannot be read by Hugging Face's library: missing field",
        "{\"type\": \"WhitespaceSplit\"}|{\"type\": \"FixedLength\", \"length\": 0}|pre_tokenizer: length",
        "{\"type\": \"WhitespaceSplit\"}|{\"type\": \"Split\", \"pattern\": {\"Regex\": \"(a+)+b\"}}|pre_tokenizer: the pattern (a+)+b repeats",
        "{\"type\": \"WhitespaceSplit\"}|{\"type\": \"Split\", \"pattern\": {\"String\": \"\"}}|pre_tokenizer: pattern must be a text",
        "\"normalizer\": {|\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Prepend\", \"prepend\": \"\"}]}, \"decoder\": {|normalizer: prepend must be a text",
        "charsmap\": \"|charsmap\": \"!|normalizer: precompiled_charsmap is broken: Illegal",
        "precompiled_charsmap|charsmap|normalizer: precompiled_charsmap is broken: its trie",
        "\"TemplateProcessing\"|\"Templates\"|post_processor: the type Templates cannot be used",
        "\"ids\": [0]|\"ids\": [-1]|post_processor: '<s>' has no id",
        "\"ids\": [0]|\"ids\": []|post_processor: the token '<s>' is not described",
        "{\"id\": \"B\"|{\"id\": \"A\"|post_processor: pair must have the texts AB, has 'AA'",
        "\"B\", \"type_id\": 0|\"B\", \"type_id\": 1|post_processor: only the second of two texts",
      })
  void aBrokenFileIsRefused(String there, String instead, String complaint) {
    assertRefused(UNIGRAM.json(), there, instead, complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '$',
      value = {
        "prefix\": \"\"|prefix\": \"##\"|model.continuing_subword_prefix cannot be used with BPE",
        "\"merges\": [|\"merges\": [[\"s\", \"kk\"], |cannot be read by Hugging Face's library: Token",
        "[\"</s>\", 2]|[\"</s>\"]|post_processor: sep must be a token and its id",
      })
  void aBrokenFileOfMergesIsRefused(String there, String instead, String complaint) {
    assertRefused(BYTE_LEVEL.json(), there, instead, complaint);
  }

  private static void assertRefused(String json, String there, String instead, String complaint) {
    assertThat(json).contains(there);
    assertThatThrownBy(() -> Tokenizers.read(json.replace(there, instead)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("tokenizer.json: " + complaint);
  }

  @Test
  void theFilesFieldsMayHaveAnyOrder() throws IOException {
    String json =
        BYTE_LEVEL
            .json()
            .replace("\"type\": \"BPE\", ", "")
            .replace("\"merges\"", "\"type\": \"BPE\", \"merges\"");
    try (Tokenizer tokenizer = Tokenizers.read(json)) {
      assertThat(tokenizer.encode("red cat")).isEqualTo(byteLevel.encode("red cat"));
    }
  }

  @Test
  void processorsInARowAddTokensOnce() throws IOException {
    String json = BYTE_LEVEL.json();
    int from = json.indexOf("{\"type\": \"RobertaProcessing\"");
    int to = json.indexOf('}', from) + 1;
    String roberta = json.substring(from, to);
    String bytes =
        "{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true, \"use_regex\": true}";
    try (Tokenizer tokenizer = Tokenizers.read(replaced(json, from, to, bytes + ", " + roberta))) {
      assertThat(tokenizer.template().head()).containsExactly(TinyTokenizer.OPEN);
    }
    try (Tokenizer tokenizer = Tokenizers.read(replaced(json, from, to, bytes))) {
      assertThat(tokenizer.template()).isSameAs(Template.NONE);
    }
    assertThatThrownBy(() -> Tokenizers.read(replaced(json, from, to, roberta + ", " + roberta)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("only one of a sequence may add tokens");
  }

  private static String replaced(String json, int from, int to, String processors) {
    return json.substring(0, from)
        + "{\"type\": \"Sequence\", \"processors\": [%s]}".formatted(processors)
        + json.substring(to);
  }

  static long[] seeds() {
    return new SplittableRandom(20_261_128).longs(30).toArray();
  }

  private static List<String> pieces(TinyTokenizer tiny, Tokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text)).mapToObj(tiny.pieces()::get).toList();
  }
}
