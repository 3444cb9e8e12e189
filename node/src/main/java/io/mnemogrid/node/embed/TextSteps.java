package io.mnemogrid.node.embed;

import java.io.IOException;
import java.util.Set;

/**
 * The sections {@code normalizer} and {@code pre_tokenizer} of a {@code tokenizer.json}, before the
 * library reads them: it ends the process, at once or by a text much later, where some of their
 * fields make no sense, or where a pattern is tried in too many ways.
 */
final class TextSteps {
  private static final String SEQUENCE = "Sequence";

  private static final Set<String> NORMALIZERS =
      Set.of(
          "BertNormalizer",
          "ByteLevel",
          "Lowercase",
          "NFC",
          "NFD",
          "NFKC",
          "NFKD",
          "Nmt",
          "Precompiled",
          "Prepend",
          "Replace",
          SEQUENCE,
          "Strip",
          "StripAccents");

  private static final Set<String> PRE_TOKENIZERS =
      Set.of(
          "BertPreTokenizer",
          "ByteLevel",
          "CharDelimiterSplit",
          "Digits",
          "FixedLength",
          "Metaspace",
          "Punctuation",
          SEQUENCE,
          "Split",
          "UnicodeScripts",
          "Whitespace",
          "WhitespaceSplit");

  private TextSteps() {}

  /**
   * @throws IOException when the library must not be given it; the message says what is the matter
   */
  static void checkNormalizer(Json normalizer) throws IOException {
    if (normalizer.isNull()) {
      return;
    }
    String type = type("normalizer", normalizer, NORMALIZERS);
    switch (type) {
      case SEQUENCE -> {
        for (Json part : normalizer.field("normalizers").items()) {
          checkNormalizer(part);
        }
      }
      case "Precompiled" ->
          CharacterTable.check(normalizer.field("precompiled_charsmap").text().orElse(""));
      case "Prepend" -> requireText("normalizer: prepend", normalizer.field("prepend"));
      case "Replace" -> checkPattern("normalizer", normalizer.field("pattern"));
      default -> {}
    }
  }

  /** As {@link #checkNormalizer}. */
  static void checkPreTokenizer(Json preTokenizer) throws IOException {
    if (preTokenizer.isNull()) {
      return;
    }
    String type = type("pre_tokenizer", preTokenizer, PRE_TOKENIZERS);
    switch (type) {
      case SEQUENCE -> {
        for (Json part : preTokenizer.field("pretokenizers").items()) {
          checkPreTokenizer(part);
        }
      }
      case "FixedLength" -> {
        if (preTokenizer.field("length").id().orElse(0) < 1) {
          throw TokenizerFile.wrong("pre_tokenizer: length must be a number from 1 up");
        }
      }
      case "Split" -> checkPattern("pre_tokenizer", preTokenizer.field("pattern"));
      default -> {}
    }
  }

  private static String type(String section, Json part, Set<String> known) throws IOException {
    String type = part.field("type").text().orElse("missing");
    if (!known.contains(type)) {
      throw TokenizerFile.wrong("%s: the type %s cannot be used".formatted(section, type));
    }
    return type;
  }

  private static void requireText(String field, Json value) throws IOException {
    if (value.text().filter(text -> !text.isEmpty()).isEmpty()) {
      throw TokenizerFile.wrong(field + " must be a text with at least 1 character");
    }
  }

  private static void checkPattern(String section, Json pattern) throws IOException {
    Json regex = pattern.field("Regex");
    requireText(section + ": pattern", regex.isNull() ? pattern.field("String") : regex);
    if (regex.text().filter(Backtracking::isUnbounded).isPresent()) {
      throw TokenizerFile.wrong(
          "%s: the pattern %s repeats a repetition or a choice, which takes forever on some texts"
              .formatted(section, regex.text().orElseThrow()));
    }
  }
}
