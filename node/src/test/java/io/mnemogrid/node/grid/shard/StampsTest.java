package io.mnemogrid.node.grid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.model.Stamp;
import io.mnemogrid.vector.VectorMemory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stamps of owners that follow one another, and of which none knows what the last did alone. */
class StampsTest {
  private static final int STEPS = 2_000;
  private static final int REPLICAS = 3;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noStampIsGivenTwiceAndLaterOnesOfWhatIsKnownAreLater(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (VectorMemory memory = VectorMemory.poisoning(1 << 20)) {
      List<PartitionContainer> replicas =
          Stream.generate(() -> Containers.container(memory)).limit(REPLICAS).toList();
      Set<Stamp> given = new HashSet<>();
      Stamp acknowledged = Stamp.NONE;
      int owner = 0;
      int table = 1;
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(8)) {
          case 0 -> { // what was not acknowledged is known to the last owner alone, and is lost
            owner = random.nextInt(REPLICAS);
            table += random.nextInt(1, 3);
            if (random.nextInt(4) == 0) {
              Stamp known = acknowledged;
              replicas.forEach(PartitionContainer::clear);
              replicas.forEach(replica -> replica.noteStamp(known));
            }
          }
          case 1 -> { // the other side of a split brings what it has
            int version = table + random.nextInt(-3, 30);
            Stamp brought =
                new Stamp(1, Math.max(1, version), acknowledged.sequence() + random.nextInt(9));
            if (brought.isAfter(acknowledged) && given.add(brought)) {
              acknowledged = brought;
              replicas.forEach(replica -> replica.noteStamp(brought));
            }
          }
          default -> {
            Stamp stamp = replicas.get(owner).nextStamp(table);
            assertThat(given.add(stamp)).as("seed %d, step %d: %s", seed, step, stamp).isTrue();
            assertThat(stamp.isAfter(acknowledged)).as("seed %d, step %d", seed, step).isTrue();
            if (random.nextBoolean()) {
              acknowledged = stamp;
              replicas.forEach(replica -> replica.noteStamp(stamp));
            }
          }
        }
      }
    }
  }
}
