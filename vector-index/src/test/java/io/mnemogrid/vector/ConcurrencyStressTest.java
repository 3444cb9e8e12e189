package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A writer, a maintainer and searches at once, on memory that is poisoned when freed. */
class ConcurrencyStressTest {
  private static final int DIM = 16;
  private static final int ROUNDS = 12;
  private static final int SEARCHERS = 3;
  private static final int MOST_SLOTS = 20_000;
  private static final BitSet THIRDS = new BitSet();

  static {
    for (int slot = 0; slot < MOST_SLOTS; slot += 3) {
      THIRDS.set(slot);
    }
  }

  @ParameterizedTest
  @EnumSource
  void searchesSeeWhatIsThereAndNothingFreed(RowFormat format)
      throws InterruptedException, ExecutionException {
    var memory = VectorMemory.poisoning(256 << 20);
    try (var threads = Executors.newCachedThreadPool()) {
      for (int round = 0; round < ROUNDS; round++) {
        var run = new Round(memory, format, round);
        List<Future<Void>> searches = new ArrayList<>();
        for (int i = 0; i < SEARCHERS; i++) {
          long seed = 100L * round + i;
          searches.add(threads.submit(run.until(() -> run.search(new SplittableRandom(seed)))));
        }
        Future<Void> maintenance = threads.submit(run.until(run::maintain));
        run.write();
        for (Future<Void> search : searches) {
          search.get();
        }
        maintenance.get();
        assertThat(memory.usedBytes()).as("round %d", round).isZero();
      }
    }
    memory.close();
  }

  /** One index from its first insert to its close in the midst of searches. */
  private static final class Round {
    private final SplittableRandom random;
    private final float[][] pool;
    private final float[] always;
    private final float tolerance;
    private final VectorIndex index;
    private final AtomicReferenceArray<float[]> records = new AtomicReferenceArray<>(MOST_SLOTS);
    private final List<Integer> slots = new ArrayList<>();
    private final AtomicBoolean alwaysThere = new AtomicBoolean();
    private int alwaysSlot;

    Round(VectorMemory memory, RowFormat format, int seed) {
      random = new SplittableRandom(seed);
      pool = Vectors.clustered(random, 500, DIM, 10);
      always = Vectors.gaussian(random, DIM);
      tolerance = format == RowFormat.INT8 ? 0.03f : 1e-4f;
      var options =
          IndexOptions.of(DIM)
              .withRows(format)
              .withGraph(4, 16)
              .withTiers(new IndexOptions.Tiers(Codes.TWO_BITS, 30, 60));
      index = new VectorIndex(options, memory);
    }

    void write() {
      alwaysSlot = index.insert(always);
      alwaysThere.set(true);
      int steps = random.nextInt(500, 3_000);
      for (int step = 0; step < steps; step++) {
        boolean grow = slots.size() < 50 || (step / 400) % 2 == 0;
        if (random.nextInt(5) == 0) {
          alwaysSlot = index.replace(alwaysSlot, always);
        } else if (random.nextInt(10) < (grow ? 8 : 3)) {
          float[] vector = pool[random.nextInt(pool.length)];
          int slot = index.insert(vector);
          records.set(slot, vector);
          slots.add(slot);
        } else if (!slots.isEmpty()) {
          int at = random.nextInt(slots.size());
          int slot = slots.set(at, slots.getLast());
          slots.removeLast();
          records.set(slot, null);
          index.delete(slot);
        }
        if (step % 50 == 49) {
          compact();
        }
        if (step % 700 == 699) {
          SnapshotTest.imageOf(index, 4_096);
        }
      }
      index.close();
    }

    private void compact() {
      for (int moves = random.nextInt(20); moves > 0; moves--) {
        int highest = index.slotEnd() - 1;
        int lower = index.moveDown(highest);
        if (lower == highest) {
          break;
        }
        if (highest == alwaysSlot) {
          alwaysSlot = lower;
        } else {
          slots.set(slots.indexOf(highest), lower);
          records.set(lower, records.getAndSet(highest, null));
        }
      }
      index.trim();
    }

    Callable<Void> until(Runnable work) {
      return () -> {
        try {
          while (true) {
            work.run();
          }
        } catch (IndexClosedException expected) {
          return null;
        }
      };
    }

    void maintain() {
      index.maintain(7);
      index.openReader().close(); // ends this loop when the index is closed
    }

    void search(SplittableRandom own) {
      boolean mustFind = alwaysThere.get();
      boolean forAlways = own.nextInt(3) == 0;
      float[] query = forAlways ? always : pool[own.nextInt(pool.length)];
      SlotFilter filter =
          switch (own.nextInt(6)) {
            case 0 -> slot -> slot % 3 == 0;
            case 1 -> SlotFilter.of(THIRDS);
            default -> null;
          };
      try (var reader = index.openReader()) {
        // As wide as the index, a walk comes to all there is: no node may ever be cut off.
        int ef = forAlways ? MOST_SLOTS : 200;
        var parameters = SearchParameters.of(10).withEfSearch(ef);
        Hits hits = new Hits();
        if (own.nextInt(4) == 0) {
          var source = new JointSearch.Source(reader, filter);
          JointSearch.search(List.of(source, source), query, parameters, hits);
        } else {
          hits = reader.search(query, parameters.withFilter(filter));
        }
        for (int i = 0; i < hits.count(); i++) {
          assertThat(hits.score(i)).isBetween(-1.1f, 1.1f);
          // The slot is nobody else's while the reader is open: its record is this one, or gone.
          float[] record = records.get(hits.slot(i));
          if (record != null) {
            float want = (float) Vectors.score(Similarity.COSINE, query, record);
            assertThat(Math.abs(hits.score(i) - want)).isLessThan(tolerance);
          }
        }
        if (forAlways && filter == null && mustFind) {
          assertThat(hits.count()).isPositive();
          assertThat(hits.score(0)).isGreaterThan(1 - tolerance);
        }
      }
    }
  }
}
