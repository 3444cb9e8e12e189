package io.mnemogrid.node.lexical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How texts of a language become terms. Immutable; safe to use from any thread.
 *
 * <p>A document and a question are taken apart alike, but for the words that only make a sentence a
 * question: who asks "when did Anna move" looks for Anna and moving, and would otherwise find every
 * text with a "when" in it.
 */
public final class Analysis {
  /** For English. */
  public static final String ENGLISH = "english";

  /** For any language, and for several at once: no stop words, no endings taken off. */
  public static final String NEUTRAL = "neutral";

  private static final Map<String, Analysis> MADE = new ConcurrentHashMap<>();

  private final String name;
  private final TermSource ofDocuments;
  private final TermSource ofQuestions;

  private Analysis(String name, TermSource ofDocuments, TermSource ofQuestions) {
    this.name = name;
    this.ofDocuments = ofDocuments;
    this.ofQuestions = ofQuestions;
  }

  /** What {@link #named} knows, in alphabetical order. */
  public static SortedSet<String> names() {
    return Languages.names();
  }

  /**
   * The analysis of that name.
   *
   * @throws IllegalArgumentException if there is none, with the names there are
   */
  public static Analysis named(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "no analysis is named \"%s\"; there are %s".formatted(name, String.join(", ", names())));
    }
    return MADE.computeIfAbsent(name, Analysis::make);
  }

  private static Analysis make(String name) {
    TermSource ofDocuments = Languages.documents(name);
    return new Analysis(name, ofDocuments, Languages.questions(name).orElse(ofDocuments));
  }

  public String name() {
    return name;
  }

  /** The terms of a text that is to be found; none if it has no words, or stop words alone. */
  public DocumentTerms document(String text) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    int[] left = {DocumentTerms.LENGTH_MAX};
    ofDocuments.read(
        text,
        term -> {
          counts.merge(term, 1, Integer::sum);
          return --left[0] > 0;
        });
    return DocumentTerms.of(counts);
  }

  /**
   * The distinct terms of a question, in the order in which they first occur, at most {@value
   * LexicalQuery#TERMS_MAX}. When it is made of question words alone they are what it asks for.
   */
  public List<String> question(String text) {
    List<String> terms = distinct(ofQuestions, text);
    return terms.isEmpty() && ofQuestions != ofDocuments ? distinct(ofDocuments, text) : terms;
  }

  private static List<String> distinct(TermSource source, String text) {
    SequencedSet<String> terms = new LinkedHashSet<>();
    source.read(
        text,
        term -> {
          terms.add(term);
          return terms.size() < LexicalQuery.TERMS_MAX;
        });
    return new ArrayList<>(terms);
  }

  @Override
  public String toString() {
    return name;
  }
}
