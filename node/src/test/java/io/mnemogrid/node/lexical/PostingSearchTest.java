package io.mnemogrid.node.lexical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Posting lists against looking at every document, over many windows. */
class PostingSearchTest {
  private static final long SEED = 31;
  private static final int DOCUMENTS = 20_000;
  private static final int VOCABULARY = 4_000;
  private static final int QUESTIONS = 400;

  @Test
  void postingListsFindWhatLookingAtEveryDocumentFinds() {
    SplittableRandom random = new SplittableRandom(SEED);
    TermDictionary dictionary = new TermDictionary();
    try (LexicalIndex postings = new LexicalIndex(dictionary, 0);
        LexicalIndex scan = new LexicalIndex(dictionary, Integer.MAX_VALUE)) {
      for (int i = 0; i < DOCUMENTS; i++) {
        int slot = random.nextInt(10) == 0 ? random.nextInt(i + 1) : i;
        DocumentTerms terms = DocumentTerms.of(Corpus.terms(random, VOCABULARY));
        postings.put(slot, terms);
        scan.put(slot, terms);
      }
      for (int i = 0; i < QUESTIONS; i++) {
        List<String> terms = question(random);
        var query = new LexicalQuery(terms, postings.statistics(terms), Bm25.DEFAULT);
        int k = 1 << random.nextInt(10);
        int modulus = random.nextInt(4) == 0 ? random.nextInt(1, 100) : 1;
        assertThat(best(postings, query, k, modulus))
            .as("seed %d, question %d: best %d of %s", SEED, i, k, terms)
            .isEqualTo(best(scan, query, k, modulus));
      }
    }
  }

  private static List<Documents.Scored> best(
      LexicalIndex index, LexicalQuery query, int k, int modulus) {
    try (LexicalSearch search = index.search(query)) {
      return Documents.of(search.best(k, slot -> slot % modulus == 0, SlotOrder.ASCENDING, 0));
    }
  }

  private static List<String> question(SplittableRandom random) {
    List<String> terms = new ArrayList<>();
    for (int i = random.nextInt(1, 16); i > 0; i--) {
      String term = "t" + Corpus.zipf(random, VOCABULARY);
      if (!terms.contains(term)) {
        terms.add(term);
      }
    }
    return terms;
  }
}
