package io.mnemogrid.node.app;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.mnemogrid.node.config.ClusterConfig;
import io.mnemogrid.node.config.HostPort;
import io.mnemogrid.node.config.NodeConfig;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.testing.HashingModels;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Members of one cluster in this JVM, on a network that can be cut, and quick to notice it. */
final class CuttableGrid implements AutoCloseable {
  static final Duration LONGEST_WAIT = Duration.ofMinutes(3);

  private static final int PARTITIONS = 31;

  private final CuttableNetwork network;
  private final List<HazelcastInstance> instances = new ArrayList<>();
  private final List<Grid> grids = new ArrayList<>();

  private CuttableGrid(int members) {
    network = new CuttableNetwork(members);
    String name = "cut-" + UUID.randomUUID();
    List<HostPort> addresses =
        IntStream.range(0, members)
            .mapToObj(i -> new HostPort("127.0.0.1", network.publicPort(i)))
            .toList();
    for (int i = 0; i < members; i++) {
      start(i, cluster(name, network.port(i), addresses));
    }
    awaitWhole();
  }

  static CuttableGrid of(int members) {
    return new CuttableGrid(members);
  }

  private void start(int member, ClusterConfig cluster) {
    NodeConfig all = NodeConfig.DEFAULTS;
    NodeConfig node =
        new NodeConfig(
            all.http(),
            cluster,
            all.access(),
            all.embed(),
            all.rerank(),
            all.index(),
            all.recall(),
            all.idempotency(),
            all.data().inMemory(),
            all.backup());
    Config config = HazelcastMember.config(cluster, Settings.grid(node));
    network.place(member, config.getNetworkConfig());
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "2");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "2");
    HazelcastInstance instance = Hazelcast.newHazelcastInstance(config);
    instances.add(instance);
    Grid grid =
        Grid.on(
            instance,
            Settings.score(node.recall()),
            new Grid.Models(new HashingModels(), null),
            InstantSource.system());
    grids.add(grid);
    grid.whenServing(LONGEST_WAIT).toCompletableFuture().join();
  }

  private static ClusterConfig cluster(String name, int port, List<HostPort> members) {
    ClusterConfig base = ClusterConfig.DEFAULTS;
    return new ClusterConfig(
        base.host(),
        port,
        members,
        name,
        base.dnsName(),
        base.size(),
        PARTITIONS,
        base.backupCount(),
        base.minReplicas(),
        Duration.ofSeconds(4),
        Duration.ofSeconds(1),
        Duration.ofSeconds(15),
        Duration.ofSeconds(1),
        base.callTimeout(),
        Duration.ofSeconds(2),
        base.migrationChunkBytes(),
        base.parallelMigrations(),
        base.tombstoneRetention());
  }

  Grid grid(int member) {
    return grids.get(member);
  }

  int size() {
    return grids.size();
  }

  HazelcastInstance instance(int member) {
    return instances.get(member);
  }

  /** Cuts these off the others. */
  void cutOff(Set<Integer> side) {
    network.cut(side, others(side));
  }

  Set<Integer> others(Set<Integer> side) {
    return IntStream.range(0, size())
        .boxed()
        .filter(member -> !side.contains(member))
        .collect(Collectors.toSet());
  }

  void mend() {
    network.mend();
  }

  /** Waits until each of them sees just so many members. */
  void awaitSeen(Set<Integer> side, int members) {
    await()
        .atMost(LONGEST_WAIT)
        .until(() -> side.stream().allMatch(each -> grid(each).clusterSize() == members));
  }

  /** Waits until all are one cluster, whole and at rest. */
  void awaitWhole() {
    await()
        .atMost(LONGEST_WAIT)
        .until(() ->
            grids.stream()
                .allMatch(
                    grid -> grid.clusterSize() == size() && grid.isServing() && !grid.isHealing()));
    await()
        .atMost(LONGEST_WAIT)
        .until(
            () -> instances.stream().allMatch(each -> each.getPartitionService().isClusterSafe()));
  }

  /** The members that hold a partition, as owner or backup. */
  Set<Integer> holders(int partition) {
    return IntStream.range(0, size())
        .filter(member -> grid(member).digest(partition).isPresent())
        .boxed()
        .collect(Collectors.toSet());
  }

  /** Waits until the owner and the backup of each partition hold the same. */
  void awaitReplicasAlike() {
    for (int i = 0; i < PARTITIONS; i++) {
      int partition = i;
      await()
          .atMost(LONGEST_WAIT)
          .untilAsserted(() ->
              assertThat(
                      grids.stream()
                          .flatMap(grid -> grid.digest(partition).stream())
                          .collect(Collectors.groupingBy(Function.identity()))
                          .values())
                  .as("replicas of partition %d", partition)
                  .singleElement(as(LIST))
                  .hasSize(2));
    }
  }

  @Override
  public void close() {
    instances.forEach(instance -> instance.getLifecycleService().terminate());
    grids.forEach(Grid::close);
    network.close();
  }
}
