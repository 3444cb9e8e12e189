package io.mnemogrid.node.embed;

import io.mnemogrid.node.embed.Template.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.collections.impl.list.mutable.primitive.IntArrayList;

/**
 * The section {@code post_processor} of a {@code tokenizer.json}, which says what special tokens
 * stand around texts. It is read here and not by the library, which ends the process where a
 * template names a token that it does not describe.
 */
final class PostProcessor {
  /** It is about places in the text only. */
  private static final String BYTE_LEVEL = "ByteLevel";

  private final Json words;
  private final List<IntArrayList> around = new ArrayList<>(List.of(new IntArrayList()));
  private final StringBuilder sequences = new StringBuilder();
  private boolean allOfTypeZero = true;
  private boolean typesByText = true;

  private PostProcessor(Json words) {
    this.words = words;
  }

  /**
   * @throws IOException when it is of an unknown kind, or does not hold together
   */
  static Template template(Json processor) throws IOException {
    if (processor.isNull()) {
      return Template.NONE;
    }
    String type = processor.field("type").text().orElse("missing");
    return switch (type) {
      case BYTE_LEVEL -> Template.NONE;
      case "BertProcessing" -> Template.bert(token(processor, "cls"), token(processor, "sep"));
      case "RobertaProcessing" ->
          Template.roberta(token(processor, "cls"), token(processor, "sep"));
      case "TemplateProcessing" -> ofPieces(processor);
      case "Sequence" -> ofSequence(processor.field("processors").items());
      default -> throw wrong("the type %s cannot be used".formatted(type));
    };
  }

  private static int token(Json processor, String name) throws IOException {
    List<Json> token = processor.field(name).items();
    if (token.size() != 2 || token.get(1).id().isEmpty()) {
      throw wrong(name + " must be a token and its id");
    }
    return token.get(1).id().getAsInt();
  }

  private static Template ofSequence(List<Json> processors) throws IOException {
    List<Json> adding =
        processors.stream().filter(processor -> !processor.field("type").is(BYTE_LEVEL)).toList();
    if (adding.size() > 1) {
      throw wrong("only one of a sequence may add tokens");
    }
    return adding.isEmpty() ? Template.NONE : template(adding.getFirst());
  }

  private static Template ofPieces(Json processor) throws IOException {
    PostProcessor one = read(processor, "single", "A");
    PostProcessor two = read(processor, "pair", "AB");
    if (!one.allOfTypeZero || !two.allOfTypeZero && !two.typesByText) {
      throw wrong("only the second of two texts and what follows it may be of the type 1");
    }
    return new Template(
        one.around(0),
        one.around(1),
        new Pair(two.around(0), two.around(1), two.around(2), !two.allOfTypeZero));
  }

  private static PostProcessor read(Json processor, String section, String sequences)
      throws IOException {
    PostProcessor pieces = new PostProcessor(processor.field("special_tokens"));
    for (Json piece : processor.field(section).items()) {
      pieces.add(piece);
    }
    if (!pieces.sequences.toString().equals(sequences)) {
      throw wrong(
          "%s must have the texts %s, has '%s'".formatted(section, sequences, pieces.sequences));
    }
    return pieces;
  }

  private void add(Json piece) throws IOException {
    Json sequence = piece.field("Sequence");
    Json special = piece.field("SpecialToken");
    if (sequence.isNull()) {
      addIds(special.field("id").text().orElse(""));
    } else {
      sequences.append(sequence.field("id").text().orElse("?"));
      around.add(new IntArrayList());
    }
    int type = (sequence.isNull() ? special : sequence).field("type_id").id().orElse(-1);
    allOfTypeZero &= type == 0;
    typesByText &= type == (sequences.length() < 2 ? 0 : 1);
  }

  private void addIds(String name) throws IOException {
    List<Json> ids = words.field(name).field("ids").items();
    if (ids.isEmpty()) {
      throw wrong("the token '%s' is not described".formatted(name));
    }
    for (Json id : ids) {
      around.getLast().add(id.id().orElseThrow(() -> wrong("'%s' has no id".formatted(name))));
    }
  }

  private int[] around(int place) {
    return around.get(place).toArray();
  }

  private static IOException wrong(String problem) {
    return TokenizerFile.wrong("post_processor: " + problem);
  }
}
