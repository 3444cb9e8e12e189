package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.access.Action;
import io.mnemogrid.node.access.Permit;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.memory.NamespaceCatalog;
import io.mnemogrid.node.memory.Namespaces;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.testing.HashingModels;
import io.mnemogrid.node.testing.SteeredNode;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients see of a namespace that is split, and what they cannot do with it meanwhile. */
class SplitNamespaceTest {
  private static final String NAME = "split";
  private static final Space SPACE =
      Space.first(HashingModels.NARROW, HashingModels.NARROW_DIMENSION, 4);
  private static final float[] VECTOR = new float[HashingModels.NARROW_DIMENSION];

  static {
    VECTOR[0] = 1;
  }

  private final TestGrid cluster = TestGrid.of(1);
  private final Namespace namespace = TestMemories.namespace(cluster.grid(0), NAME, SPACE);

  @AfterEach
  void close() {
    cluster.close();
  }

  /** The namespace as it is on its way, however long that takes. */
  private record OnItsWay(Namespace namespace) implements NamespaceCatalog {
    @Override
    public Optional<Namespace> find(String name) {
      return Optional.of(namespace);
    }

    @Override
    public List<Namespace> all() {
      return List.of(namespace);
    }

    @Override
    public CompletionStage<Creation> create(Namespace drafted) {
      return CompletableFuture.completedStage(new Creation(namespace, false));
    }

    @Override
    public CompletionStage<Optional<Namespace>> update(
        String name, UnaryOperator<Namespace> change) {
      return CompletableFuture.completedStage(Optional.of(change.apply(namespace)));
    }

    @Override
    public CompletionStage<Boolean> delete(String name) {
      return CompletableFuture.completedStage(false);
    }
  }

  @Test
  void itsProgressIsShown() {
    for (int i = 0; i < 20; i++) {
      store(cluster.grid(0), namespace, write("m" + i, "content " + i, VECTOR));
    }
    assertThat(join(on(namespace).get(permit(Action.NAMESPACE_READ))).split()).isNull();
    Namespaces.Summary copying = join(on(namespace.splitting()).get(permit(Action.NAMESPACE_READ)));
    assertThat(copying.memories()).isEqualTo(20);
    assertThat(copying.split()).isEqualTo(new MemoryGrid.Progress(20, 0, true));
  }

  @Test
  void itDoesNotMoveToAnotherModelMeanwhile() {
    Namespaces namespaces = on(namespace.splitting());
    Permit permit = permit(Action.NAMESPACE_REEMBED);
    assertThatThrownBy(() -> join(namespaces.reembed(permit, HashingModels.WIDE)))
        .hasMessageContaining("split into more shards")
        .hasMessageContaining(HashingModels.WIDE)
        .isInstanceOf(Refusal.Conflict.class);
    Namespaces.Reembedding same = join(namespaces.reembed(permit, HashingModels.NARROW));
    assertThat(same.fromModel()).isNull();
  }

  @Test
  void whileItMovesToAnotherModelItIsNotSplit() {
    Namespace moving = namespace.movingTo(HashingModels.WIDE, HashingModels.WIDE_DIMENSION);
    assertThat(moving.isSplitting()).isFalse();
    assertThat(moving.isChangingModel()).isTrue();
    assertThat(moving.writtenSpaces()).hasSize(2);
    assertThat(namespace.splitting().writtenSpaces()).containsExactly(SPACE);
  }

  @Test
  void whatWasCopiedAmissIsLeftForAnother() {
    Namespace again = namespace.splitting().closing().splitting();
    assertThat(again.closed()).isFalse();
    assertThat(again.space()).isEqualTo(SPACE);
    assertThat(again.spaces().getLast())
        .isEqualTo(new Space(2, SPACE.model(), SPACE.dimension(), SPACE.shards() * 2));
    Namespace arrived = again.closing().switched().arrived();
    assertThat(arrived.spaces()).containsExactly(again.spaces().getLast());
    assertThat(arrived.closed()).isFalse();
  }

  @Test
  void itIsMadeAgainAsItWasBeforeItWasSplit() {
    Permit permit = permit(Action.NAMESPACE_CREATE);
    for (int shards : new int[] {1, 2, 4}) {
      assertThat(join(on(namespace).ensure(permit, shards(shards))).created()).isFalse();
    }
    for (int shards : new int[] {3, 8}) {
      assertThatThrownBy(() -> join(on(namespace).ensure(permit, shards(shards))))
          .hasRootCauseInstanceOf(Refusal.Conflict.class)
          .hasMessageContaining("has 4 shards");
    }
  }

  @Test
  void itIsSplitAgainWhereItWasFoundClosed() {
    store(cluster.grid(0), namespace, write("a", "content", VECTOR));
    var _ = change(Namespace::splitting);
    var _ = change(now -> now.isSplitting() ? now.closing() : now);
    await().until(() -> known().beside() == null && known().shards() == SPACE.shards() * 2);
    store(cluster.grid(0), known(), write("b", "content", VECTOR));
    assertThat(join(cluster.grid(0).memories().count(known()))).isEqualTo(2);
  }

  private Namespace change(UnaryOperator<Namespace> change) {
    return join(cluster.grid(0).namespaces().update(NAME, change)).orElseThrow();
  }

  private Namespace known() {
    return cluster.grid(0).namespaces().find(NAME).orElseThrow();
  }

  private Namespaces on(Namespace onItsWay) {
    return new Namespaces(
        new OnItsWay(onItsWay),
        cluster.grid(0).memories(),
        cluster.models(),
        InstantSource.system(),
        new SplittableRandom(1));
  }

  private static Namespaces.Spec shards(int shards) {
    return new Namespaces.Spec(null, null, shards, null, null, null, null, null);
  }

  private static Permit permit(Action action) {
    return Permit.require(SteeredNode.root(new SecureRandom()), action, NAME);
  }
}
