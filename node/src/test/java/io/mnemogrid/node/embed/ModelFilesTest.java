package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.embed.ModelCard.Prefixes;
import io.mnemogrid.node.embed.Readout.FirstToken;
import io.mnemogrid.node.embed.Readout.Logit;
import io.mnemogrid.node.embed.Readout.Mean;
import io.mnemogrid.node.model.Unrelated;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFilesTest {
  private static final String OUTPUT = "last_hidden_state";

  @Test
  void theBundledModelsAreDescribed() throws IOException {
    assertThat(BundledModel.all())
        .extracting(BundledModel::card)
        .containsExactly(
            new ModelCard(
                "all-minilm-l6-v2-q",
                256,
                OUTPUT,
                new Mean(384),
                Prefixes.NONE,
                new Unrelated(0.052, 0.101)),
            new ModelCard(
                "bge-small-en-v1.5-q",
                512,
                OUTPUT,
                new FirstToken(384),
                Prefixes.NONE,
                new Unrelated(0.425, 0.088)),
            new ModelCard(
                "e5-small-v2-q",
                512,
                OUTPUT,
                new Mean(384),
                new Prefixes("query:", "passage:"),
                new Unrelated(0.729, 0.035)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-minilm-l6-v2-q", "bge-small-en-v1.5-q", "e5-small-v2-q"})
  void theBundledVocabulariesAreWhole(String model) throws IOException {
    WordPiece tokenizer = Tokenizers.bundled(model);
    assertThat(tokenizer.template().head()).containsExactly(101);
    assertThat(tokenizer.template().tail()).containsExactly(102);
    assertThat(tokenizer.template().pair().middle()).containsExactly(102);
    assertThat(tokenizer.template().pair().hasTypes()).isTrue();
    assertThat(tokenizer.padding()).isZero();
    Vocabulary vocabulary = tokenizer.vocabulary();
    assertThat(vocabulary.unknown()).isEqualTo(100);
    assertThat(vocabulary.start("memory")).isEqualTo(3638);
    assertThat(vocabulary.continuation("memory")).isEqualTo(Vocabulary.ABSENT);
  }

  @Test
  void aDescriptionMaySayAllOrLittle() throws IOException {
    assertThat(
            sentenceCard(
                """
                dimension = 4
                pooling = mean
                max-tokens = 2048
                query-prefix = Represent this sentence:
                passage-prefix = \\u00bb
                output = token_embeddings
                unrelated-mean = -0.1
                unrelated-deviation = 1
                """))
        .isEqualTo(
            new ModelCard(
                "a",
                2_048,
                "token_embeddings",
                new Mean(4),
                new Prefixes("Represent this sentence:", "»"),
                new Unrelated(-0.1, 1)));
    assertThat(ModelCard.ofReranker("a", new StringReader("max-tokens=100")))
        .isEqualTo(new ModelCard("a", 100, "logits", new Logit(), Prefixes.NONE, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"|dimension is missing",
        "dimension=4;max-tokens=100|pooling is missing",
        "dimension=4;max-tokens=100;pooling=max|pooling must be 'cls' or 'mean', was 'max'",
        "dimension=four;max-tokens=100;pooling=cls|dimension must be a number of 1..4096, was 'four'",
        "dimension=4097;max-tokens=100;pooling=cls|dimension must be a number of 1..4096, was '4097'",
        "dimension=4;max-tokens=65;pooling=cls|max-tokens must be a number of 66..2048, was '65'",
        "dimension=4;max-tokens=2049;pooling=cls|max-tokens must be a number of 66..2048",
        "dimension=4;max-tokens=100;pooling=cls;prefix=x|'prefix' is not a known key; there are: dim",
        "dimension=4;max-tokens=100;pooling=cls;unrelated-mean=0|unrelated-deviation is missing",
        "dimension=4;max-tokens=100;pooling=cls;unrelated-deviation=1|unrelated-mean is missing",
        "dimension=4;max-tokens=100;pooling=cls;unrelated-mean=0;unrelated-deviation=0|unrelated-mean must be",
        "dimension=4;max-tokens=100;pooling=cls;unrelated-mean=2;unrelated-deviation=1|unrelated-mean must be",
        "dimension=4;max-tokens=100;pooling=cls;unrelated-mean=x;unrelated-deviation=1|unrelated-mean must be",
        "dimension=\\u00;|is not a file of properties",
      })
  void aWrongDescriptionIsRefused(String properties, String complaint) {
    assertThatThrownBy(() -> sentenceCard(properties.replace(';', '\n')))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("model.properties: " + complaint);
  }

  @Test
  void aPrefixHasALimit() {
    assertThatThrownBy(() ->
            sentenceCard(
                "dimension=4\nmax-tokens=100\npooling=cls\nquery-prefix=" + "x".repeat(1_025)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("at most 1024 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"WordPiece\"|\"BPE\"|model.continuing_subword_prefix cannot be used with BPE",
        "\"WordPiece\"|\"BertPiece\"|model.type must be one of BPE, Unigram, WordLevel, WordPiece, was BertPiece",
        "\"[CLS]\": 2|\"<s>\": 2|the vocabulary lacks [CLS]",
        "\"[CLS]\": 2|\"[CLS]\": -2|the id of a piece must be a number from 0 up, was -2",
        "\"[CLS]\": 2|\"[CLS]\": \"2\"|the id of a piece must be a number from 0 up, was 2",
        "\"vocab\": {|\"vocab\": [], \"v\": {|cannot be read by Hugging Face's library: invalid type",
        "\"vocab\"|\"words\"|cannot be read by Hugging Face's library: missing field",
        "}}|}|is not JSON",
      })
  void aBrokenTokenizerIsRefused(String there, String instead, String complaint) {
    assertThat(TinyModels.tokenizer()).contains(there);
    assertThatThrownBy(() -> tokenizer(TinyModels.tokenizer().replace(there, instead)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("tokenizer.json: " + complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"##\"|\"@@\"",
        "\"unk_token\": \"[UNK]\"|\"unk_token\": \"[PAD]\"",
        "word\": 100|word\": 50",
        "\"strip_accents\": null|\"strip_accents\": false",
        "\"clean_text\": true|\"clean_text\": false",
        "\"handle_chinese_chars\": true|\"handle_chinese_chars\": false",
        "\"BertPreTokenizer\"|\"Whitespace\"",
        "\"BertNormalizer\"|\"Lowercase\"",
        "\"special\": true|\"special\": false",
      })
  void whateverDiffersFromBertIsForTheLibrary(String there, String instead) throws IOException {
    String added =
        """
        {"added_tokens": [{"id": 7, "content": "red", "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false, "special": true}],\
        """;
    String json = added + TinyModels.tokenizer().strip().substring(1);
    assertThat(json).contains(there);
    assertThat(tokenizer(json)).isInstanceOf(WordPiece.class);
    try (Tokenizer other = tokenizer(json.replace(there, instead))) {
      assertThat(other).isInstanceOf(HuggingFaceTokenizer.class);
      assertThat(other.encode("cat")).containsExactly(TinyModels.id("cat"));
    }
  }

  @Test
  void aWordPieceTokenizerMayHaveOtherSpecialTokens() throws IOException {
    String json =
        TinyModels.tokenizer()
            .replace("\"[CLS]\"", "\"<s>\"")
            .replace("\"[SEP]\"", "\"</s>\"")
            .replace(
                "\"model\":",
                """
                "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 3], "cls": ["<s>", 2],
                  "trim_offsets": true, "add_prefix_space": false},
                "model":\
                """);
    Tokenizer tokenizer = tokenizer(json);
    assertThat(tokenizer).isInstanceOf(WordPiece.class);
    assertThat(tokenizer.template().head()).containsExactly(2);
    assertThat(tokenizer.template().pair().middle()).containsExactly(3, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"model\": 7}", "{\"model\": null}", "no"})
  void whatIsNoTokenizerAtAllIsRefused(String json) {
    assertThatThrownBy(() -> tokenizer(json))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("tokenizer.json: ");
  }

  @Test
  void theTokenizerSaysWhetherCasesDiffer() throws IOException {
    assertThat(tokenizer(TinyModels.tokenizer()).encode("RED"))
        .containsExactly(TinyModels.id("red"));
    assertThat(
            tokenizer(TinyModels.tokenizer().replace("\"lowercase\": true", "\"lowercase\": false"))
                .encode("RED"))
        .containsExactly(TinyModels.id("[UNK]"));
  }

  private static ModelCard sentenceCard(String properties) throws IOException {
    return ModelCard.ofSentenceModel("a", new StringReader(properties));
  }

  private static Tokenizer tokenizer(String json) throws IOException {
    return Tokenizers.read(json);
  }
}
