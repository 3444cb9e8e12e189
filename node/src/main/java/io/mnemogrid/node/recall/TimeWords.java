package io.mnemogrid.node.recall;

/** English words that name a time, looked up without making a string of what is looked up. */
final class TimeWords {
  private static final int YEAR_DIGITS = 4;
  private static final int MASK = 255;
  private static final String[] TABLE = new String[MASK + 1];
  private static final int LONGEST = 9;

  private static final String WORDS =
      """
      yesterday today tonight tomorrow ago weekend weekends week weeks month months
      year years summer winter monday tuesday wednesday thursday friday saturday
      sunday january february march april may june july august september october
      november december jan feb apr jun jul aug sept sep oct nov dec
      """;

  static {
    for (String word : WORDS.strip().split("\\s+", -1)) {
      put(word);
    }
  }

  private TimeWords() {}

  private static void put(String word) {
    int slot = word.hashCode() & MASK;
    while (TABLE[slot] != null) {
      slot = slot + 1 & MASK;
    }
    TABLE[slot] = word;
  }

  /**
   * Whether the word from {@code begin} to {@code end} names a time.
   *
   * @param hash of the word in lower case, as of {@link String#hashCode}
   */
  static boolean isTime(String text, int begin, int end, int hash) {
    int length = end - begin;
    char first = text.charAt(begin);
    if (first <= '9') {
      return length == YEAR_DIGITS && isYear(text, begin);
    }
    if (length > LONGEST) {
      return false;
    }
    for (int slot = hash & MASK; TABLE[slot] != null; slot = slot + 1 & MASK) {
      String word = TABLE[slot];
      if (word.length() == length && text.regionMatches(true, begin, word, 0, length)) {
        // Spelled small, these are a verb and a word of courtesy.
        return first == 'M' || !(word.equals("may") || word.equals("march"));
      }
    }
    return false;
  }

  private static boolean isYear(String text, int begin) {
    boolean century =
        (text.charAt(begin) == '1' && text.charAt(begin + 1) == '9')
            || (text.charAt(begin) == '2' && text.charAt(begin + 1) == '0');
    return century && isDigit(text.charAt(begin + 2)) && isDigit(text.charAt(begin + 3));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
