package io.mnemogrid.node.embed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.mnemogrid.node.embed.HuggingFaceTokenizer.Specials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.collections.impl.set.mutable.primitive.IntHashSet;

/**
 * Reads a Hugging Face {@code tokenizer.json}. A tokenizer of the BERT family becomes a {@link
 * WordPiece}, any other a {@link HuggingFaceTokenizer}: a model that reads other tokens than it was
 * trained on answers with vectors that mean nothing, so in doubt the library is taken.
 *
 * <p>Truncation and padding that the file asks for are not used, but for the token of the padding:
 * how much is read at once is said beside the model.
 */
final class TokenizerFile {
  private static final int PIECES_MAX = 1_000_000;
  private static final Set<String> PADDING = Set.of("[PAD]", "<pad>");
  private static final String WORD_PIECE = "WordPiece";
  private static final List<String> MODELS = List.of("BPE", "Unigram", "WordLevel", WORD_PIECE);

  private final JsonParser json;
  private final Map<String, Json> sections = new HashMap<>();

  /** The fields of the section {@code model} but for the many pieces. */
  private final Map<String, Json> model = new HashMap<>();

  private final Map<String, Integer> ids = new HashMap<>();

  private TokenizerFile(JsonParser json) {
    this.json = json;
  }

  /**
   * @param scratch folder for files that are gone again when this returns
   * @throws IOException when it is no such file; the message says what is the matter
   */
  static Tokenizer read(byte[] file, Path scratch) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(file)) {
      TokenizerFile read = new TokenizerFile(json);
      read.sections();
      return read.isBert() ? read.wordPiece() : read.other(new String(file, UTF_8), scratch);
    } catch (JsonProcessingException e) {
      throw wrong("is not JSON: " + e.getOriginalMessage());
    }
  }

  private void sections() throws IOException {
    requireObject("the file", json.nextToken());
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String section = json.currentName();
      JsonToken value = json.nextToken();
      switch (section) {
        case "model" -> {
          requireObject(section, value);
          model();
        }
        case "normalizer", "pre_tokenizer", "post_processor", "added_tokens", "padding" ->
            sections.put(section, Json.read(json));
        default -> json.skipChildren();
      }
    }
  }

  private void model() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      boolean othersPieces = model.containsKey("type") && !model("type").is(WORD_PIECE);
      if (field.equals("vocab") && value == JsonToken.START_OBJECT && !othersPieces) {
        vocabulary();
      } else if (value.isStructStart()) {
        json.skipChildren();
      } else {
        model.put(field, Json.read(json));
      }
    }
  }

  private void vocabulary() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String piece = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_NUMBER_INT || json.getIntValue() < 0) {
        throw wrong("the id of a piece must be a number from 0 up, was " + json.getText());
      }
      ids.put(piece, json.getIntValue());
      if (ids.size() > PIECES_MAX) {
        throw wrong("the vocabulary has more than %d pieces".formatted(PIECES_MAX));
      }
    }
  }

  private Json section(String name) {
    return sections.getOrDefault(name, Json.NULL);
  }

  private Json model(String field) {
    return model.getOrDefault(field, Json.NULL);
  }

  private boolean isBert() {
    return model("type").is(WORD_PIECE)
        && model("unk_token").is(Vocabulary.UNKNOWN)
        && ids.containsKey(Vocabulary.UNKNOWN)
        && isNullOr(model("continuing_subword_prefix"), Vocabulary.CONTINUING)
        && isNullOr(model("max_input_chars_per_word"), WordPiece.WORD_CODE_POINTS_MAX)
        && isBertNormalizer(section("normalizer"))
        && section("pre_tokenizer").field("type").is("BertPreTokenizer")
        && section("added_tokens").items().stream()
            .allMatch(token -> token.field("special").is(true));
  }

  private static boolean isBertNormalizer(Json normalizer) {
    Json lowerCase = normalizer.field("lowercase");
    return normalizer.field("type").is("BertNormalizer")
        && isNullOr(normalizer.field("clean_text"), true)
        && isNullOr(normalizer.field("handle_chinese_chars"), true)
        && (normalizer.field("strip_accents").isNull()
            || normalizer.field("strip_accents").equals(lowerCase));
  }

  private static boolean isNullOr(Json value, Object wanted) {
    return value.isNull() || value.is(wanted);
  }

  private WordPiece wordPiece() throws IOException {
    Template template =
        section("post_processor").isNull()
            ? Template.bert(piece("[CLS]"), piece("[SEP]"))
            : PostProcessor.template(section("post_processor"));
    boolean lowerCase = !section("normalizer").field("lowercase").is(false);
    return new WordPiece(Vocabulary.of(ids), lowerCase, template, padding());
  }

  private int piece(String spelling) throws IOException {
    Integer id = ids.get(spelling);
    if (id == null) {
      throw wrong("the vocabulary lacks " + spelling);
    }
    return id;
  }

  private HuggingFaceTokenizer other(String file, Path scratch) throws IOException {
    String type = model("type").text().orElse("missing");
    if (!MODELS.contains(type)) {
      throw wrong(
          "model.type must be one of %s, was %s".formatted(String.join(", ", MODELS), type));
    }
    if (type.equals("BPE") && model("continuing_subword_prefix").text().orElse("").length() > 0) {
      throw wrong("model.continuing_subword_prefix cannot be used with BPE");
    }
    TextSteps.checkNormalizer(section("normalizer"));
    TextSteps.checkPreTokenizer(section("pre_tokenizer"));
    Template template = PostProcessor.template(section("post_processor"));
    return HuggingFaceTokenizer.open(
        file, new Specials(template, padding(), unspeakable(template)), scratch);
  }

  /** All special tokens but the one for what is unknown, which texts without ill will have too. */
  private IntHashSet unspeakable(Template template) {
    IntHashSet unspeakable = new IntHashSet();
    template.tokens().forEach(unspeakable::add);
    model("unk_id").id().ifPresent(unspeakable::remove);
    for (Json token : section("added_tokens").items()) {
      if (token.field("special").is(true)
          && !token.field("content").equals(model("unk_token"))
          && !token.field("id").equals(model("unk_id"))) {
        token.field("id").id().ifPresent(unspeakable::add);
      }
    }
    return unspeakable;
  }

  private int padding() {
    List<Json> added = section("added_tokens").items();
    return section("padding")
        .field("pad_id")
        .id()
        .orElseGet(() ->
            added.stream()
                .filter(
                    token -> token.field("content").text().filter(PADDING::contains).isPresent())
                .mapToInt(token -> token.field("id").id().orElse(0))
                .findFirst()
                // Which token it is matters to few models: they are told to leave it out.
                .orElseGet(() -> Objects.requireNonNullElse(ids.get("[PAD]"), 0)));
  }

  private static void requireObject(String what, JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw wrong("%s must be a JSON object, found %s".formatted(what, token));
    }
  }

  static IOException wrong(String problem) {
    return new IOException(ModelFolder.TOKENIZER + ": " + problem);
  }
}
