package io.mnemogrid.node.embed;

import io.mnemogrid.node.model.StreamSafe;
import java.text.Normalizer;
import java.util.Arrays;
import org.eclipse.collections.impl.list.mutable.primitive.IntArrayList;

/**
 * The tokenizer of the BERT family: basic tokenization, then the longest known pieces from left to
 * right. Immutable; safe to use from any thread.
 *
 * <p>Basic tokenization: control characters go, white space separates, punctuation and CJK
 * ideographs stand alone; where the model is lower-case, canonical decomposition, without
 * non-spacing marks, in lower case. See Devlin et al., "BERT", 2018, section 3, and Wu et al.,
 * "Google's Neural Machine Translation System", 2016, section 4.1, for word pieces.
 *
 * <p>Ids are those of the reference implementation but for two intended differences. The spelling
 * of a special token inside a text, {@code [SEP]}, is text and not that token: a text must not be
 * able to say where it ends. And classes of characters are those of the running JDK's Unicode,
 * newer than the reference's tables: a mark or punctuation assigned since then is treated as what
 * it is.
 */
final class WordPiece implements Tokenizer {
  static final int WORD_CODE_POINTS_MAX = 100;

  private static final byte LETTER = 0;
  private static final byte SPACE = 1;
  private static final byte ALONE = 2;
  private static final byte DROPPED = 3;
  private static final byte[] ASCII = new byte[128];

  static {
    for (int c = 0; c < ASCII.length; c++) {
      ASCII[c] = classOf(c);
    }
  }

  private final Vocabulary vocabulary;
  private final boolean lowerCase;
  private final Template template;
  private final int padding;

  WordPiece(Vocabulary vocabulary, boolean lowerCase, Template template, int padding) {
    this.vocabulary = vocabulary;
    this.lowerCase = lowerCase;
    this.template = template;
    this.padding = padding;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Template template() {
    return template;
  }

  @Override
  public int padding() {
    return padding;
  }

  /** Nothing is outside the heap. */
  @Override
  public void close() {}

  @Override
  public int[] encode(String text) {
    return encode(text, Integer.MAX_VALUE);
  }

  @Override
  public int[] encode(String text, int limit) {
    String source = lowerCase && !isAscii(text) ? decomposed(text) : text;
    Pass pass = new Pass(source.length());
    for (int i = 0; i < source.length() && pass.ids.size() < limit; ) {
      int c = source.codePointAt(i);
      i += Character.charCount(c);
      switch (c < ASCII.length ? ASCII[c] : classOf(c)) {
        case LETTER -> pass.letter(c);
        case SPACE -> pass.endWord();
        case ALONE -> {
          pass.endWord();
          pass.letter(c);
          pass.endWord();
        }
        default -> {}
      }
    }
    pass.endWord();
    int[] ids = pass.ids.toArray();
    return ids.length <= limit ? ids : Arrays.copyOf(ids, limit);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= ASCII.length) {
        return false;
      }
    }
    return true;
  }

  private static String decomposed(String text) {
    String decomposed = StreamSafe.normalize(text, Normalizer.Form.NFD);
    StringBuilder bare = new StringBuilder(decomposed.length());
    decomposed
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(bare::appendCodePoint);
    return bare.toString();
  }

  private static byte classOf(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return SPACE;
    }
    if (c == 0xFFFD || isIdeograph(c)) {
      return c == 0xFFFD ? DROPPED : ALONE;
    }
    if (c < ASCII.length && c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c)) {
      return ALONE; // also the symbols that Unicode does not count as punctuation, as $ + < ^ `
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE ->
          DROPPED;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          SPACE;
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          ALONE;
      default -> LETTER;
    };
  }

  /**
   * The ranges that the reference takes for ideographs, gap and all; kana and Hangul are none of
   * them, and are written without spaces here too.
   */
  private static boolean isIdeograph(int c) {
    return c >= 0x3400
        && (c <= 0x4DBF
            || (c >= 0x4E00 && c <= 0x9FFF)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0x20000 && c <= 0x2A6DF)
            || (c >= 0x2A700 && c <= 0x2B81F)
            || (c >= 0x2B920 && c <= 0x2CEAF)
            || (c >= 0x2F800 && c <= 0x2FA1F));
  }

  /** One text on its way through. */
  private final class Pass {
    private final IntArrayList ids;
    private final StringBuilder word = new StringBuilder();
    private int wordCodePoints;

    Pass(int chars) {
      ids = new IntArrayList(chars / 3 + 1);
    }

    void letter(int c) {
      // A word over the limit is unknown whatever it holds, so no more of it is kept.
      if (++wordCodePoints <= WORD_CODE_POINTS_MAX) {
        word.appendCodePoint(lowerCase ? Character.toLowerCase(c) : c);
      }
    }

    void endWord() {
      if (wordCodePoints > WORD_CODE_POINTS_MAX) {
        ids.add(vocabulary.unknown());
      } else if (wordCodePoints > 0) {
        addPieces(word.toString());
      }
      word.setLength(0);
      wordCodePoints = 0;
    }

    private void addPieces(String whole) {
      int before = ids.size();
      for (int from = 0; from < whole.length(); ) {
        int to = Math.min(whole.length(), from + vocabulary.longestPiece());
        int id = Vocabulary.ABSENT;
        while (to > from && id == Vocabulary.ABSENT) {
          String piece = whole.substring(from, to);
          id = from == 0 ? vocabulary.start(piece) : vocabulary.continuation(piece);
          to--;
        }
        if (id == Vocabulary.ABSENT) {
          // One unknown part makes the whole word unknown.
          while (ids.size() > before) {
            ids.removeAtIndex(ids.size() - 1);
          }
          ids.add(vocabulary.unknown());
          return;
        }
        ids.add(id);
        from = to + 1;
      }
    }
  }
}
