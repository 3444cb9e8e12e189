package io.mnemogrid.node.lexical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Searches beside a writer that puts, replaces and removes, and takes the index over its thresholds
 * again and again. A document seen in part has a score that no whole document has.
 */
class LexicalIndexStressTest {
  private static final int READERS = 3;
  private static final int STEPS_LEAST = 60_000;
  private static final int SEARCHES = 4_000;
  private static final int SLOTS = 400;

  /** In these slots there is always a document, though not always the same one. */
  private static final int KEPT_SLOTS = 20;

  private static final int KINDS = 8;
  private static final List<String> TERMS = terms();

  private final TermDictionary dictionary = new TermDictionary();
  private final LexicalQuery query =
      new LexicalQuery(TERMS, new Statistics(10_000, 90_000, frequencies()), Bm25.DEFAULT);

  private static List<String> terms() {
    List<String> terms = new ArrayList<>(List.of("left", "right"));
    for (int kind = 0; kind < KINDS; kind++) {
      terms.add("rare" + kind);
    }
    return terms;
  }

  private static long[] frequencies() {
    long[] frequencies = new long[TERMS.size()];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = 3_000 / (i + 1);
    }
    return frequencies;
  }

  /** A kind's document has a term of its own, which comes and goes with its documents. */
  private static DocumentTerms document(int kind) {
    return DocumentTerms.of(
        Map.of("left", 1 + kind % 3, "right", 1 + kind / 3, "rare" + kind, 1, "filler", 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 1_000_000})
  void aDocumentIsSeenEntirelyOrNotAtAll(int postingsAbove) {
    Set<Float> whole = wholeScores();
    LexicalIndex index = new LexicalIndex(dictionary, postingsAbove);
    SplittableRandom random = new SplittableRandom(postingsAbove);
    for (int slot = 0; slot < KEPT_SLOTS; slot++) {
      index.put(slot, document(random.nextInt(KINDS)));
    }
    List<CompletableFuture<Void>> readers = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int i = 0; i < READERS; i++) {
        SplittableRandom own = random.split();
        readers.add(CompletableFuture.runAsync(() -> search(index, whole, own), threads));
      }
      int steps = 0;
      while (steps < STEPS_LEAST || !readers.stream().allMatch(CompletableFuture::isDone)) {
        write(index, random, steps++);
      }
    }
    assertThat(readers).allSatisfy(CompletableFuture::join);
    index.close();
    assertThat(dictionary.size()).isZero();
  }

  /** Each kind alone for a while, so that the terms of the others are let go of. */
  private static void write(LexicalIndex index, SplittableRandom random, int step) {
    int kind = (step / 500 + random.nextInt(2)) % KINDS;
    boolean growing = step / 3_000 % 2 == 0;
    int slot = random.nextInt(random.nextInt(4) == 0 ? KEPT_SLOTS : SLOTS);
    if (slot < KEPT_SLOTS || random.nextInt(4) < (growing ? 3 : 1)) {
      index.put(slot, document(kind));
    } else {
      index.remove(slot);
    }
  }

  private Set<Float> wholeScores() {
    Set<Float> scores = new HashSet<>();
    for (int kind = 0; kind < KINDS; kind++) {
      try (LexicalIndex alone = new LexicalIndex(new TermDictionary())) {
        alone.put(0, document(kind));
        scores.add(alone.score(query, 0));
      }
    }
    assertThat(scores).hasSize(KINDS);
    return scores;
  }

  private void search(LexicalIndex index, Set<Float> whole, SplittableRandom random) {
    for (int i = 0; i < SEARCHES; i++) {
      try (LexicalSearch search = index.search(query)) {
        LexicalHits hits = search.best(SLOTS, slot -> true);
        BitSet slots = new BitSet();
        for (int hit = 0; hit < hits.count(); hit++) {
          require(whole.contains(hits.score(hit)), "a hit seen in part", hits.slot(hit));
          require(!slots.get(hits.slot(hit)), "a hit twice", hits.slot(hit));
          slots.set(hits.slot(hit));
        }
        int unseen = slots.nextClearBit(0);
        require(unseen >= KEPT_SLOTS, "not seen though there all the time", unseen);
        int slot = random.nextInt(SLOTS);
        float score = search.score(slot);
        require(whole.contains(score) || score == 0 && slot >= KEPT_SLOTS, "scored in part", slot);
      }
      long documents = index.statistics(TERMS).documents();
      require(documents >= KEPT_SLOTS && documents <= SLOTS, "documents counted", documents);
    }
  }

  /** Cheaper than an assertion: readers are to spend their time in the index. */
  private static void require(boolean holds, String what, long value) {
    if (!holds) {
      throw new AssertionError(what + ": " + value);
    }
  }
}
