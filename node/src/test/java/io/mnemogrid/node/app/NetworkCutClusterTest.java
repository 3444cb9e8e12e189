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
import io.mnemogrid.node.access.SecretHash;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A network that is cut between members: who goes on, who does not, and what stands afterwards. */
class NetworkCutClusterTest {
  private static final int SHARDS = 32;
  private static final int MEMORIES = 40;
  private static final String REGISTRY_PARTITION_KEY = "mnemogrid:registry";

  @Test
  void theSmallerSideRefusesAllAndTheOtherGoesOn() {
    long seed = 14;
    SplittableRandom random = new SplittableRandom(seed);
    try (CuttableGrid cluster = CuttableGrid.of(5)) {
      Namespace namespace = namespace(cluster.grid(0), "split", SHARDS);
      Set<Integer> side = Set.of(1, 3);
      cluster.cutOff(side);
      cluster.awaitSeen(side, 2);
      cluster.awaitSeen(cluster.others(side), 3);
      side.forEach(member -> assertIsCutOff(cluster.grid(member), namespace, seed));
      for (int i = 0; i < MEMORIES; i++) {
        String id = "m" + i;
        Grid grid = cluster.grid(List.of(0, 2, 4).get(i % 3));
        float[] vector = vector(random);
        await()
            .atMost(CuttableGrid.LONGEST_WAIT)
            .ignoreExceptions()
            .until(() -> store(grid, namespace, write(id, "content", vector)).id().equals(id));
      }
      cluster.mend();
      cluster.awaitWhole();
      for (int member = 0; member < 5; member++) {
        for (int i = 0; i < MEMORIES; i++) {
          assertThat(join(cluster.grid(member).memories().get(namespace, "m" + i)))
              .as("m%d at member %d, seed %d", i, member, seed)
              .isPresent();
        }
        assertThat(join(cluster.grid(member).memories().get(namespace, "late"))).isEmpty();
      }
    }
  }

  @Test
  void twoHalvesRefuseAllUntilTheyAreOneAgain() {
    long seed = 13;
    try (CuttableGrid cluster = CuttableGrid.of(4)) {
      Namespace namespace = namespace(cluster.grid(0), "split", SHARDS);
      Set<Integer> side = Set.of(0, 2);
      cluster.cutOff(side);
      cluster.awaitSeen(side, 2);
      cluster.awaitSeen(cluster.others(side), 2);
      for (int member = 0; member < 4; member++) {
        assertIsCutOff(cluster.grid(member), namespace, seed);
      }
      cluster.mend();
      cluster.awaitWhole();
      float[] vector = vector(new SplittableRandom(seed));
      assertThat(store(cluster.grid(1), namespace, write("after", "content", vector)).id())
          .isEqualTo("after");
    }
  }

  private static void assertIsCutOff(Grid grid, Namespace namespace, long seed) {
    await().atMost(CuttableGrid.LONGEST_WAIT).until(() -> !grid.isServing());
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

  @Test
  void anAuthorityThatIsCutOffDoesNotAcceptAKeyOnceItsRevokeIsDoneElsewhere() {
    try (CuttableGrid cluster = CuttableGrid.of(3)) {
      assertThat(join(cluster.grid(0).keys().add(key("revoked")))).isTrue();
      int authority = ownerOf(cluster, registryPartition(cluster));
      Grid cutOff = cluster.grid(authority);
      Grid other = cluster.grid((authority + 1) % 3);
      cluster.cutOff(Set.of(authority));
      await()
          .atMost(CuttableGrid.LONGEST_WAIT)
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
    return new ApiKey(
        id,
        "name of " + id,
        false,
        grants("team-*"),
        null,
        SecretHash.of("secret", new SecureRandom()),
        1_700_000_000,
        null,
        true,
        1);
  }
}
