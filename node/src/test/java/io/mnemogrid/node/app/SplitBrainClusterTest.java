package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.namespace;
import static io.mnemogrid.node.app.TestMemories.recall;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.vector;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.testing.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that are cut between members: who goes on, who does not, and what stands afterwards. */
@Execution(ExecutionMode.CONCURRENT)
class SplitBrainClusterTest {
  private static final int SHARDS = 32;
  private static final String REGISTRY_PARTITION_KEY = "mnemogrid:registry";

  @ParameterizedTest(name = "{0} members, {1} of them cut off, seed {2}")
  @CsvSource({"3, 1, 11", "4, 1, 12", "4, 2, 13", "5, 2, 14"})
  void whatWasAcknowledgedStandsAfterASplitUnderLoad(int members, int cutOff, long seed)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (CuttableGrid cluster = CuttableGrid.of(members)) {
      Namespace namespace = namespace(cluster.grid(0), "split", SHARDS);
      List<SplitWriter> writers = new ArrayList<>();
      for (int member = 0; member < members; member++) {
        writers.add(new SplitWriter(cluster.grid(member), namespace, member, random.split()));
      }
      writers.forEach(SplitWriter::start);
      await().until(() -> writers.stream().allMatch(writer -> writer.acknowledged() > 50));

      Set<Integer> side = drawn(random, members, cutOff);
      cluster.cutOff(side);
      boolean othersGoOn = (members - cutOff) * 2 > members;
      cluster.awaitSeen(side, cutOff);
      cluster.awaitSeen(cluster.others(side), members - cutOff);
      for (int member : side) {
        assertIsCutOff(cluster.grid(member), namespace, seed);
      }
      for (int member : cluster.others(side)) {
        if (othersGoOn) {
          long before = writers.get(member).acknowledged();
          await().until(() -> writers.get(member).acknowledged() > before + 50);
        } else {
          assertIsCutOff(cluster.grid(member), namespace, seed);
        }
      }

      cluster.mend();
      cluster.awaitWhole();
      for (SplitWriter writer : writers) {
        long before = writer.acknowledged();
        await().until(() -> writer.acknowledged() > before + 20);
      }
      for (SplitWriter writer : writers) {
        writer.stop();
      }
      for (SplitWriter writer : writers) {
        writer.assertAcknowledgedStands(cluster.grid(random.nextInt(members)), "seed " + seed);
      }
      cluster.awaitReplicasAlike();
    }
  }

  private static Set<Integer> drawn(SplittableRandom random, int members, int count) {
    return random.ints(0, members).distinct().limit(count).boxed().collect(Collectors.toSet());
  }

  private static void assertIsCutOff(Grid grid, Namespace namespace, long seed) {
    await().until(() -> !grid.isServing());
    float[] vector = vector(new SplittableRandom(seed));
    assertThatThrownBy(() -> store(grid, namespace, write("late", "content", vector)))
        .as("seed %d", seed)
        .hasCauseInstanceOf(Refusal.Unavailable.class)
        .hasMessageContaining("cluster.members");
    assertThatThrownBy(() -> namespace(grid, "late", 1))
        .isInstanceOfAny(CompletionException.class, Refusal.Unavailable.class);
    assertThatThrownBy(() -> grid.namespaces().find("split"))
        .isInstanceOf(Refusal.Unavailable.class);
    assertThatThrownBy(() -> grid.keys().find("any")).isInstanceOf(Refusal.Unavailable.class);
    assertThatThrownBy(() -> join(grid.memories().get(namespace, "late")))
        .hasCauseInstanceOf(Refusal.Unavailable.class);
    assertThat(recall(grid, namespace, vector, 5).complete()).as("seed %d", seed).isFalse();
  }

  /** Both still reach the oldest, which decides who is a member. */
  @Test
  void ofTwoThatDoNotReachOneAnotherOneGivesWayAndTheOthersGoOn() {
    SplittableRandom random = new SplittableRandom(31);
    try (CuttableGrid cluster = CuttableGrid.of(3)) {
      Namespace namespace = namespace(cluster.grid(0), "parted", SHARDS);
      Set<String> acknowledged = new TreeSet<>();
      storeAll(cluster.grid(0), namespace, "before", random, acknowledged);
      assertThat(acknowledged).hasSize(2 * SHARDS);
      cluster.part(1, 2);
      await().until(() -> cluster.grid(0).clusterSize() == 2);
      await()
          .until(() -> {
            int before = acknowledged.size();
            storeAll(cluster.grid(0), namespace, "meanwhile" + before, random, acknowledged);
            return acknowledged.size() == before + 2 * SHARDS;
          });
      cluster.mend();
      cluster.awaitWhole();
      for (int member = 0; member < 3; member++) {
        for (String id : acknowledged) {
          assertThat(join(cluster.grid(member).memories().get(namespace, id))).isPresent();
        }
      }
      cluster.awaitReplicasAlike();
    }
  }

  /** Stores some for each shard, and notes those that were acknowledged. */
  private static void storeAll(
      Grid grid,
      Namespace namespace,
      String name,
      SplittableRandom random,
      Set<String> acknowledged) {
    for (int i = 0; i < 2 * SHARDS; i++) {
      String id = name + "-" + i;
      try {
        store(grid, namespace, write(id, "content", vector(random)));
        acknowledged.add(id);
      } catch (CompletionException e) {
        assertThat(e).hasCauseInstanceOf(Refusal.Unavailable.class);
      } catch (Refusal.Unavailable e) {
        // likewise, at once
      }
    }
  }

  @Test
  void whatBothReplicasOnTheSmallerSideAcknowledgedStands() {
    long seed = 21;
    SplittableRandom random = new SplittableRandom(seed);
    try (CuttableGrid cluster = CuttableGrid.of(5)) {
      Namespace namespace = namespace(cluster.grid(0), "window", SHARDS);
      for (int i = 0; i < 200; i++) {
        store(cluster.grid(0), namespace, write("before" + i, "before", vector(random)));
      }
      Set<Integer> side = cluster.holders(anyPartition(cluster));
      assertThat(side).hasSize(2);
      Grid cutOff = cluster.grid(side.iterator().next());
      cluster.cutOff(side);

      Map<String, CompletableFuture<MemoryGrid.Stored>> stores = new HashMap<>();
      Map<String, CompletableFuture<Integer>> forgets = new HashMap<>();
      for (int i = 0; i < 200; i++) {
        String fresh = "new" + i;
        String old = "before" + i;
        stores.put(fresh, begin(cutOff, namespace, write(fresh, "new", vector(random))));
        if (i % 2 == 0) {
          forgets.put(old, forget(cutOff, namespace, old));
        } else {
          stores.put(old, begin(cutOff, namespace, write(old, "changed", vector(random))));
        }
      }
      List<String> stored = acknowledged(stores);
      List<String> forgotten = acknowledged(forgets);
      assertThat(stored).as("seed %d", seed).isNotEmpty();
      assertThat(forgotten).as("seed %d", seed).isNotEmpty();
      cluster.awaitSeen(side, 2);
      cluster.awaitSeen(cluster.others(side), 3);

      cluster.mend();
      cluster.awaitWhole();
      cluster.awaitReplicasAlike();
      for (int member = 0; member < 5; member++) {
        Grid grid = cluster.grid(member);
        for (int i = 0; i < 200; i++) {
          Optional<Memory> before = join(grid.memories().get(namespace, "before" + i));
          if (forgotten.contains("before" + i)) {
            assertThat(before).as("before%d, seed %d", i, seed).isEmpty();
          } else if (!forgets.containsKey("before" + i)) {
            assertThat(before).as("before%d, seed %d", i, seed).isPresent();
            if (stored.contains("before" + i)) {
              assertThat(before.orElseThrow().content()).isEqualTo("changed");
            }
          }
          if (stored.contains("new" + i)) {
            assertThat(join(grid.memories().get(namespace, "new" + i)))
                .as("new%d, seed %d", i, seed)
                .isPresent();
          }
        }
        assertThat(recall(grid, namespace, vector(random), 5).complete()).isTrue();
      }
    }
  }

  private static int anyPartition(CuttableGrid cluster) {
    return cluster.instance(0).getPartitionService().getPartition("any").getPartitionId();
  }

  private static CompletableFuture<Integer> forget(Grid grid, Namespace namespace, String id) {
    return grid.memories().forget(namespace, List.of(id), Precondition.NONE).toCompletableFuture();
  }

  private static CompletableFuture<MemoryGrid.Stored> begin(
      Grid grid, Namespace namespace, MemoryWrite write) {
    return grid.memories().write(namespace, List.of(write), WriteGuard.NONE).toCompletableFuture();
  }

  private static <T> List<String> acknowledged(Map<String, CompletableFuture<T>> writes) {
    List<String> done = new ArrayList<>();
    writes.forEach((id, write) -> {
      if (write.handle((answer, failure) -> failure == null).join()) {
        done.add(id);
      }
    });
    return done;
  }

  @Test
  void aRevokeOnTheSmallerSideHoldsAfterwardsAndAGrantThereDoesNot() {
    try (CuttableGrid cluster = CuttableGrid.of(5)) {
      ApiKey removed = key("removed");
      ApiKey disabled = key("disabled");
      ApiKey kept = key("kept");
      for (ApiKey key : List.of(removed, disabled, kept)) {
        assertThat(join(cluster.grid(0).keys().add(key))).isTrue();
      }
      Set<Integer> side = cluster.holders(registryPartition(cluster));
      Grid cutOff = cluster.grid(side.iterator().next());
      Grid other = cluster.grid(cluster.others(side).iterator().next());
      cluster.cutOff(side);
      List<CompletionStage<?>> changes =
          List.of(
              cutOff.keys().remove("removed"),
              cutOff.keys().update("disabled", key -> key.withActive(false)),
              cutOff.keys().add(key("granted")),
              cutOff.keys().update("kept", key -> key.with("wider", grants("*"))));
      for (CompletionStage<?> change : changes) {
        assertThatThrownBy(() -> join(change)).hasCauseInstanceOf(Refusal.Unavailable.class);
      }
      cluster.awaitSeen(side, 2);
      cluster.awaitSeen(cluster.others(side), 3);
      await().until(other::isServing);
      assertThat(other.keys().find("granted")).isEmpty();

      cluster.mend();
      cluster.awaitWhole();
      for (int member = 0; member < 5; member++) {
        assertThat(cluster.grid(member).keys().find("removed")).isEmpty();
        assertThat(cluster.grid(member).keys().find("granted")).isEmpty();
        assertThat(cluster.grid(member).keys().find("disabled"))
            .get()
            .extracting(ApiKey::active)
            .isEqualTo(false);
        assertThat(cluster.grid(member).keys().find("kept")).contains(kept);
      }
      assertThat(join(cluster.grid(0).keys().add(key("later")))).isTrue();
    }
  }

  @Test
  void anAuthorityThatIsCutOffDoesNotAcceptAKeyOnceItsRevokeIsDoneElsewhere() {
    try (CuttableGrid cluster = CuttableGrid.of(3)) {
      assertThat(join(cluster.grid(0).keys().add(key("revoked")))).isTrue();
      int authority = ownerOf(cluster, registryPartition(cluster));
      Grid cutOff = cluster.grid(authority);
      Grid other = cluster.grid((authority + 1) % 3);
      cluster.cutOff(Set.of(authority));
      await()
          .ignoreExceptions()
          .until(() -> {
            join(other.keys().remove("revoked"));
            return true;
          });
      assertThat(acceptsKey(cutOff, "revoked")).isFalse();
      cluster.mend();
      cluster.awaitWhole();
      assertThat(cutOff.keys().find("revoked")).isEmpty();
    }
  }

  private static boolean acceptsKey(Grid grid, String id) {
    try {
      return grid.keys().find(id).isPresent();
    } catch (Refusal.Unavailable e) {
      return false;
    }
  }

  private static int registryPartition(CuttableGrid cluster) {
    return cluster
        .instance(0)
        .getPartitionService()
        .getPartition(REGISTRY_PARTITION_KEY)
        .getPartitionId();
  }

  private static int ownerOf(CuttableGrid cluster, int partition) {
    var owner =
        cluster.instance(0).getPartitionService().getPartitions().stream()
            .filter(each -> each.getPartitionId() == partition)
            .findFirst()
            .orElseThrow()
            .getOwner();
    for (int member = 0; member < cluster.size(); member++) {
      if (cluster
          .instance(member)
          .getCluster()
          .getLocalMember()
          .getUuid()
          .equals(owner.getUuid())) {
        return member;
      }
    }
    throw new IllegalStateException("nobody owns partition " + partition);
  }

  private static List<Grant> grants(String pattern) {
    return List.of(new Grant(pattern, Scope.WRITE));
  }

  private static ApiKey key(String id) {
    return Samples.key(id, new Grant("team-*", Scope.WRITE));
  }
}
