package io.mnemogrid.node.grid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.VectorMemory;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiriesTest {
  private static final long NOW = 1_000;
  private static final ShardSpec SPEC = ShardSpec.usual(7, 0, 2);

  /** A session that is touched all the time must not take more room each time. */
  @Test
  void timesThatDoNotCountAnyMoreTakeNoRoom() {
    try (VectorMemory memory = new VectorMemory(16L << 20)) {
      PartitionContainer container = Containers.container(memory);
      for (int i = 0; i < 20 * Expiries.LEAST_MANY; i++) {
        container.write(List.of(SPEC), 1, List.of(touched("m" + i % 5, NOW + 100 + i)), 1);
      }
      assertThat(container.expiriesNoted()).isLessThan(2 * Expiries.LEAST_MANY);
      long last = NOW + 100 + 20 * Expiries.LEAST_MANY - 1;
      assertThat(container.expire(1, last - 5, spec -> true, Integer.MAX_VALUE)).isEmpty();
      assertThat(container.expire(1, last, spec -> true, Integer.MAX_VALUE).get(SPEC)).hasSize(5);
      container.clear();
    }
  }

  private static Draft touched(String id, long expiresAt) {
    return Draft.of(Containers.store(id, "content", 0.5f, new float[] {1, 0}, expiresAt));
  }
}
