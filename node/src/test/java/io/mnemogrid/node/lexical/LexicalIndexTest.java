package io.mnemogrid.node.lexical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LexicalIndexTest {
  private static final DocumentTerms ZEBRA = document("zebra", "crossing");
  private static final DocumentTerms APPLE = document("apple", "tree");

  private final TermDictionary dictionary = new TermDictionary();
  private final LexicalIndex index = new LexicalIndex(dictionary);

  @Test
  void whatIsPutIsFoundByItsTerms() {
    index.put(7, ZEBRA);
    index.put(3, APPLE);
    assertThat(slots("zebra")).containsExactly(7);
    assertThat(slots("apple", "zebra")).containsExactly(3, 7);
    assertThat(slots("pear")).isEmpty();
    assertThat(slots()).isEmpty();
  }

  @Test
  void whatIsRemovedIsNot() {
    index.put(7, ZEBRA);
    index.remove(7);
    index.remove(7);
    index.remove(1_000);
    assertThat(slots("zebra")).isEmpty();
    assertThat(index.documents()).isZero();
    assertThat(dictionary.size()).isZero();
  }

  @Test
  void aSlotIsUsedAgain() {
    index.put(7, ZEBRA);
    index.put(7, APPLE);
    assertThat(slots("zebra")).isEmpty();
    assertThat(slots("apple")).containsExactly(7);
    assertThat(index.documents()).isEqualTo(1);
    assertThat(dictionary.size()).isEqualTo(APPLE.size());
  }

  @Test
  void aDocumentWithoutTermsIsNone() {
    index.put(7, DocumentTerms.of(Map.of()));
    assertThat(index.documents()).isZero();
    index.put(7, ZEBRA);
    index.put(7, DocumentTerms.of(Map.of()));
    assertThat(index.documents()).isZero();
    assertThat(dictionary.size()).isZero();
  }

  @Test
  void statisticsCountDocumentsTheirLengthsAndThoseWithATerm() {
    index.put(0, DocumentTerms.of(Map.of("zebra", 3, "apple", 1)));
    index.put(1, APPLE);
    Statistics own = index.statistics(List.of("apple", "pear", "zebra"));
    assertThat(own)
        .usingRecursiveComparison()
        .isEqualTo(new Statistics(2, 6, new long[] {2, 0, 1}));
    assertThat(own.plus(own))
        .usingRecursiveComparison()
        .isEqualTo(new Statistics(4, 12, new long[] {4, 0, 2}));
    assertThat(own.plus(Statistics.none(3))).usingRecursiveComparison().isEqualTo(own);
    assertThatThrownBy(() -> own.plus(Statistics.none(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 and of 2 terms");
  }

  @Test
  void aTieIsBrokenByTheLowerSlotUnlessAnotherOrderIsAskedFor() {
    for (int slot = 0; slot < 50; slot++) {
      index.put(slot, ZEBRA);
    }
    assertThat(slots(3, "zebra")).containsExactly(0, 1, 2);
    try (LexicalSearch search = index.search(query("zebra"))) {
      SlotOrder descending = (slot, other) -> Integer.compare(other, slot);
      assertThat(search.best(3, slot -> slot % 2 == 0, descending, 0).slots())
          .containsExactly(48, 46, 44);
    }
  }

  @Test
  void onlyVisibleSlotsAreHits() {
    for (int slot = 0; slot < 50; slot++) {
      index.put(slot, ZEBRA);
    }
    assertThat(index.best(query("zebra"), 2, slot -> slot > 40).slots()).containsExactly(41, 42);
    assertThat(index.best(query("zebra"), 2, slot -> false).count()).isZero();
  }

  @Test
  void aSearchKnowsTermsThatComeWhileItIsOpen() {
    for (int postingsAbove : new int[] {0, 1_000}) {
      LexicalIndex small = new LexicalIndex(dictionary, postingsAbove);
      small.put(0, APPLE);
      LexicalQuery query = query("apple", "zebra");
      try (LexicalSearch search = small.search(query)) {
        small.put(1, document("zebra", "apple"));
        assertThat(search.score(1)).isEqualTo(small.score(query, 1)).isPositive();
        small.put(0, document("zebra", "apple"));
        assertThat(search.score(0)).isEqualTo(search.score(1));
      }
      small.close();
      assertThat(dictionary.size()).isZero();
    }
  }

  @Test
  void anOpenSearchHoldsItsTermsUntilItIsClosed() {
    LexicalSearch search = index.search(query("zebra", "apple"));
    assertThat(dictionary.size()).isEqualTo(2);
    search.close();
    search.close();
    assertThat(dictionary.size()).isZero();
    assertThatThrownBy(() -> search.best(1, slot -> true))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> search.score(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aClosedIndexRefusesEverything() {
    index.put(7, ZEBRA);
    LexicalSearch underWay = index.search(query("zebra"));
    index.close();
    index.close();
    assertThat(underWay.best(1, slot -> true).slots()).containsExactly(7);
    underWay.close();
    assertThat(dictionary.size()).isZero();
    assertThatThrownBy(() -> index.put(7, ZEBRA)).isInstanceOf(LexicalIndexClosedException.class);
    assertThatThrownBy(() -> index.remove(7)).isInstanceOf(LexicalIndexClosedException.class);
    assertThatThrownBy(() -> index.search(query("zebra")))
        .isInstanceOf(LexicalIndexClosedException.class);
    assertThatThrownBy(() -> index.statistics(List.of("zebra")))
        .isInstanceOf(LexicalIndexClosedException.class);
    var out = new DataOutputStream(new ByteArrayOutputStream());
    assertThatThrownBy(() -> index.writeTo(out)).isInstanceOf(LexicalIndexClosedException.class);
    assertThat(dictionary.size()).isZero();
  }

  @Test
  void theFormFollowsTheNumberOfDocuments() {
    LexicalIndex growing = new LexicalIndex(dictionary, 1_000);
    assertThat(growing.store()).isNull();
    assertThat(growing.store()).isNull();
    int count = 0;
    while (count <= 1_000) {
      growing.put(count++, ZEBRA);
      assertThat(growing.store()).isInstanceOf(ScanStore.class);
    }
    while (!(growing.store() instanceof PostingStore)) { // a little with each write
      assertThat(count).isLessThan(1_100);
      growing.put(count++, ZEBRA);
    }
    while (count > 500) {
      assertThat(growing.store()).isInstanceOf(PostingStore.class);
      growing.remove(--count);
    }
    while (!(growing.store() instanceof ScanStore)) {
      assertThat(count).isGreaterThan(400);
      growing.remove(--count);
    }
    assertThat(growing.documents()).isEqualTo(count);
    while (count > 0) {
      growing.remove(--count);
    }
    assertThat(growing.store()).isNull();
    assertThat(dictionary.size()).isZero();
  }

  @Test
  void whatWasRemovedIsClearedAway() {
    LexicalIndex postings = new LexicalIndex(dictionary, 100);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 40_000; i++) {
      postings.put(random.nextInt(300), document("t" + i, "u" + i));
    }
    // The terms of 300 documents, and of what may have been removed since they were last cleared.
    assertThat(dictionary.size()).isLessThan(2 * 300 * 3);
    assertThat(postings.documents()).isEqualTo(300);
    postings.close();
    assertThat(dictionary.size()).isZero();
  }

  @Test
  void indexesShareTheirTerms() {
    LexicalIndex other = new LexicalIndex(dictionary);
    index.put(0, ZEBRA);
    other.put(0, ZEBRA);
    assertThat(dictionary.size()).isEqualTo(ZEBRA.size());
    index.close();
    assertThat(dictionary.size()).isEqualTo(ZEBRA.size());
    other.close();
    assertThat(dictionary.size()).isZero();
  }

  @Test
  void aDocumentOfTheLargestSizeIsFound() {
    Map<String, Integer> terms = new LinkedHashMap<>();
    IntStream.range(0, DocumentTerms.LENGTH_MAX).forEach(i -> terms.put("t" + i, 1));
    for (int postingsAbove : new int[] {0, 1_000}) {
      try (LexicalIndex large = new LexicalIndex(dictionary, postingsAbove)) {
        large.put(0, DocumentTerms.of(terms));
        large.put(1, DocumentTerms.of(Map.of("t65535", DocumentTerms.LENGTH_MAX)));
        LexicalQuery query =
            new LexicalQuery(List.of("t65535"), large.statistics(List.of("t65535")), Bm25.DEFAULT);
        assertThat(large.best(query, 5, slot -> true).slots()).containsExactly(1, 0);
      }
    }
    terms.put("one more", 1);
    assertThatThrownBy(() -> DocumentTerms.of(terms))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65,536");
  }

  @Test
  void moreTermsThanAQueryHasAreRefused() {
    List<String> most = IntStream.range(0, LexicalQuery.TERMS_MAX).mapToObj(i -> "t" + i).toList();
    index.put(0, document("t255"));
    LexicalQuery query = new LexicalQuery(most, index.statistics(most), Bm25.DEFAULT);
    assertThat(index.best(query, 1, slot -> true).count()).isEqualTo(1);
    List<String> more = new ArrayList<>(most);
    more.add("one more");
    assertThatThrownBy(() -> new LexicalQuery(more, Statistics.none(257), Bm25.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 256");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> index.put(-1, ZEBRA)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> index.best(query("zebra"), 0, slot -> true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> query("zebra", "zebra")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LexicalQuery(List.of("a"), Statistics.none(2), Bm25.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DocumentTerms.of(Map.of("a", 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DocumentTerms.of(Map.of("", 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DocumentTerms.of(Map.of("a".repeat(129), 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bm25(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bm25(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bm25(1, 1.1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(index.documents()).isZero();
    assertThat(dictionary.size()).isZero();
  }

  private static DocumentTerms document(String... terms) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Arrays.stream(terms).forEach(term -> counts.merge(term, 1, Integer::sum));
    return DocumentTerms.of(counts);
  }

  private LexicalQuery query(String... terms) {
    List<String> all = List.of(terms);
    return new LexicalQuery(all, Statistics.none(all.size()), Bm25.DEFAULT);
  }

  private int[] slots(String... terms) {
    return slots(100, terms);
  }

  private int[] slots(int k, String... terms) {
    return index.best(query(terms), k, slot -> true).slots();
  }
}
