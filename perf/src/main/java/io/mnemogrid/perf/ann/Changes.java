package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.VectorIndex;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Changes of an index, always so many at random, that leave it with the vectors it had. By the
 * calling thread, which is its writer and its maintainer.
 */
final class Changes {
  private final float[][] vectors;
  private final MnemogridIndex built;
  private final VectorIndex index;
  private final int[] slotOfNumber;
  private final int[] numbers;
  private final int many;
  private final SplittableRandom random = new SplittableRandom(VectorSets.SEED);

  /** What is done, in this order. */
  enum Step {
    DELETE,
    /** Maintenance after the deletions. */
    SWEEP,
    INSERT,
    /** Maintenance after the insertions. */
    LINK,
    REPLACE
  }

  /** Changes of {@code many} vectors of an index that holds the whole set. */
  Changes(VectorSet set, MnemogridIndex built, int many) {
    this.vectors = set.base();
    this.built = built;
    this.index = built.index();
    this.many = many;
    this.numbers = new int[set.count()];
    this.slotOfNumber = new int[set.count()];
    Arrays.setAll(numbers, i -> i);
    for (int slot = 0; slot < slotOfNumber.length; slot++) {
      slotOfNumber[built.numberOfSlot()[slot]] = slot;
    }
  }

  /** Does them once. */
  Map<Step, Rate> round() {
    Map<Step, Rate> rates = new LinkedHashMap<>();
    choose();
    rates.put(Step.DELETE, timed(number -> index.delete(slotOfNumber[number])));
    rates.put(Step.SWEEP, Stopwatch.time(many, built::settle));
    rates.put(Step.INSERT, timed(number -> slotOfNumber[number] = index.insert(vectors[number])));
    rates.put(Step.LINK, Stopwatch.time(many, built::settle));
    choose();
    rates.put(
        Step.REPLACE,
        timed(
            number -> slotOfNumber[number] = index.replace(slotOfNumber[number], vectors[number])));
    built.settle();
    return rates;
  }

  /** Brings the chosen to the front of the numbers. */
  private void choose() {
    for (int i = 0; i < many; i++) {
      int other = random.nextInt(i, numbers.length);
      int number = numbers[other];
      numbers[other] = numbers[i];
      numbers[i] = number;
    }
  }

  private Rate timed(IntConsumer change) {
    return Stopwatch.time(many, () -> Arrays.stream(numbers, 0, many).forEach(change));
  }
}
