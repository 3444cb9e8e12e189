package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.namespace;
import static io.mnemogrid.node.app.TestMemories.recall;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.vector;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.model.Namespace;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MemberLossClusterTest {
  @Test
  void nothingAcknowledgedIsMissingAfterMembersAreLostAndJoinUnderLoad() throws Exception {
    try (TestGrid cluster = TestGrid.of(3)) {
      Namespace namespace = namespace(cluster.grid(0), "loss", 16);
      Map<String, float[]> acknowledged = new HashMap<>();
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                SplittableRandom random = new SplittableRandom(1);
                for (int i = 0; !stop.get(); i++) {
                  float[] vector = vector(random);
                  store(cluster.grid(0), namespace, write("m" + i, "content", vector));
                  synchronized (acknowledged) {
                    acknowledged.put("m" + i, vector);
                  }
                  if (i % 10 == 0) {
                    var recalled = recall(cluster.grid(0), namespace, vector, 1);
                    assertThat(recalled.hits())
                        .first()
                        .extracting(hit -> hit.memory().id())
                        .isEqualTo("m" + i);
                  }
                }
              },
              task -> Thread.ofPlatform().start(task));
      for (int round = 0; round < 2; round++) {
        int enough = sizeOf(acknowledged) + 300;
        await().until(() -> sizeOf(acknowledged) > enough);
        cluster.kill(cluster.member(2 - round % 2));
        int more = sizeOf(acknowledged) + 100;
        await().until(() -> sizeOf(acknowledged) > more);
        cluster.join();
        await().until(() -> cluster.member(0).instance().getPartitionService().isClusterSafe());
      }
      cluster.leave(cluster.member(1));
      stop.set(true);
      writer.join();
      assertThat(join(cluster.grid(1).memories().count(namespace)))
          .isGreaterThanOrEqualTo(acknowledged.size());
      for (Map.Entry<String, float[]> each : acknowledged.entrySet()) {
        assertThat(recall(cluster.grid(1), namespace, each.getValue(), 1).hits())
            .first()
            .extracting(hit -> hit.memory().id())
            .isEqualTo(each.getKey());
      }
    }
  }

  @Test
  void whatWasLostWithAllItsReplicasIsNotPassedOverInSilence() {
    try (TestGrid cluster = TestGrid.of(3)) {
      Namespace before = namespace(cluster.grid(0), "before", 64);
      SplittableRandom random = new SplittableRandom(2);
      for (int i = 0; i < 200; i++) {
        store(cluster.grid(0), before, write("m" + i, "content", vector(random)));
      }
      assertThat(recall(cluster.grid(0), before, vector(random), 200).complete()).isTrue();
      cluster.kill(cluster.member(2));
      cluster.kill(cluster.member(1));
      Grid joined = cluster.join().grid();
      var recalled = recall(joined, before, vector(random), 200);
      assertThat(recalled.hits().size()).isLessThan(200);
      assertThat(recalled.complete()).isFalse();
      assertThat(recalled.missing()).isNotEmpty();
    }
  }

  private static int sizeOf(Map<String, float[]> acknowledged) {
    synchronized (acknowledged) {
      return acknowledged.size();
    }
  }
}
