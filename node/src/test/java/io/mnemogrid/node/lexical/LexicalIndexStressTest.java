package io.mnemogrid.node.lexical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Searches beside a writer that puts, replaces and removes, and takes the index over its thresholds
 * again and again. A document seen in part has a score that no whole document has.
 */
class LexicalIndexStressTest {
  private static final int READERS = 3;
  private static final int STEPS = 60_000;
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
    AtomicBoolean stop = new AtomicBoolean();
    List<CompletableFuture<Long>> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      SplittableRandom own = random.split();
      readers.add(CompletableFuture.supplyAsync(() -> searchUntil(stop, index, whole, own)));
    }
    write(index, random);
    stop.set(true);
    assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isPositive());
    index.close();
    assertThat(dictionary.size()).isZero();
  }

  /** Each kind alone for a while, so that the terms of the others are let go of. */
  private static void write(LexicalIndex index, SplittableRandom random) {
    for (int step = 0; step < STEPS; step++) {
      int slot = random.nextInt(SLOTS);
      int kind = (step / 500 + random.nextInt(2)) % KINDS;
      boolean growing = step / 3_000 % 2 == 0;
      if (slot < KEPT_SLOTS || random.nextInt(4) < (growing ? 3 : 1)) {
        index.put(slot, document(kind));
      } else {
        index.remove(slot);
      }
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

  private long searchUntil(
      AtomicBoolean stop, LexicalIndex index, Set<Float> whole, SplittableRandom random) {
    long searches = 0;
    while (!stop.get() || searches == 0) {
      try (LexicalSearch search = index.search(query)) {
        LexicalHits hits = search.best(SLOTS, slot -> true);
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < hits.count(); i++) {
          assertThat(whole).contains(hits.score(i));
          assertThat(slots.add(hits.slot(i))).as("slot %d once", hits.slot(i)).isTrue();
        }
        for (int slot = 0; slot < KEPT_SLOTS; slot++) {
          assertThat(slots).contains(slot);
        }
        int slot = random.nextInt(SLOTS);
        float score = search.score(slot);
        assertThat(score == 0 && slot >= KEPT_SLOTS || whole.contains(score))
            .as("score %f of slot %d", score, slot)
            .isTrue();
      }
      Statistics statistics = index.statistics(TERMS);
      assertThat(statistics.documents()).isBetween((long) KEPT_SLOTS, (long) SLOTS);
      searches++;
    }
    return searches;
  }
}
