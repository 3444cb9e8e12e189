package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.namespace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.config.DataConfig.Fsync;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.testing.PatientWaits;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Members with files that are cut off one another, and of whom some start anew meanwhile. */
class SplitFilesClusterTest {
  private static final Duration NOTICED_WITHIN = Duration.ofSeconds(6);

  private final AnsweredChanges answered = new AnsweredChanges();

  /** Three members with what was answered, of which the last is cut off. */
  private Namespace cutOff(CuttableNetwork network, DurableGrid cluster, SplittableRandom random)
      throws IOException {
    cluster.noticeWithin(NOTICED_WITHIN);
    cluster.start(0, 1, 2);
    Namespace namespace = namespace(cluster.grid(0), "cut", 31);
    answered.changeUntil(() -> answered.size() > 200, cluster.grid(0), namespace, random);
    network.cut(Set.of(0, 1), Set.of(2));
    await().until(() -> cluster.grid(0).clusterSize() == 2 && cluster.grid(2).clusterSize() == 1);
    answered.changeUntil(() -> answered.size() > 400, cluster.grid(0), namespace, random);
    return namespace;
  }

  /** It has formed a cluster before, and is the smaller side; the others have not begun yet. */
  @Test
  void aMemberThatWasCutOffDoesNotBringItsOldPlanToThoseThatStartAnew() throws IOException {
    SplittableRandom random = new SplittableRandom(23);
    try (CuttableNetwork network = new CuttableNetwork(3);
        DurableGrid cluster = new DurableGrid(3, Fsync.OS, random, network)) {
      Namespace namespace = cutOff(network, cluster, random);
      cluster.kill(0, 1);
      for (int member : new int[] {0, 1}) {
        cluster.disk(member).holdNewFiles(path -> path.toString().contains("incarnation"));
        cluster.launch(member);
      }
      await().until(() -> cluster.grid(0).clusterSize() == 2);
      network.mend();
      await().until(() -> !cluster.isRunning(2));
      for (int member : new int[] {0, 1}) {
        cluster.disk(member).holdNewFiles(path -> false);
      }
      cluster.grid(0).whenServing(PatientWaits.HANG).toCompletableFuture().join();
      answered.compare(cluster.grid(0), namespace, 23);
      cluster.kill(2);
      cluster.start(2);
      answered.compare(cluster.grid(2), namespace, 23);
    }
  }

  /** What it answers then is newer than all that the others have on disk. */
  @Test
  void aMemberThatMergesGoesOnAsOneOfTheClusterThatWasFormedWithoutIt() throws IOException {
    SplittableRandom random = new SplittableRandom(24);
    try (CuttableNetwork network = new CuttableNetwork(3);
        DurableGrid cluster = new DurableGrid(3, Fsync.OS, random, network)) {
      Namespace namespace = cutOff(network, cluster, random);
      cluster.kill(0, 1);
      cluster.start(0, 1);
      answered.changeUntil(() -> answered.size() > 600, cluster.grid(0), namespace, random);
      network.mend();
      awaitWhole(cluster);
      answered.changeUntil(() -> answered.size() > 800, cluster.grid(2), namespace, random);
      cluster.kill(0, 1, 2);
      cluster.start(0, 1, 2);
      answered.compare(cluster.grid(1), namespace, 24);
    }
  }

  /** It has lost parts while it was alone, which others had, and is one of them again. */
  @Test
  void aMemberThatWasCutOffAndIsBackIsOneThatOthersCanJoin() throws IOException {
    SplittableRandom random = new SplittableRandom(25);
    try (CuttableNetwork network = new CuttableNetwork(3);
        DurableGrid cluster = new DurableGrid(3, Fsync.OS, random, network)) {
      Namespace namespace = cutOff(network, cluster, random);
      network.mend();
      awaitWhole(cluster);
      for (int member : new int[] {0, 1}) { // the oldest is the one that others join
        cluster.kill(member);
        await().until(() -> cluster.grid(2).clusterSize() == 2);
        cluster.launch(member);
        await().until(() -> !cluster.isRunning(2) || isWhole(cluster));
        assertThat(cluster.isRunning(2)).isTrue();
      }
      answered.compare(cluster.grid(1), namespace, 25);
    }
  }

  private static void awaitWhole(DurableGrid cluster) {
    await().until(() -> isWhole(cluster));
  }

  private static boolean isWhole(DurableGrid cluster) {
    return IntStream.range(0, 3)
        .mapToObj(cluster::grid)
        .allMatch(grid ->
            grid.clusterSize() == 3
                && grid.isServing()
                && !grid.isHealing()
                && grid.replicasMissing() == 0);
  }
}
