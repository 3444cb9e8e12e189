package io.mnemogrid.node.embed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tokenizers of a few words as models beyond the BERT family have them: the words of {@link
 * TinyModels}, and the special tokens of RoBERTa with its ids.
 *
 * @param json what stands in {@code tokenizer.json}
 * @param pieces by their ids
 */
record TinyTokenizer(String json, List<String> pieces) {
  static final int OPEN = 0;
  static final int PAD = 1;
  static final int END = 2;
  static final int UNKNOWN = 3;

  /** Begins a word behind a space, in the files of byte-level tokenizers. */
  static final String SPACE = "\u0120";

  /** Begins a word, in the files of Unigram tokenizers. */
  static final String BEGIN = "\u2581";

  private static final List<String> SPECIAL = List.of("<s>", "<pad>", "</s>", "<unk>");

  int id(String piece) {
    return pieces.indexOf(piece);
  }

  /** Pieces with scores, as XLM-RoBERTa has them; a fullwidth R is normalized to a small one. */
  static TinyTokenizer unigram() {
    List<String> pieces = new ArrayList<>(SPECIAL);
    TinyModels.WORDS.forEach(word -> pieces.add(word.equals(":") ? word : BEGIN + word));
    pieces.add(BEGIN);
    String vocabulary =
        pieces.stream()
            .map(piece ->
                "[\"%s\", %d]".formatted(piece, SPECIAL.contains(piece) ? 0 : -piece.length()))
            .collect(Collectors.joining(", ", "[", "]"));
    String json =
        file(
            "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"%s\"}"
                .formatted(charsmap("\uFF32", "r")),
            """
            {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
              {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always"}]}\
            """,
            """
            {"type": "TemplateProcessing",
              "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "</s>", "type_id": 0}}],
              "pair": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "</s>", "type_id": 0}},
                {"SpecialToken": {"id": "</s>", "type_id": 0}},
                {"Sequence": {"id": "B", "type_id": 0}},
                {"SpecialToken": {"id": "</s>", "type_id": 0}}],
              "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
                "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]}}}\
            """,
            "{\"type\": \"Unigram\", \"unk_id\": 3, \"vocab\": %s}".formatted(vocabulary));
    return new TinyTokenizer(json, List.copyOf(pieces));
  }

  /** Merged bytes, as RoBERTa has them: each word alone, and behind a space. */
  static TinyTokenizer byteLevel() {
    List<String> pieces = new ArrayList<>(SPECIAL);
    for (int b = 0; b < 256; b++) {
      pieces.add(Character.toString(letterOf(b)));
    }
    List<Merge> merges = new ArrayList<>();
    for (String word : TinyModels.WORDS) {
      List<String> parts = parts(word, merges);
      parts.add(0, SPACE);
      while (parts.size() > 1) {
        // From the end of the word on, the space last, so that the word alone is a piece too.
        Merge merge = new Merge(parts.get(parts.size() - 2), parts.removeLast());
        parts.set(parts.size() - 1, merge.whole());
        merges.add(merge);
        pieces.add(merge.whole());
      }
    }
    String vocabulary =
        pieces.stream()
            .map(piece -> "\"%s\": %d".formatted(escaped(piece), pieces.indexOf(piece)))
            .distinct()
            .collect(Collectors.joining(", ", "{", "}"));
    String merged =
        merges.stream()
            .map(merge -> "[\"%s\", \"%s\"]".formatted(merge.first(), merge.second()))
            .collect(Collectors.joining(", ", "[", "]"));
    String json =
        file(
            "null",
            "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true}",
            """
            {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0],
              "trim_offsets": true, "add_prefix_space": false}\
            """,
            """
            {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "",
              "end_of_word_suffix": "", "fuse_unk": false, "byte_fallback": false,
              "vocab": %s, "merges": %s}\
            """
                .formatted(vocabulary, merged));
    return new TinyTokenizer(json, List.copyOf(pieces));
  }

  private static String file(
      String normalizer, String preTokenizer, String postProcessor, String model) {
    String added =
        SPECIAL.stream()
            .map(token ->
                """
                {"id": %d, "content": "%s", "single_word": false, "lstrip": false,
                  "rstrip": false, "normalized": false, "special": true}\
                """
                    .formatted(SPECIAL.indexOf(token), token))
            .collect(Collectors.joining(",\n"));
    return """
    {"version": "1.0",
     "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0},
     "padding": {"strategy": {"Fixed": 100}, "direction": "Right", "pad_to_multiple_of": null,
       "pad_id": 1, "pad_type_id": 0, "pad_token": "<pad>"},
     "added_tokens": [%s],
     "normalizer": %s,
     "pre_tokenizer": %s,
     "post_processor": %s,
     "decoder": null,
     "model": %s}
    """
        .formatted(added, normalizer, preTokenizer, postProcessor, model);
  }

  private record Merge(String first, String second) {
    String whole() {
      return first + second;
    }
  }

  /** What the merges so far make of a word. */
  private static List<String> parts(String word, List<Merge> merges) {
    List<String> parts = new ArrayList<>(List.of(word.split("")));
    for (Merge merge : merges) {
      for (int i = 0; i + 1 < parts.size(); i++) {
        if (parts.get(i).equals(merge.first()) && parts.get(i + 1).equals(merge.second())) {
          parts.set(i, merge.whole());
          parts.remove(i + 1);
        }
      }
    }
    return parts;
  }

  /** The letter that stands for a byte, so that each is one that can be seen. */
  private static int letterOf(int b) {
    if (isVisible(b)) {
      return b;
    }
    int hidden = 0;
    for (int before = 0; before < b; before++) {
      hidden += isVisible(before) ? 0 : 1;
    }
    return 256 + hidden;
  }

  private static boolean isVisible(int b) {
    return b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
  }

  private static String escaped(String piece) {
    return piece.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /**
   * A table that maps one text to another: a trie in a double array, where a unit has its label in
   * the low byte, whether a leaf follows in bit 8, and the way to its children from bit 10 on.
   */
  static String charsmap(String from, String to) {
    byte[] key = from.getBytes(UTF_8);
    int[] units = new int[256 * (key.length + 2)];
    int at = 0;
    for (int depth = 0; depth <= key.length; depth++) {
      int children = 256 * (depth + 1);
      int label = depth == 0 ? 0 : key[depth - 1] & 0xFF;
      units[at] = label | (at ^ children) << 10 | (depth == key.length ? 1 << 8 : 0);
      at = depth == key.length ? children : children ^ (key[depth] & 0xFF);
    }
    units[at] = 1 << 31; // the leaf: the other text begins at 0
    byte[] target = (to + "\0").getBytes(UTF_8);
    ByteBuffer table =
        ByteBuffer.allocate(Integer.BYTES * (1 + units.length) + target.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    table.putInt(Integer.BYTES * units.length);
    for (int unit : units) {
      table.putInt(unit);
    }
    table.put(target);
    return Base64.getEncoder().encodeToString(table.array());
  }
}
