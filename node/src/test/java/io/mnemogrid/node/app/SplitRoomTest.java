package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.namespace;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.testing.Samples;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A namespace that fits into a node's memory once, but not twice. */
@Tag("compiled")
class SplitRoomTest {
  private static final int DIMENSION = Space.MAX_DIMENSION;
  private static final long INDEX_BYTES = 32L << 20;
  private static final int SPLIT_ABOVE = 3_400;
  private static final int MORE = 50;
  private static final String NAME = "large";

  private final TestGrid cluster = TestGrid.splitting(1, SPLIT_ABOVE, INDEX_BYTES);
  private final SplittableRandom random = new SplittableRandom(20_261_126);

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void whatCannotBeSplitForWantOfRoomIsStillWrittenTo() {
    Space space = Space.first(Namespace.OWN_VECTORS, DIMENSION, 1);
    Namespace namespace = namespace(cluster.grid(0), NAME, space);
    for (int i = 0; i <= SPLIT_ABOVE; i++) {
      storeOne(namespace, i);
    }
    await().until(this::isGivenUp);
    for (int i = 1; i <= MORE; i++) {
      storeOne(namespace, SPLIT_ABOVE + i);
    }
    assertThat(join(cluster.grid(0).memories().count(namespace))).isEqualTo(SPLIT_ABOVE + 1 + MORE);
  }

  /** What was copied first was left. */
  private boolean isGivenUp() {
    Namespace now = cluster.grid(0).namespaces().find(NAME).orElseThrow();
    return now.shards() == 1 && now.newestGeneration() > 1;
  }

  private void storeOne(Namespace namespace, int number) {
    float[] vector = Samples.vector(random, DIMENSION);
    store(cluster.grid(0), namespace, write("m" + number, "content " + number, vector));
  }
}
