package io.mnemogrid.node.lexical;

import java.util.Map;

/** The distinct terms of a text, each with how often it occurs. Immutable. */
public final class DocumentTerms {
  /** Longer terms are cut. */
  public static final int TERM_CHARS_MAX = 128;

  /** What comes after so many words of a text is left out. */
  public static final int LENGTH_MAX = 65_536;

  private final String[] terms;
  private final int[] counts;
  private final int length;

  private DocumentTerms(String[] terms, int[] counts, int length) {
    this.terms = terms;
    this.counts = counts;
    this.length = length;
  }

  /**
   * Takes the counts, in the order of the map.
   *
   * @throws IllegalArgumentException if a term is empty or longer than {@value #TERM_CHARS_MAX}, a
   *     count is not positive, or their sum is over {@value #LENGTH_MAX}
   */
  public static DocumentTerms of(Map<String, Integer> countByTerm) {
    String[] terms = new String[countByTerm.size()];
    int[] counts = new int[terms.length];
    int size = 0;
    long length = 0;
    for (Map.Entry<String, Integer> entry : countByTerm.entrySet()) {
      terms[size] = checked(entry.getKey());
      counts[size] = entry.getValue();
      if (counts[size] < 1) {
        throw new IllegalArgumentException(
            "a term occurs at least once, not %d times".formatted(counts[size]));
      }
      length += counts[size++];
    }
    if (length > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a document has at most %,d terms, not %,d".formatted(LENGTH_MAX, length));
    }
    return new DocumentTerms(terms, counts, (int) length);
  }

  static String checked(String term) {
    if (term.isEmpty() || term.length() > TERM_CHARS_MAX) {
      throw new IllegalArgumentException(
          "a term has 1..%d characters, not %d".formatted(TERM_CHARS_MAX, term.length()));
    }
    return term;
  }

  /** How many distinct terms there are. */
  public int size() {
    return terms.length;
  }

  /** The {@code i}-th distinct term, from 0. */
  public String term(int i) {
    return terms[i];
  }

  /** How often the {@code i}-th distinct term occurs. */
  public int count(int i) {
    return counts[i];
  }

  /** The sum of the counts. */
  public int length() {
    return length;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < terms.length; i++) {
      text.append(i == 0 ? "" : " ").append(terms[i]);
      if (counts[i] > 1) {
        text.append('*').append(counts[i]);
      }
    }
    return text.toString();
  }
}
