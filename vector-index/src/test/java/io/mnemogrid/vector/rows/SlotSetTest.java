package io.mnemogrid.vector.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotSetTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void behavesAsABitSetAndNeverChanges(long seed) {
    var random = new SplittableRandom(seed);
    int universe = random.nextInt(1, 20_000);
    var model = new BitSet();
    SlotSet set = SlotSet.EMPTY;
    SlotSet earlier = set;
    BitSet earlierModel = new BitSet();
    for (int i = 0; i < 3_000; i++) {
      int slot = random.nextInt(universe);
      boolean add = random.nextInt(3) > 0;
      set = add ? set.with(slot) : set.without(slot);
      model.set(slot, add);
      if (i == 1_000) {
        earlier = set;
        earlierModel = (BitSet) model.clone();
      }
    }
    assertSame(set, model);
    assertSame(earlier, earlierModel);
    assertSame(SlotSet.ofWords(model.toLongArray()), model);
    var shared = (BitSet) model.clone();
    shared.and(earlierModel);
    assertThat(set.countShared(earlier)).isEqualTo(shared.cardinality());
  }

  private static void assertSame(SlotSet set, BitSet model) {
    assertThat(set.size()).isEqualTo(model.cardinality());
    long[] words = new long[set.words()];
    for (int i = 0; i < words.length; i++) {
      words[i] = set.word(i);
    }
    assertThat(BitSet.valueOf(words)).isEqualTo(model);
    assertThat(set.word(set.words() + 100)).isZero();
  }
}
