package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.namespace;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.vector;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.config.DataConfig.Fsync;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.log.LogFloor;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.testing.PatientWaits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster whose members all stop, within any operation on their disks, and start again. */
class ColdStartClusterTest {
  private static final int ROUNDS = 2;

  private final AnsweredChanges answered = new AnsweredChanges();

  private static List<Integer> running(DurableGrid cluster, int size) {
    return IntStream.range(0, size).filter(cluster::isRunning).boxed().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 1)
  void aMemberAloneHasAllThatWasAnsweredHoweverItStops(long seed) throws IOException {
    stopAndStart(1, seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 3)
  void aClusterHasAllThatWasAnsweredHoweverItsMembersStop(long seed) throws IOException {
    stopAndStart(3, seed);
  }

  private void stopAndStart(int size, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int[] all = size == 1 ? new int[] {0} : new int[] {0, 1, 2};
    try (DurableGrid cluster = new DurableGrid(size, Fsync.COMMIT, random)) {
      cluster.start(all);
      Namespace namespace = namespace(cluster.grid(0), "cold", 8);
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 150; i++) {
          answered.change(cluster.grid(random.nextInt(size)), namespace, random);
        }
        for (int member : all) {
          cluster.disk(member).stopAfter(random.nextInt(400));
        }
        // One member after the other finds its disk gone, and leaves; the last answers no write.
        List<Integer> running = running(cluster, size);
        for (int i = 0; i < 150 && running.size() >= Math.min(2, size); i++) {
          answered.change(cluster.grid(running.getFirst()), namespace, random);
          running = running(cluster, size);
        }
        cluster.kill(all);
        if (random.nextBoolean()) {
          for (int member : all) {
            cluster.disk(member).losePower();
          }
        }
        cluster.start(all);
        answered.compare(cluster.grid(random.nextInt(size)), namespace, seed);
      }
    }
  }

  @Test
  void aMemberWhoseDiskIsFullSaysSoAndLeavesAndTheOthersGoOn() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    try (DurableGrid cluster = new DurableGrid(3, Fsync.GROUP, random)) {
      cluster.start(0, 1, 2);
      Namespace namespace = namespace(cluster.grid(0), "full", 8);
      Grid full = cluster.grid(1);
      cluster.disk(1).leave(20_000);
      answered.changeUntil(() -> !cluster.isRunning(1), cluster.grid(0), namespace, random);
      assertThat(full.troubles())
          .singleElement()
          .asString()
          .contains("out of service", "No space left on device");
      int enough = answered.size() + 50;
      answered.changeUntil(() -> answered.size() > enough, cluster.grid(0), namespace, random);
      answered.compare(cluster.grid(2), namespace, 5);
    }
  }

  @Test
  void aMemberThatComesToAClusterThatLivesBringsNothingBack() throws IOException {
    SplittableRandom random = new SplittableRandom(6);
    try (DurableGrid cluster = new DurableGrid(3, Fsync.OS, random)) {
      cluster.start(0, 1, 2);
      Namespace namespace = namespace(cluster.grid(0), "late", 8);
      for (int i = 0; i < 100; i++) {
        store(cluster.grid(0), namespace, write("m" + i, "content", vector(random)));
      }
      cluster.kill(2);
      await()
          .ignoreExceptions()
          .until(() -> {
            for (int i = 0; i < 100; i++) {
              join(cluster.grid(0).memories().forget(namespace, List.of("m" + i)));
            }
            return true;
          });
      cluster.disk(2).holdNewFiles(path -> path.toString().contains("wal"));
      cluster.launch(2);
      await().until(() -> isSomethingAside(cluster.disk(2)));
      cluster.disk(2).holdNewFiles(path -> false);
      cluster.grid(2).whenServing(PatientWaits.HANG).toCompletableFuture().join();
      await().until(() -> !isSomethingAside(cluster.disk(2))); // nobody needs that any more
      assertThat(join(cluster.grid(2).memories().count(namespace))).isZero();
    }
  }

  private static boolean isSomethingAside(SimulatedDisk disk) {
    return !disk.paths(path -> path.toString().contains("aside-")).isEmpty();
  }

  /** Whoever waits until none is said to be missing may lose a disk. */
  @Test
  void whatIsNotMissingAnyMoreOutlivesALostDisk() throws IOException {
    SplittableRandom random = new SplittableRandom(15);
    try (DurableGrid cluster = new DurableGrid(3, Fsync.OS, random)) {
      cluster.start(0, 1, 2);
      Namespace namespace = namespace(cluster.grid(0), "copies", 31);
      for (int i = 0; i < 300; i++) {
        answered.change(cluster.grid(0), namespace, random);
      }
      cluster.kill(0, 1, 2);
      cluster.start(0, 1);
      await()
          .until(() ->
              cluster.grid(0).replicasMissing() == 0 && cluster.grid(1).replicasMissing() == 0);
      cluster.kill(0, 1);
      // The third has not been there since; the second comes back with nothing.
      for (int lost : new int[] {1, 2}) {
        cluster.disk(lost).paths(path -> true).forEach(cluster.disk(lost)::remove);
      }
      cluster.acceptLoss(true); // nobody else can know that nothing is lost
      cluster.start(0, 1, 2);
      answered.compare(cluster.grid(0), namespace, 15);
    }
  }

  /** They could be a new cluster, but for the third, which may come late. */
  @Test
  void twoWhoseDisksAreGoneDoNotBeginAnewWithoutTheThird() throws IOException {
    SplittableRandom random = new SplittableRandom(17);
    try (DurableGrid cluster = new DurableGrid(3, Fsync.OS, random)) {
      cluster.start(0, 1, 2);
      Namespace namespace = namespace(cluster.grid(0), "blank", 31);
      answered.changeUntil(() -> answered.size() > 100, cluster.grid(0), namespace, random);
      cluster.kill(0, 1, 2);
      for (int lost : new int[] {0, 1}) {
        cluster.disk(lost).paths(path -> true).forEach(cluster.disk(lost)::remove);
        cluster.launch(lost);
      }
      awaitTrouble(cluster.grid(0), "a new cluster begins when all are here");
      cluster.launch(2);
      awaitTrouble(cluster.grid(0), "data.acceptLoss: true starts with what is left");
      cluster.kill(0, 1, 2);
      cluster.acceptLoss(true);
      cluster.start(0, 1, 2);
      assertThat(join(cluster.grid(0).memories().count(namespace))).isPositive();
    }
  }

  @Test
  void aDiskOfAnotherClusterIsToldApartAndTakesNothingFromThisOne() throws IOException {
    SplittableRandom random = new SplittableRandom(18);
    try (DurableGrid cluster = new DurableGrid(3, Fsync.OS, random);
        DurableGrid other = new DurableGrid(3, Fsync.OS, random)) {
      other.start(0, 1, 2);
      namespace(other.grid(0), "foreign", 31);
      other.kill(0, 1, 2);
      other.start(0, 1, 2); // so that what is in its files is newer
      other.kill(0, 1, 2);
      cluster.start(0, 1, 2);
      Namespace namespace = namespace(cluster.grid(0), "own", 31);
      answered.changeUntil(() -> answered.size() > 100, cluster.grid(0), namespace, random);
      cluster.kill(0, 1, 2);
      SimulatedDisk own = cluster.putDisk(1, other.disk(1));
      for (int member : new int[] {0, 1, 2}) {
        cluster.launch(member);
      }
      awaitTrouble(cluster.grid(0), "of several clusters");
      cluster.kill(0, 1, 2);
      cluster.putDisk(1, own);
      cluster.start(0, 1, 2);
      answered.compare(cluster.grid(1), namespace, 18);
    }
  }

  private static void awaitTrouble(Grid grid, String what) {
    await().until(() -> grid.troubles().stream().anyMatch(why -> why.contains(what)));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {7, 9})
  void whatIsDamagedIsReportedAndNeverPassedOver(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (DurableGrid cluster = new DurableGrid(1, Fsync.OS, random)) {
      cluster.start(0);
      Namespace namespace = namespace(cluster.grid(0), "rot", 8);
      for (int i = 0; i < 400; i++) {
        answered.change(cluster.grid(0), namespace, random);
      }
      cluster.kill(0);
      List<Path> files =
          cluster
              .disk(0)
              .paths(path -> path.toString().contains("current") && !path.endsWith("newest"));
      Path file = files.get(random.nextInt(files.size()));
      int size = cluster.disk(0).contentOf(file).length;
      if (random.nextInt(4) == 0) {
        cluster.disk(0).truncate(file, random.nextInt(size));
      } else {
        cluster.disk(0).flip(file, random.nextLong((long) size * Byte.SIZE));
      }
      cluster.launch(0);
      Grid grid = cluster.grid(0);
      await()
          .until(() ->
              grid.isServing()
                  || grid.troubles().stream().anyMatch(why -> why.contains("data.acceptLoss")));
      if (!grid.isServing()) {
        assertThat(grid.troubles().getFirst()).contains(file.getFileName().toString());
        cluster.kill(0);
        cluster.acceptLoss(true);
        cluster.start(0);
        cluster.kill(0);
        cluster.acceptLoss(false);
        cluster.start(0);
      } else {
        answered.compare(grid, namespace, seed);
      }
    }
  }

  @Test
  void aCheckpointThatIsGoneIsReportedWhereTheLogIsWithoutWhatItHeld() throws IOException {
    SplittableRandom random = new SplittableRandom(16);
    try (DurableGrid cluster = new DurableGrid(2, Fsync.OS, random)) {
      cluster.start(0, 1);
      Namespace namespace = namespace(cluster.grid(0), "gone", 8);
      Path log = Path.of("data/current/wal");
      await()
          .until(() -> {
            for (int i = 0; i < 50; i++) {
              answered.change(cluster.grid(0), namespace, random);
            }
            return !LogFloor.read(cluster.disk(0), log).checkpointed().isEmpty();
          });
      await().until(() -> replicasMissing(cluster) == 0);
      cluster.kill(0, 1);
      for (int partition : LogFloor.read(cluster.disk(0), log).checkpointed().keySet()) {
        Path folder = Path.of("data/current/parts/" + partition);
        cluster.disk(0).paths(path -> path.startsWith(folder)).forEach(cluster.disk(0)::remove);
      }
      cluster.start(0, 1);
      answered.compare(cluster.grid(0), namespace, 16);
      await().until(() -> replicasMissing(cluster) == 0);
      cluster.kill(0, 1);

      int lost =
          LogFloor.read(cluster.disk(1), log).checkpointed().keySet().stream()
              .findFirst()
              .orElseThrow();
      Path folder = Path.of("data/current/parts/" + lost);
      cluster.disk(0).paths(path -> true).forEach(cluster.disk(0)::remove);
      cluster.disk(1).paths(path -> path.startsWith(folder)).forEach(cluster.disk(1)::remove);
      cluster.launch(0);
      cluster.launch(1);
      await()
          .until(() ->
              Stream.of(cluster.grid(0), cluster.grid(1))
                  .flatMap(grid -> grid.troubles().stream())
                  .anyMatch(
                      why -> why.contains("data.acceptLoss") && why.contains(folder.toString())));
    }
  }

  private static int replicasMissing(DurableGrid cluster) {
    return cluster.grid(0).replicasMissing() + cluster.grid(1).replicasMissing();
  }

  @Test
  void theFolderStaysSmallHoweverOftenTheSameIsStoredAndForgotten() throws IOException {
    SplittableRandom random = new SplittableRandom(13);
    try (DurableGrid cluster = new DurableGrid(1, Fsync.OS, random)) {
      cluster.start(0);
      Namespace namespace = namespace(cluster.grid(0), "loop", 8);
      String content = "x".repeat(2_000);
      for (int loop = 0; loop < 60; loop++) {
        for (int i = 0; i < 50; i++) {
          store(cluster.grid(0), namespace, write("m" + i, content, vector(random)));
        }
        for (int i = 0; i < 50; i++) {
          join(cluster.grid(0).memories().forget(namespace, List.of("m" + i)));
        }
      }
      await()
          .ignoreExceptions() // a file may go while it is looked at
          .untilAsserted(() ->
              // The kept log, a segment that is being written, and checkpoints of tombstones.
              assertThat(bytesOnDisk(cluster)).isLessThan((128 + 3 * 64 + 128) << 10));
      cluster.kill(0);
      cluster.start(0);
      assertThat(join(cluster.grid(0).memories().count(namespace))).isZero();
    }
  }

  @Test
  void aNamespaceThatIsDeletedGivesItsSpaceOnTheDiskBack() throws IOException {
    SplittableRandom random = new SplittableRandom(14);
    try (DurableGrid cluster = new DurableGrid(1, Fsync.OS, random)) {
      cluster.start(0);
      Namespace namespace = namespace(cluster.grid(0), "room", 8);
      String content = "x".repeat(20_000);
      for (int i = 0; i < 100; i++) {
        store(cluster.grid(0), namespace, write("m" + i, content, vector(random)));
      }
      await()
          .ignoreExceptions() // a file may go while it is looked at
          .untilAsserted(() -> assertThat(checkpointedBytes(cluster)).isGreaterThan(100 * 20_000));
      join(cluster.grid(0).namespaces().delete("room"));
      await()
          .ignoreExceptions() // a file may go while it is looked at
          .untilAsserted(() -> assertThat(checkpointedBytes(cluster)).isLessThan(100_000));
    }
  }

  private static long checkpointedBytes(DurableGrid cluster) {
    return bytes(cluster, path -> path.getFileName().toString().startsWith("checkpoint-"));
  }

  private static long bytesOnDisk(DurableGrid cluster) {
    return bytes(cluster, path -> true);
  }

  private static long bytes(DurableGrid cluster, Predicate<Path> those) {
    return cluster.disk(0).paths(those).stream()
        .mapToLong(path -> cluster.disk(0).contentOf(path).length)
        .sum();
  }
}
