package io.mnemogrid.node.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.Placement;
import io.mnemogrid.node.grid.shard.Draft;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.WriteAnswer;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.testing.Samples;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an owner says to a write that is sent to it again, as after an answer that was lost. */
class OwnerOperationTest {
  private static final Namespace NAMESPACE =
      Samples.namespace("repeated", 7, Space.first(Namespace.OWN_VECTORS, 4, 1));
  private static final List<ShardSpec> SPACES = List.of(ShardSpec.of(NAMESPACE, 0));

  private final HazelcastInstance instance = Hazelcast.newHazelcastInstance(alone());

  private static Config alone() {
    Config config = new Config().setProperty("hazelcast.phone.home.enabled", "false");
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    return config;
  }

  @BeforeEach
  void makeTheNamespace() {
    GridService service = GridService.of(instance);
    await().until(service.registry()::isLeased);
    var catalog = new HazelcastRegistry.Catalog(service.registry(), service.registryClient());
    assertThat(catalog.create(NAMESPACE).toCompletableFuture().join().created()).isTrue();
  }

  @AfterEach
  void stop() {
    instance.getLifecycleService().terminate();
  }

  private WriteAnswer send(OwnerOperation operation) {
    GridService service = GridService.of(instance);
    int partition = new Placement(service.partitionCount()).partition(SPACES.getFirst());
    return service
        .engine()
        .getOperationService()
        .createInvocationBuilder(GridService.NAME, operation, partition)
        .<WriteAnswer>invoke()
        .join();
  }

  private WriteAnswer store(long token, String content) {
    MemoryWrite write =
        MemoryWrite.store("m", content)
            .vector(new float[] {1, 0, 0, 0})
            .by(Samples.AUTHOR, token)
            .build();
    return send(new WriteOperation(SPACES, token, WriteGuard.NONE, List.of(Draft.of(write))));
  }

  private static long version(WriteAnswer answer) {
    return Objects.requireNonNull(answer.records().getFirst()).record().version();
  }

  @Test
  void itIsDoneOnceAndAnsweredAlikeAsLongAsNobodyElseHasWritten() {
    assertThat(version(store(1, "mine"))).isEqualTo(1);
    assertThat(version(store(1, "mine"))).isEqualTo(1);
  }

  @Test
  void whatAnotherHasWrittenSinceIsNotItsAnswer() {
    store(1, "mine");
    assertThat(version(store(2, "another's"))).isEqualTo(2);
    assertThat(store(1, "mine").status()).isEqualTo(WriteAnswer.Status.MOVED_ON);
    assertThat(version(store(2, "another's"))).isEqualTo(2);
  }

  @Test
  void whatAnotherHasForgottenSinceIsNotMissingToIt() {
    store(1, "mine");
    var forgotten = new ForgetOperation.Selected(List.of("m"), MemoryFilter.ALL, Precondition.NONE);
    assertThat(send(new ForgetOperation(SPACES, 2, forgotten)).records()).hasSize(1);
    assertThat(store(1, "mine").status()).isEqualTo(WriteAnswer.Status.MOVED_ON);
  }
}
