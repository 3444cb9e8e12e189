package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.namespace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.access.Action;
import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.Permit;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.memory.KeyRegistry;
import io.mnemogrid.node.memory.Keys;
import io.mnemogrid.node.memory.NamespaceCatalog;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.testing.Samples;
import io.mnemogrid.node.testing.SteeredNode;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RegistryClusterTest {
  @Test
  void aRevokedKeyIsUnknownToEveryMemberOnceTheRevokeIsDone() {
    try (TestGrid cluster = TestGrid.of(3)) {
      for (int i = 0; i < 200; i++) {
        ApiKey key = key("k" + i);
        assertThat(join(cluster.grid(i % 3).keys().add(key))).isTrue();
        for (int member = 0; member < 3; member++) {
          assertThat(cluster.grid(member).keys().find(key.id())).contains(key);
        }
        join(
            cluster
                .grid((i + 1) % 3)
                .keys()
                .update(key.id(), present -> present.withActive(false)));
        for (int member = 0; member < 3; member++) {
          assertThat(cluster.grid(member).keys().find(key.id()))
              .get()
              .extracting(ApiKey::active)
              .isEqualTo(false);
        }
        assertThat(join(cluster.grid((i + 2) % 3).keys().remove(key.id()))).isTrue();
        for (int member = 0; member < 3; member++) {
          assertThat(cluster.grid(member).keys().find(key.id())).isEmpty();
        }
      }
    }
  }

  /** As who tries again elsewhere, while the first try is still under way. */
  @Test
  void whoIsToldThatAKeyIsGoneOrRevokedAlreadyFindsItSoAtEveryMember() {
    Permit permit = Permit.require(SteeredNode.root(new SecureRandom()), Action.KEYS);
    try (TestGrid cluster = TestGrid.of(3)) {
      for (int i = 0; i < 200; i++) {
        ApiKey key = key("k" + i);
        boolean deletes = i % 2 == 0;
        join(cluster.grid(0).keys().add(key));
        Keys first = keys(cluster.grid(i % 3));
        KeyRegistry second = cluster.grid((i + 1) % 3).keys();
        CompletionStage<?> underWay =
            deletes ? first.delete(permit, key.id()) : first.deactivate(permit, key.id());
        while (second.find(key.id()).filter(ApiKey::active).isPresent()) {
          Thread.onSpinWait();
        }
        Keys again = keys(cluster.grid((i + 1) % 3));
        if (deletes) {
          assertThatThrownBy(() -> join(again.delete(permit, key.id())))
              .hasCauseInstanceOf(Refusal.NotFound.class);
        } else {
          assertThat(join(again.deactivate(permit, key.id())).active()).isFalse();
        }
        for (int member = 0; member < 3; member++) {
          assertThat(cluster.grid(member).keys().find(key.id()).filter(ApiKey::active)).isEmpty();
        }
        join(underWay);
      }
    }
  }

  private static Keys keys(Grid grid) {
    return new Keys(grid.keys(), InstantSource.system(), new SecureRandom());
  }

  @Test
  void ofManyWhoMakeANamespaceAtOnceOneMakesItAndAllSeeTheSame() {
    try (TestGrid cluster = TestGrid.of(3)) {
      for (int round = 0; round < 20; round++) {
        List<CompletableFuture<NamespaceCatalog.Creation>> creations = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
          Grid grid = cluster.grid(i % 3);
          Namespace draft = draft("race-" + round, 1_000L * round + i + 1);
          creations.add(grid.namespaces().create(draft).toCompletableFuture());
        }
        List<NamespaceCatalog.Creation> done =
            creations.stream().map(CompletableFuture::join).toList();
        assertThat(done).filteredOn(NamespaceCatalog.Creation::created).hasSize(1);
        assertThat(done)
            .extracting(creation -> creation.namespace().uid())
            .containsOnly(done.getFirst().namespace().uid());
        for (int member = 0; member < 3; member++) {
          assertThat(cluster.grid(member).namespaces().find("race-" + round))
              .contains(done.getFirst().namespace());
        }
      }
    }
  }

  @Test
  void theRegistryOutlivesItsAuthorityAndReachesWhoJoinsLater() {
    try (TestGrid cluster = TestGrid.of(2, 3)) {
      ApiKey revoked = key("revoked");
      ApiKey kept = key("kept");
      join(cluster.grid(0).keys().add(revoked));
      join(cluster.grid(1).keys().add(kept));
      join(cluster.grid(1).keys().remove("revoked"));
      Namespace namespace = namespace(cluster.grid(0), "kept", 2);
      for (int round = 0; round < 2; round++) {
        TestGrid.Member joined = cluster.join();
        assertThat(joined.grid().keys().find("kept")).contains(kept);
        assertThat(joined.grid().keys().find("revoked")).isEmpty();
        assertThat(joined.grid().namespaces().find("kept")).contains(namespace);
        await().until(() -> joined.instance().getPartitionService().isClusterSafe());
        cluster.kill(cluster.member(0));
        ApiKey another = key("another" + round);
        assertThat(join(joined.grid().keys().add(another))).isTrue();
        assertThat(cluster.grid(0).keys().find(another.id())).contains(another);
      }
    }
  }

  @Test
  void aMemberThatIsAloneForNowTakesTheRootKeyAndNothingElse() {
    try (TestGrid cluster = TestGrid.first(3)) {
      Grid alone = cluster.grid(0);
      assertThat(join(alone.keys().add(key(Keys.ROOT_KEY_ID)))).isTrue();
      assertThatThrownBy(() -> join(alone.keys().add(key("another"))))
          .hasCauseInstanceOf(Refusal.Unavailable.class);
      assertThatThrownBy(() -> namespace(alone, "early", 1))
          .hasCauseInstanceOf(Refusal.Unavailable.class);
      assertThat(alone.keys().all()).extracting(ApiKey::id).containsExactly(Keys.ROOT_KEY_ID);
    }
  }

  @Test
  void aMemberThatSeesNoMajorityAnyMoreStopsDecidingByItsCopy() {
    try (TestGrid cluster = TestGrid.of(3)) {
      join(cluster.grid(0).keys().add(key("known")));
      cluster.kill(cluster.member(2));
      cluster.kill(cluster.member(1));
      Grid alone = cluster.grid(0);
      await().until(() -> !alone.isServing());
      assertThatThrownBy(() -> alone.keys().find("known")).isInstanceOf(Refusal.Unavailable.class);
    }
  }

  private static ApiKey key(String id) {
    return Samples.key(id, new Grant("team-*", Scope.WRITE));
  }

  private static Namespace draft(String name, long uid) {
    return Samples.namespace(name, uid, Space.first(Namespace.OWN_VECTORS, 8, 1));
  }
}
