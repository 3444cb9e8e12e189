package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.rows.SlotSet;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CensusTest {
  private static final long SEED = 19;
  private static final int SLOTS = 100_000;

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 0.1, 0.01, 0})
  void aSampleOfAPredicateIsSmallAndComesNearItsShare(double share) {
    var random = new SplittableRandom(SEED);
    SlotSet live = live();
    var passing = new BitSet();
    for (int slot = 0; slot < SLOTS; slot++) {
      passing.set(slot, random.nextDouble() < share);
    }
    var asked = new AtomicInteger();
    SlotFilter filter =
        slot -> {
          assertThat(live.contains(slot)).isTrue();
          asked.incrementAndGet();
          return passing.get(slot);
        };
    int estimate = Census.passing(live, null, filter);
    assertThat(asked.get()).isBetween(16, 512);
    assertThat(estimate)
        .as("seed %d", SEED)
        .isBetween((int) (0.5 * share * live.size()), (int) ((2 * share + 0.005) * live.size()));
    assertThat(Census.isRare(live, filter)).isEqualTo(share < 0.05);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 0.1, 0.01})
  void aSetIsCounted(double share) {
    SlotSet live = live();
    var passing = new BitSet();
    passing.set(0, (int) (share * SLOTS));
    int shared = live.countShared(SlotSet.ofWords(passing.toLongArray()));
    assertThat(Census.passing(live, SlotSet.ofWords(passing.toLongArray()), null))
        .isEqualTo(shared);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 64, 1_000})
  void aWalkIsTheNarrowerTheFewerPassAndAsWideAsWantedIfAllDo(int width) {
    int before = width;
    assertThat(Census.narrowed(width, SLOTS, SLOTS)).isEqualTo(width);
    for (int passing = SLOTS; passing > 0; passing /= 2) {
      int narrowed = Census.narrowed(width, passing, SLOTS);
      assertThat(narrowed).isBetween(width / 5, before);
      before = narrowed;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 1_000})
  void fewAreScannedAndManyWalkedThrough(int width) {
    assertThat(Census.scanCost(100, 0)).isLessThan(Census.walkCost(width, 100, SLOTS));
    assertThat(Census.scanCost(SLOTS / 2, 0))
        .isGreaterThan(Census.walkCost(width, SLOTS / 2, SLOTS));
    assertThat(Census.walkCost(2 * SearchParameters.MOST_HITS, 1, Integer.MAX_VALUE)).isPositive();
  }

  /** Seven of eight slots. */
  private static SlotSet live() {
    var live = new BitSet();
    for (int slot = 0; slot < SLOTS; slot++) {
      live.set(slot, slot % 8 != 3);
    }
    return SlotSet.ofWords(live.toLongArray());
  }
}
