package io.mnemogrid.node.lexical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random writes and searches against BM25 over a plain map. */
class LexicalIndexFuzzTest {
  private static final int STEPS = 300;
  private static final int SLOTS_MAX = 700;
  private static final Statistics FOREIGN = new Statistics(1_000, 20_000, new long[] {17});

  private final TermDictionary dictionary = new TermDictionary();
  private final Documents model = new Documents();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anIndexBehavesAsBm25OverAllDocuments(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int postingsAbove = List.of(0, 1, 20, 100, 300, 100_000).get(random.nextInt(6));
    int vocabulary = random.nextInt(5, 3_000);
    LexicalIndex index = new LexicalIndex(dictionary, postingsAbove);
    for (int step = 0; step < STEPS; step++) {
      String when = "seed %d step %d".formatted(seed, step);
      boolean shrinking = step / 60 % 2 == 1;
      for (int i = random.nextInt(20); i >= 0; i--) {
        mutate(random, index, vocabulary, shrinking);
      }
      if (random.nextInt(20) == 0) {
        index = throughItsImage(index, postingsAbove);
      }
      check(when, random, index, vocabulary);
    }
    while (model.size() > 0) {
      int slot = model.anySlot(random);
      model.remove(slot);
      index.remove(slot);
      assertThat(index.documents()).as("seed %d", seed).isEqualTo(model.size());
    }
    assertThat(dictionary.size()).as("seed %d", seed).isZero();
  }

  private void mutate(
      SplittableRandom random, LexicalIndex index, int vocabulary, boolean shrinking) {
    boolean put = model.size() == 0 || random.nextInt(10) < (shrinking ? 3 : 7);
    if (put) {
      int slot = random.nextInt(SLOTS_MAX);
      Map<String, Integer> terms =
          random.nextInt(30) == 0 ? Map.of() : Corpus.terms(random, vocabulary);
      model.put(slot, terms);
      index.put(slot, DocumentTerms.of(terms));
    } else if (random.nextInt(5) == 0) {
      int into = random.nextInt(SLOTS_MAX);
      if (!model.has(into)) {
        int slot = random.nextInt(SLOTS_MAX);
        model.move(slot, into);
        index.move(slot, into);
      }
    } else {
      int slot = random.nextInt(20) == 0 ? random.nextInt(SLOTS_MAX) : model.anySlot(random);
      model.remove(slot);
      index.remove(slot);
    }
  }

  private LexicalIndex throughItsImage(LexicalIndex index, int postingsAbove) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    index.writeTo(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    LexicalIndex read = LexicalIndex.readFrom(in, new LexicalIndex(dictionary, postingsAbove));
    assertThat(in.read()).isEqualTo(-1);
    index.close();
    return read;
  }

  private void check(String when, SplittableRandom random, LexicalIndex index, int vocabulary) {
    assertThat(index.documents()).as(when).isEqualTo(model.size());
    List<String> terms = question(random, vocabulary);
    Statistics own = index.statistics(terms);
    assertThat(own).as(when).usingRecursiveComparison().isEqualTo(model.statistics(terms));
    Bm25 parameters =
        random.nextBoolean()
            ? Bm25.DEFAULT
            : new Bm25(random.nextDouble(3), random.nextInt(3) / 2.0);
    Statistics all = terms.size() == 1 && random.nextBoolean() ? own.plus(FOREIGN) : own;
    LexicalQuery query = new LexicalQuery(terms, all, parameters);
    int k = random.nextInt(4) == 0 ? 1_000_000 : random.nextInt(1, 30);
    int modulus = random.nextInt(3) + 1;
    IntPredicate visible = slot -> slot % modulus == 0;
    SlotOrder ties =
        random.nextBoolean() ? SlotOrder.ASCENDING : (one, other) -> Integer.compare(other, one);
    try (LexicalSearch search = index.search(query)) {
      List<Documents.Scored> best = model.best(query, k, visible, ties);
      assertThat(Documents.of(search.best(k, visible, ties, 0))).as(when).isEqualTo(best);
      float least = best.isEmpty() ? 1 : best.get(random.nextInt(best.size())).score();
      assertThat(Documents.of(search.best(k, visible, ties, least)))
          .as(when)
          .isEqualTo(best.stream().filter(one -> one.score() >= least).toList());
      for (int i = 0; i < 20; i++) {
        int slot = random.nextInt(SLOTS_MAX + 10);
        assertThat(search.score(slot)).as(when).isEqualTo(model.score(query, slot));
      }
    }
    // What is removed keeps its terms no longer than until there is twice as much of it.
    assertThat((long) dictionary.size()).as(when).isGreaterThanOrEqualTo(model.distinctTerms());
  }

  private static List<String> question(SplittableRandom random, int vocabulary) {
    List<String> terms = new ArrayList<>();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      String term = "t" + Corpus.zipf(random, vocabulary + 10);
      if (!terms.contains(term)) {
        terms.add(term);
      }
    }
    return terms;
  }
}
