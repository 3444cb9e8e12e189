package io.mnemogrid.node.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.PartitionReplica;
import com.hazelcast.internal.partition.impl.InternalPartitionImpl;
import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import com.hazelcast.spi.impl.InternalCompletableFuture;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.GridSettings;
import io.mnemogrid.node.grid.member.Placement;
import io.mnemogrid.node.grid.shard.Draft;
import io.mnemogrid.node.grid.shard.Entry;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.WriteAnswer;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.testing.FreePorts;
import io.mnemogrid.node.testing.Samples;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A write loses its only backup while its owner makes it, or the table has none for it. */
class LeavingBackupTest {
  private static final Namespace NAMESPACE =
      Samples.namespace("left", 7, Space.first(Namespace.OWN_VECTORS, 4, 1));
  private static final ShardSpec SPEC = ShardSpec.of(NAMESPACE, 0);

  private final List<Integer> ports = FreePorts.draw(2);
  private final List<HazelcastInstance> members =
      ports.stream().map(this::config).map(Hazelcast::newHazelcastInstance).toList();

  private Config config(int port) {
    Config config = new Config().setProperty("hazelcast.phone.home.enabled", "false");
    config.getUserContext().put(GridSettings.USER_CONTEXT_KEY, withTwoReplicas());
    config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember(FreePorts.addresses(ports));
    return config;
  }

  private static GridSettings withTwoReplicas() {
    GridSettings usual = GridSettings.defaults();
    return new GridSettings(
        1,
        2,
        usual.expectedMembers(),
        usual.lease(),
        usual.writeTimeout(),
        usual.readTimeout(),
        usual.searchThreads(),
        usual.searchQueue(),
        usual.efSearch(),
        usual.tailLimit(),
        usual.splitAbove(),
        usual.tombstoneRetention(),
        usual.indexMemoryBytes(),
        usual.index(),
        usual.answers(),
        null);
  }

  @BeforeEach
  void makeTheNamespace() {
    GridService service = GridService.of(members.getFirst());
    await().until(service.registry()::isLeased);
    var catalog = new HazelcastRegistry.Catalog(service.registry(), service.registryClient());
    assertThat(catalog.create(NAMESPACE).toCompletableFuture().join().created()).isTrue();
    await()
        .until(() ->
            members.stream()
                .allMatch(member ->
                    member.getCluster().getMembers().size() == 2
                        && member.getPartitionService().isClusterSafe()
                        && GridService.of(member).registry().namespace(NAMESPACE.uid()) != null));
  }

  @AfterEach
  void stop() {
    members.forEach(member -> member.getLifecycleService().terminate());
  }

  @Test
  void whatNobodyElseWasSentIsNotAnsweredAsDone() {
    int partition =
        new Placement(GridService.of(members.getFirst()).partitionCount()).partition(SPEC);
    HazelcastInstance owner =
        members.stream()
            .filter(member ->
                GridService.of(member)
                    .engine()
                    .getPartitionService()
                    .getPartition(partition)
                    .isLocal())
            .findFirst()
            .orElseThrow();
    HazelcastInstance backup = members.get(1 - members.indexOf(owner));
    InternalCompletableFuture<WriteAnswer> answer =
        GridService.of(owner)
            .engine()
            .getOperationService()
            .createInvocationBuilder(GridService.NAME, new LeftWrite(backup), partition)
            .setTryCount(1)
            .invoke();
    assertThatThrownBy(answer::join).hasMessageContaining("too few members were sent the change");
  }

  /** As Hazelcast was seen to leave its table when a member was back before it was missed. */
  @Test
  void whoKeepsABackupIsDecidedAgainWhereNobodyIsTo() throws ReflectiveOperationException {
    GridService master = GridService.of(members.getFirst());
    InternalPartitionServiceImpl table =
        (InternalPartitionServiceImpl) master.engine().getPartitionService();
    Method setReplica =
        InternalPartitionImpl.class.getDeclaredMethod(
            "setReplica", int.class, PartitionReplica.class);
    setReplica.setAccessible(true);
    setReplica.invoke(table.getPartition(0), 1, null);
    assertThat(table.getPartition(0).getReplica(1)).isNull();
    await().until(() -> table.getPartition(0).getReplica(1) != null);
    await()
        .until(() ->
            members.stream().allMatch(member -> GridService.of(member).repair().missing() == 0));
  }

  /** Stores a memory, once the backup has left. Run at the owner, as it cannot travel. */
  private static final class LeftWrite extends OwnerOperation {
    private static final Draft DRAFT =
        Draft.of(
            MemoryWrite.store("m", "content")
                .vector(new float[] {1, 0, 0, 0})
                .by(Samples.AUTHOR, 1)
                .build());

    private final HazelcastInstance backup;

    LeftWrite(HazelcastInstance backup) {
      super(TypeIds.WRITE, List.of(SPEC), 1, WriteGuard.NONE);
      this.backup = backup;
    }

    @Override
    PartitionContainer.Outcome change(
        PartitionContainer container, int partitionVersion, long now) {
      backup.getLifecycleService().terminate();
      await().until(() -> service().engine().getClusterService().getSize() == 1);
      return container.write(spaces(), partitionVersion, List.of(DRAFT), now);
    }

    @Override
    boolean addsVectors() {
      return true;
    }

    @Override
    boolean saysWhatIsMissing() {
      return false;
    }

    @Override
    List<@Nullable Entry> repeated(PartitionContainer container) {
      return container.present(spaces(), ids());
    }

    @Override
    List<String> ids() {
      return List.of(DRAFT.id());
    }
  }
}
