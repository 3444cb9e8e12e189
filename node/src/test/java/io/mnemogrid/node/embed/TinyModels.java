package io.mnemogrid.node.embed;

import io.mnemogrid.node.embed.OnnxGraph.Attribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Folders with models of a few words whose answers can be counted on one's fingers.
 *
 * <p>The sentence model gives each token a direction of its own, so that the mean over a window is
 * how often each token is in it. The cross-encoder counts the words that question and text have in
 * common, each as often as there are pairs of it.
 */
public final class TinyModels {
  static final List<String> WORDS =
      List.of(
          "ask", "keep", ":", "red", "green", "blue", "cat", "dog", "bird", "house", "tree",
          "river", "runs", "sleeps", "sings", "the");
  static final int MAX_TOKENS = 80;

  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]");
  private static final List<String> PIECES =
      IntStream.range(0, SPECIAL.size() + WORDS.size())
          .mapToObj(i -> i < SPECIAL.size() ? SPECIAL.get(i) : WORDS.get(i - SPECIAL.size()))
          .toList();

  /** Floats in a vector of the sentence model. */
  static final int DIMENSION = PIECES.size();

  private static final String DESCRIPTION =
      "dimension=%d\npooling=mean\nmax-tokens=%d\n".formatted(DIMENSION, MAX_TOKENS);

  private static final String PAIR_DESCRIPTION = "max-tokens=%d\n".formatted(MAX_TOKENS);

  private TinyModels() {}

  static int id(String piece) {
    return PIECES.indexOf(piece);
  }

  /** Makes the folder of a sentence model without prefixes. */
  public static Path sentenceModel(Path models, String name) throws IOException {
    return sentenceModel(models, name, "");
  }

  /**
   * Makes the folder of a sentence model.
   *
   * @param more lines of its description
   */
  static Path sentenceModel(Path models, String name, String more) throws IOException {
    return folder(models.resolve(name), sentenceNetwork(), tokenizer(), DESCRIPTION + more);
  }

  /**
   * Makes the folder of a sentence model like RoBERTa.
   *
   * @param more lines of its description
   */
  static Path sentenceModel(Path models, String name, TinyTokenizer tokenizer, String more)
      throws IOException {
    Path folder = models.resolve(name);
    int pieces = tokenizer.pieces().size();
    String description =
        "dimension=%d\npooling=mean\nmax-tokens=%d\n".formatted(pieces, MAX_TOKENS);
    return folder(folder, robertaNetwork(pieces), tokenizer.json(), description + more);
  }

  /** Makes the folder of a cross-encoder. */
  public static Path reranker(Path parent, String name) throws IOException {
    return folder(parent.resolve(name), pairNetwork(), tokenizer(), PAIR_DESCRIPTION);
  }

  /** Makes the folder of a cross-encoder like RoBERTa. */
  static Path reranker(Path parent, String name, TinyTokenizer tokenizer) throws IOException {
    byte[] network = robertaPairNetwork(tokenizer.pieces().size());
    return folder(parent.resolve(name), network, tokenizer.json(), PAIR_DESCRIPTION);
  }

  private static Path folder(Path folder, byte[] network, String tokenizer, String description)
      throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("model.onnx"), network);
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
    Files.writeString(folder.resolve("model.properties"), description);
    return folder;
  }

  static String tokenizer() {
    String vocabulary =
        PIECES.stream()
            .map(piece -> "\"%s\": %d".formatted(piece, id(piece)))
            .collect(Collectors.joining(", "));
    return """
    {
      "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0},
      "normalizer": {"type": "BertNormalizer", "clean_text": true,
        "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
      "pre_tokenizer": {"type": "BertPreTokenizer"},
      "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100, "vocab": {%s}}
    }
    """
        .formatted(vocabulary);
  }

  /** It has places for {@link #MAX_TOKENS} tokens, as a model with learned places has. */
  static byte[] sentenceNetwork() {
    return inputs(new OnnxGraph(), "token_type_ids")
        .constant("table", directions(0, DIMENSION))
        .constant("places", new float[MAX_TOKENS + 1][DIMENSION])
        .constant("along", 1)
        .node("Gather", List.of("table", "input_ids"), "words")
        .node("CumSum", List.of("attention_mask", "along"), "place")
        .node("Gather", List.of("places", "place"), "placed")
        .node("Add", List.of("words", "placed"), "last_hidden_state")
        .output("last_hidden_state", OnnxGraph.FLOAT, OnnxGraph.ANY, OnnxGraph.ANY, DIMENSION)
        .file();
  }

  static byte[] pairNetwork() {
    Attribute toFloat = Attribute.number("to", OnnxGraph.FLOAT);
    OnnxGraph graph =
        inputs(new OnnxGraph(), "token_type_ids")
            .node("Cast", List.of("attention_mask"), "real", toFloat)
            .node("Cast", List.of("token_type_ids"), "second", toFloat)
            .node("Mul", List.of("real", "second"), "in_text")
            .node("Sub", List.of("real", "in_text"), "in_question");
    return countingCommonWords(graph, DIMENSION);
  }

  /** As RoBERTa's, it has two places more than tokens, and counts those that are not padding. */
  private static byte[] robertaNetwork(int pieces) {
    return inputs(new OnnxGraph())
        .constant("table", directions(0, pieces))
        .constant("places", new float[MAX_TOKENS + 2][pieces])
        .constant("along", 1)
        .constant("padding", TinyTokenizer.PAD)
        .node("Gather", List.of("table", "input_ids"), "words")
        .node("Equal", List.of("input_ids", "padding"), "padded")
        .node("Not", List.of("padded"), "real")
        .node("Cast", List.of("real"), "one", Attribute.number("to", OnnxGraph.INT64))
        .node("CumSum", List.of("one", "along"), "count")
        .node("Mul", List.of("count", "one"), "counted")
        .node("Add", List.of("counted", "padding"), "place")
        .node("Gather", List.of("places", "place"), "placed")
        .node("Add", List.of("words", "placed"), "last_hidden_state")
        .output("last_hidden_state", OnnxGraph.FLOAT, OnnxGraph.ANY, OnnxGraph.ANY, pieces)
        .file();
  }

  /** It tells question and text by the ends before them: none, and two. */
  private static byte[] robertaPairNetwork(int pieces) {
    Attribute toFloat = Attribute.number("to", OnnxGraph.FLOAT);
    OnnxGraph graph =
        inputs(new OnnxGraph())
            .constant("along", 1)
            .constant("none", 0)
            .constant("two", 2)
            .constant("end", TinyTokenizer.END)
            .node("Equal", List.of("input_ids", "end"), "ends")
            .node("Cast", List.of("ends"), "one", Attribute.number("to", OnnxGraph.INT64))
            .node("CumSum", List.of("one", "along"), "before")
            .node("Equal", List.of("before", "none"), "is_question")
            .node("Equal", List.of("before", "two"), "is_text")
            .node("Cast", List.of("is_question"), "in_question", toFloat)
            .node("Cast", List.of("is_text"), "in_text", toFloat);
    return countingCommonWords(graph, pieces);
  }

  private static byte[] countingCommonWords(OnnxGraph graph, int pieces) {
    Attribute last = Attribute.list("axes", 2);
    Attribute tokens = Attribute.list("axes", 1);
    Attribute gone = Attribute.number("keepdims", 0);
    return graph
        .constant("table", directions(SPECIAL.size(), pieces))
        .node("Gather", List.of("table", "input_ids"), "words")
        .node("Unsqueeze", List.of("in_text"), "text_mask", last)
        .node("Unsqueeze", List.of("in_question"), "question_mask", last)
        .node("Mul", List.of("words", "text_mask"), "text_words")
        .node("Mul", List.of("words", "question_mask"), "question_words")
        .node("ReduceSum", List.of("text_words"), "text", tokens, gone)
        .node("ReduceSum", List.of("question_words"), "question", tokens, gone)
        .node("Mul", List.of("text", "question"), "common")
        .node("ReduceSum", List.of("common"), "logits", tokens)
        .output("logits", OnnxGraph.FLOAT, OnnxGraph.ANY, 1)
        .file();
  }

  static OnnxGraph inputs(OnnxGraph graph, String... more) {
    for (String name : List.of("input_ids", "attention_mask")) {
      graph.input(name, OnnxGraph.INT64, OnnxGraph.ANY, OnnxGraph.ANY);
    }
    for (String name : more) {
      graph.input(name, OnnxGraph.INT64, OnnxGraph.ANY, OnnxGraph.ANY);
    }
    return graph;
  }

  /** A direction for each piece from the given one on, none for those before. */
  private static float[][] directions(int from, int pieces) {
    float[][] rows = new float[pieces][pieces];
    for (int i = from; i < pieces; i++) {
      rows[i][i] = 1;
    }
    return rows;
  }

  /** A text of so many words, drawn by the numbers. */
  static String text(int words, RandomGenerator random) {
    List<String> text = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      text.add(WORDS.get(random.nextInt(3, WORDS.size())));
    }
    return String.join(" ", text);
  }
}
