package io.mnemogrid.node.recall;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is worth knowing of a content when it is ranked, read once when it is written and kept as
 * one {@code int}: its words, which are runs of letters and digits (bits 0-7, at most {@value
 * #WORDS_MAX}), whether it ends with a question mark (bit 8), names a time (bit 9), begins with who
 * speaks (bit 10). The other bits are 0.
 *
 * <p>Only English times are known. One pass over at most {@value #CHARS_MAX} characters, without
 * garbage.
 */
public final class TextTraits {
  /** Of a longer content the rest is not read, but for its end. */
  static final int CHARS_MAX = 8_192;

  static final int WORDS_MAX = 255;

  /** Makes an ASCII letter a small one, and leaves a digit as it is. */
  private static final int SMALL = 0x20;

  private static final boolean[] ASCII_WORD_PART = new boolean[128];

  static {
    for (int c = 0; c < ASCII_WORD_PART.length; c++) {
      ASCII_WORD_PART[c] = Character.isLetterOrDigit(c);
    }
  }

  private static final int QUESTION = 1 << 8;
  private static final int TIME = 1 << 9;
  private static final int SPEAKER = 1 << 10;

  private static final int SPEAKER_CHARS_MAX = 40;
  private static final int SPEAKER_WORDS_MAX = 3;
  private static final int PREFIX_CHARS_MAX = 40;
  private static final int CLOSING_CHARS_MAX = 16;
  private static final Set<String> LOWER_CASE_SPEAKERS =
      Set.of("agent", "ai", "assistant", "bot", "human", "system", "user");

  private TextTraits() {}

  public static int of(String content) {
    int end = Math.min(content.length(), CHARS_MAX);
    int words = 0;
    boolean time = false;
    int i = 0;
    while (i < end) {
      if (!isWordPart(content.charAt(i))) {
        i++;
        continue;
      }
      int begin = i;
      int hash = 0;
      while (i < end && isWordPart(content.charAt(i))) {
        hash = 31 * hash + (content.charAt(i) | SMALL);
        i++;
      }
      words++;
      time = time || TimeWords.isTime(content, begin, i, hash);
    }
    return Math.min(words, WORDS_MAX)
        | (endsAsQuestion(content) ? QUESTION : 0)
        | (time ? TIME : 0)
        | (speakerEnd(content, speakerBegin(content)) >= 0 ? SPEAKER : 0);
  }

  /**
   * Who speaks in a content that begins as {@code Name:}, perhaps after a time in brackets, or
   * null.
   */
  public static @Nullable String speaker(String content) {
    int begin = speakerBegin(content);
    int end = speakerEnd(content, begin);
    return end < 0 ? null : content.substring(begin, end);
  }

  /** At most {@value #WORDS_MAX}. */
  public static int words(int traits) {
    return traits & WORDS_MAX;
  }

  public static boolean endsAsQuestion(int traits) {
    return (traits & QUESTION) != 0;
  }

  public static boolean namesTime(int traits) {
    return (traits & TIME) != 0;
  }

  public static boolean hasSpeaker(int traits) {
    return (traits & SPEAKER) != 0;
  }

  private static boolean isWordPart(char c) {
    return c < ASCII_WORD_PART.length
        ? ASCII_WORD_PART[c]
        : Character.isLetterOrDigit(c) || Character.isHighSurrogate(c);
  }

  /** Looks past what may close a question: quotes, brackets, spaces, an emoji. */
  private static boolean endsAsQuestion(String content) {
    int last = content.length() - 1;
    for (int i = last; i >= 0 && i > last - CLOSING_CHARS_MAX; i--) {
      char c = content.charAt(i);
      if (c == '?' || c == '\uFF1F' || c == '\u061F') {
        return true;
      }
      if (Character.isLetterOrDigit(c) || c == '.' || c == '!') {
        return false;
      }
    }
    return false;
  }

  private static int speakerBegin(String content) {
    int i = skipSpaces(content, 0);
    if (i < content.length() && (content.charAt(i) == '[' || content.charAt(i) == '(')) {
      char closing = content.charAt(i) == '[' ? ']' : ')';
      int close = content.indexOf(closing, i + 1, Math.min(content.length(), i + PREFIX_CHARS_MAX));
      if (close > 0) {
        return skipSpaces(content, close + 1);
      }
    }
    return i;
  }

  private static int skipSpaces(String content, int from) {
    int i = from;
    while (i < content.length() && i < from + CLOSING_CHARS_MAX && content.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }

  /** The index of the colon behind the speaker's name, or -1 when it does not begin with one. */
  private static int speakerEnd(String content, int begin) {
    int limit = Math.min(content.length(), begin + SPEAKER_CHARS_MAX + 1);
    int words = 0;
    boolean inWord = false;
    boolean spelledAsName = true;
    for (int i = begin; i < limit; i++) {
      char c = content.charAt(i);
      if (c == ':') {
        boolean said = i + 1 == content.length() || content.charAt(i + 1) <= ' ';
        boolean name = words > 0 && words <= SPEAKER_WORDS_MAX && inWord;
        return said && name && (spelledAsName || isLowerCaseSpeaker(content, begin, i)) ? i : -1;
      }
      boolean joins = c == '-' || c == '_' || c == '.' || c == '\'' || c == '\u2019';
      if (isWordPart(c) || Character.isLowSurrogate(c) || (joins && inWord)) {
        if (!inWord) {
          words++;
          spelledAsName &= Character.isLetter(c) && !Character.isLowerCase(c);
        }
        inWord = true;
      } else if (c == ' ' && inWord) {
        inWord = false;
      } else {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isLowerCaseSpeaker(String content, int begin, int end) {
    return LOWER_CASE_SPEAKERS.contains(content.substring(begin, end).toLowerCase(Locale.ROOT));
  }
}
