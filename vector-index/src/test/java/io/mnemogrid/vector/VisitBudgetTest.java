package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.hnsw.LayerWalk;
import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.RowScores;
import io.mnemogrid.vector.rows.Scope;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a visit budget counts, the same in every tier, and what a search says that it ended. */
class VisitBudgetTest {
  private static final long SEED = 41;
  private static final int DIM = 128;
  private static final int COUNT = 2_000;
  private static final int ALL = 5_000;
  private static final float[][] VECTORS =
      Vectors.clustered(new SplittableRandom(SEED), 2 * COUNT + 50, DIM, 40);
  private static final float[] QUERY = VECTORS[2 * COUNT];

  private final VectorMemory memory = VectorMemory.poisoning(256 << 20);

  @AfterEach
  void allMemoryIsBack() {
    assertThat(memory.usedBytes()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void ofAFilterItCountsWhatPasses(Tier tier) {
    var passing = new BitSet();
    for (int slot = 70; slot < COUNT; slot += COUNT / 4) {
      passing.set(slot);
    }
    try (var index = build(tier, 0);
        var reader = index.openReader()) {
      for (int budget : new int[] {1, 3, 4, 10, 50, 64, COUNT}) {
        for (SlotFilter filter : List.<SlotFilter>of(passing::get, SlotFilter.of(passing))) {
          Hits hits =
              reader.search(
                  QUERY, SearchParameters.of(10).withVisitBudget(budget).withFilter(filter));
          assertThat(hits.count()).as("budget %d", budget).isEqualTo(Math.min(budget, 4));
          assertThat(hits.complete()).as("budget %d", budget).isEqualTo(budget >= 4);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Tier.class,
      names = {"EXACT", "CODES"})
  void aScanScoresAllOfItAndNoMore(Tier tier) {
    SlotFilter half = slot -> slot % 2 == 0;
    try (var index = build(tier, 0);
        var reader = index.openReader()) {
      for (int budget : new int[] {1, 2, 63, 64, 65, 100, 999, 1_000, 1_001, 1_999, 2_000}) {
        var parameters = SearchParameters.of(ALL).withVisitBudget(budget);
        Hits hits = reader.search(QUERY, parameters);
        assertThat(hits.count()).as("budget %d", budget).isEqualTo(budget);
        assertThat(hits.complete()).as("budget %d", budget).isEqualTo(budget == COUNT);
        hits = reader.search(QUERY, parameters.withFilter(half));
        assertThat(hits.count()).as("budget %d", budget).isEqualTo(Math.min(budget, COUNT / 2));
        assertThat(hits.complete()).as("budget %d", budget).isEqualTo(budget >= COUNT / 2);
      }
    }
  }

  @Test
  void aWalkScoresAllOfItAndNoMore() {
    try (var index = build(Tier.GRAPH, 0)) {
      var graph = Objects.requireNonNull(index.tier()).graph();
      Search search = index.beginSearch(QUERY);
      var rows = new RowScores().bind(index.directory(), search.scorer(), search.query());
      var walk = new LayerWalk();
      var best = new BestSlots();
      var scope = new Scope().of(index.live());
      int needed = Integer.MAX_VALUE;
      for (int budget : new int[] {ALL, 0, 1, 2, 20, 100, 200, 300, 301, 302, -1}) {
        int most = budget < 0 ? needed - 1 : budget;
        best.reset(64);
        walk.bind(graph, rows);
        boolean complete = walk.search(graph.entry(), scope, best, most);
        if (budget == ALL) {
          needed = walk.scored();
        }
        assertThat(complete).as("budget %d of %d", most, needed).isEqualTo(most >= needed);
        assertThat(walk.scored()).as("budget %d", most).isEqualTo(Math.min(most, needed));
      }
      walk.forget();
      rows.forget();
      index.endSearch(search);
    }
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void searchesOfManyIndexesShareIt(Tier tier) {
    SlotFilter few = slot -> slot % 500 == 3;
    try (var one = build(tier, 0);
        var other = build(tier, COUNT);
        var a = one.openReader();
        var b = other.openReader()) {
      var all = List.of(new JointSearch.Source(a, null), new JointSearch.Source(b, null));
      var filtered = List.of(new JointSearch.Source(a, few), new JointSearch.Source(b, few));
      var hits = new Hits();
      for (int budget = 1; budget <= 10; budget++) {
        JointSearch.search(filtered, QUERY, SearchParameters.of(10).withVisitBudget(budget), hits);
        assertThat(hits.count()).as("budget %d", budget).isEqualTo(Math.min(budget, 8));
        assertThat(hits.complete()).as("budget %d", budget).isEqualTo(budget >= 8);
      }
      for (int budget : new int[] {1, 100, COUNT, COUNT + 1, 2 * COUNT - 1, 2 * COUNT}) {
        JointSearch.search(all, QUERY, SearchParameters.of(ALL).withVisitBudget(budget), hits);
        assertThat(hits.count()).as("budget %d", budget).isLessThanOrEqualTo(budget);
        if (tier != Tier.GRAPH) {
          assertThat(hits.count()).as("budget %d", budget).isEqualTo(budget);
          assertThat(hits.complete()).as("budget %d", budget).isEqualTo(budget == 2 * COUNT);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void hitsAreThoseOfASearchWithoutItOrMarked(Tier tier) {
    var random = new SplittableRandom(SEED);
    int complete = 0;
    try (var index = build(tier, 0);
        var reader = index.openReader()) {
      for (int i = 0; i < 300; i++) {
        int oneIn = 1 + random.nextInt(4) * random.nextInt(20);
        var passing = new BitSet();
        for (int slot = 0; slot < COUNT; slot++) {
          passing.set(slot, random.nextInt(oneIn) == 0);
        }
        SlotFilter filter =
            switch (random.nextInt(3)) {
              case 0 -> passing::get;
              case 1 -> SlotFilter.of(passing);
              default -> slot -> true;
            };
        float[] query = VECTORS[2 * COUNT + random.nextInt(50)];
        var free = SearchParameters.of(10).withFilter(filter);
        int budget = 1 + random.nextInt(1 + random.nextInt(COUNT));
        Hits want = reader.search(query, free);
        Hits got = reader.search(query, free.withVisitBudget(budget));
        assertThat(want.complete()).isTrue();
        assertThat(got.count()).as("seed %d, search %d", SEED, i).isLessThanOrEqualTo(budget);
        complete += got.complete() ? 1 : 0;
        for (int h = 0; got.complete() && h < want.count(); h++) {
          assertThat(got.slot(h)).as("seed %d, search %d", SEED, i).isEqualTo(want.slot(h));
        }
      }
    }
    assertThat(complete).isBetween(30, 270);
  }

  private VectorIndex build(Tier tier, int from) {
    var options = IndexOptions.of(DIM).withTiers(IndexOptions.Tiers.only(tier));
    var index = new VectorIndex(options, memory);
    for (int i = 0; i < COUNT; i++) {
      assertThat(index.insert(VECTORS[from + i])).isEqualTo(i);
    }
    index.buildGraph(2);
    assertThat(index.pending()).isZero();
    return index;
  }
}
