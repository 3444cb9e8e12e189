package io.mnemogrid.node.lexical;

import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.en.EnglishAnalyzer;

/**
 * English words that make a sentence a question, or stand in for what it is about, and say nothing
 * of what is looked for. Left out: those that are also names of things, such as "may" and "us".
 */
final class QuestionWords {
  private static final List<String> ASKING =
      List.of("who", "whom", "whose", "what", "which", "when", "where", "why", "how");

  private static final List<String> HELPING =
      List.of(
          "do", "does", "did", "doing", "done", "have", "has", "had", "having", "am", "were",
          "been", "being", "can", "could", "would", "should", "shall", "might", "must");

  private static final List<String> DENYING =
      List.of(
          "don't",
          "doesn't",
          "didn't",
          "haven't",
          "hasn't",
          "hadn't",
          "isn't",
          "aren't",
          "wasn't",
          "weren't",
          "can't",
          "cannot",
          "couldn't",
          "won't",
          "wouldn't",
          "shouldn't");

  private static final List<String> STANDING_IN =
      List.of(
          "i",
          "me",
          "my",
          "mine",
          "you",
          "your",
          "yours",
          "he",
          "him",
          "his",
          "she",
          "her",
          "hers",
          "its",
          "we",
          "our",
          "ours",
          "them",
          "theirs",
          "those",
          "himself",
          "herself",
          "itself",
          "themselves",
          "i'm",
          "i've",
          "i'd",
          "i'll",
          "you're",
          "you've");

  private static final List<String> LINKING =
      List.of("about", "from", "so", "than", "too", "also", "any", "some", "there's", "ever");

  private QuestionWords() {}

  /** With the stop words of documents. */
  static CharArraySet withStopWords() {
    CharArraySet all = CharArraySet.copy(EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
    List.of(ASKING, HELPING, DENYING, STANDING_IN, LINKING).forEach(all::addAll);
    return CharArraySet.unmodifiableSet(all);
  }
}
