package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.namespace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.config.DataConfig.Fsync;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.testing.PatientWaits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster that stops while its members are still giving one another what they lack. */
class FormationClusterTest {
  private static final int ROUNDS = 2;

  private final AnsweredChanges answered = new AnsweredChanges();

  /** They were on one of two disks that had the newest writes, and the other is not there now. */
  @Test
  void aMemberWhoseFilesWereSetAsideIsNotTakenForOneThatNeverHadAny() throws IOException {
    SplittableRandom random = new SplittableRandom(16);
    try (DurableGrid cluster = new DurableGrid(3, Fsync.OS, random)) {
      cluster.start(0, 1, 2);
      Namespace namespace = namespace(cluster.grid(0), "aside", 31);
      for (int i = 0; i < 300; i++) {
        answered.change(cluster.grid(0), namespace, random);
      }
      cluster.kill(2);
      answered.changeUntil(() -> answered.size() > 300, cluster.grid(0), namespace, random);
      cluster.kill(1);
      cluster.launch(1);
      await()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> !cluster.disk(1).paths(FormationClusterTest::isOfALivingLog).isEmpty());
      cluster.kill(0, 1);
      cluster.launch(1);
      cluster.launch(2);
      Grid grid = cluster.grid(1);
      await()
          .until(() ->
              grid.isServing()
                  || grid.troubles().stream().anyMatch(why -> why.contains("may have writes")));
      if (!grid.isServing()) {
        cluster.start(0);
      }
      answered.compare(grid, namespace, 16);
    }
  }

  /** Which then makes the first table without it, and tells those that have begun of that. */
  @Test
  void theNextMasterMayHaveHeardNothingWhenTheOneThatFormedTheClusterStops() throws IOException {
    SplittableRandom random = new SplittableRandom(18);
    try (DurableGrid cluster = new DurableGrid(3, Fsync.OS, random)) {
      cluster.start(0, 1, 2);
      Namespace namespace = namespace(cluster.grid(0), "unheard", 31);
      answered.changeUntil(() -> answered.size() > 300, cluster.grid(0), namespace, random);
      await().until(() -> allHaveTheirReplicas(cluster));
      cluster.kill(0, 1, 2);
      cluster.disk(1).holdNewFiles(path -> path.toString().contains("incarnation"));
      for (int member = 0; member < 3; member++) {
        cluster.launch(member);
      }
      cluster.grid(2).whenFormed().toCompletableFuture().join();
      cluster.kill(0);
      cluster.disk(1).holdNewFiles(path -> false);
      cluster.grid(1).whenServing(PatientWaits.HANG).toCompletableFuture().join();
      for (int i = 0; i < 100; i++) {
        answered.change(cluster.grid(1), namespace, random);
      }
      cluster.start(0);
      await().until(() -> allHaveTheirReplicas(cluster));
      cluster.kill(1);
      cluster.grid(2).whenServing(PatientWaits.HANG).toCompletableFuture().join();
      answered.compare(cluster.grid(2), namespace, 18);
    }
  }

  private static boolean allHaveTheirReplicas(DurableGrid cluster) {
    return IntStream.range(0, 3).allMatch(member -> cluster.grid(member).replicasMissing() == 0);
  }

  private static boolean isOfALivingLog(Path path) {
    return path.toString().contains("current") && path.toString().contains("wal");
  }

  @Test
  void theMasterMayStopBeforeTheOthersHaveBegunWithWhatItHasToldThem() throws IOException {
    SplittableRandom random = new SplittableRandom(19);
    try (DurableGrid cluster = new DurableGrid(3, Fsync.OS, random)) {
      cluster.start(0, 1, 2);
      Namespace namespace = namespace(cluster.grid(0), "master", 31);
      answered.changeUntil(() -> answered.size() > 300, cluster.grid(0), namespace, random);
      cluster.kill(0, 1, 2);
      cluster.launch(0);
      for (int other : new int[] {1, 2}) {
        cluster.launch(other);
        cluster.disk(other).holdNewFiles(FormationClusterTest::isOfALivingLog);
      }
      cluster.grid(0).whenFormed().toCompletableFuture().join();
      cluster.kill(0);
      for (int other : new int[] {1, 2}) {
        cluster.disk(other).holdNewFiles(path -> false);
      }
      cluster.grid(1).whenServing(PatientWaits.HANG).toCompletableFuture().join();
      answered.compare(cluster.grid(1), namespace, 19);
    }
  }

  /** It may be the master; the others have all that was answered, and go on with it. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 17)
  void whoeverStopsWhileTheClusterIsFormedTakesNothingWithIt(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (DurableGrid cluster = new DurableGrid(3, Fsync.OS, random)) {
      cluster.start(0, 1, 2);
      Namespace namespace = namespace(cluster.grid(0), "formed", 31);
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 150; i++) {
          answered.change(cluster.grid(random.nextInt(3)), namespace, random);
        }
        await().until(() -> allHaveTheirReplicas(cluster));
        cluster.kill(0, 1, 2);
        int stops = random.nextInt(3);
        cluster.disk(stops).stopAfter(1 + random.nextInt(60));
        for (int member = 0; member < 3; member++) {
          cluster.launch(member);
        }
        int other = (stops + 1) % 3;
        await().until(() -> cluster.disk(stops).isStopped() || cluster.grid(other).isServing());
        cluster.kill(stops);
        cluster.start(stops);
        cluster.grid(other).whenServing(PatientWaits.HANG).toCompletableFuture().join();
        answered.compare(cluster.grid(other), namespace, seed);
        assertThat(answered.size()).isPositive();
      }
    }
  }
}
