package io.mnemogrid.node.app;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.mnemogrid.node.config.ConfigLoader;
import io.mnemogrid.node.config.NodeConfig;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.testing.FreePorts;
import io.mnemogrid.node.testing.HashingModels;
import io.mnemogrid.node.testing.PatientWaits;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Members of one cluster in this JVM, on a network that can be cut, and quick to notice it. */
final class CuttableGrid implements AutoCloseable {
  private static final int PARTITIONS = 31;

  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "MNEMOGRID_CLUSTER_PARTITION_COUNT", "" + PARTITIONS,
              "MNEMOGRID_CLUSTER_LEASE_DURATION", "4s",
              "MNEMOGRID_CLUSTER_HEARTBEAT_INTERVAL", "1s",
              "MNEMOGRID_CLUSTER_HEARTBEAT_TIMEOUT", "15s",
              "MNEMOGRID_CLUSTER_BACKUP_ACK_TIMEOUT", "1s",
              "MNEMOGRID_CLUSTER_WRITE_TIMEOUT", "2s",
              "MNEMOGRID_DATA_DIR", ""));
  private final CuttableNetwork network;
  private final List<HazelcastInstance> instances = new ArrayList<>();
  private final List<Grid> grids = new ArrayList<>();

  private CuttableGrid(int members) {
    network = new CuttableNetwork(members);
    settings.put("MNEMOGRID_CLUSTER_NAME", "cut-" + UUID.randomUUID());
    settings.put(
        "MNEMOGRID_CLUSTER_MEMBERS",
        FreePorts.addresses(IntStream.range(0, members).mapToObj(network::publicPort).toList()));
    for (int i = 0; i < members; i++) {
      start(i);
    }
    awaitWhole();
  }

  static CuttableGrid of(int members) {
    return new CuttableGrid(members);
  }

  private void start(int member) {
    Map<String, String> own = new HashMap<>(settings);
    own.put("MNEMOGRID_CLUSTER_PORT", "" + network.port(member));
    NodeConfig node = ConfigLoader.load(own);
    Config config = HazelcastMember.config(node.cluster(), Settings.grid(node));
    network.placeQuickly(member, config);
    HazelcastInstance instance = Hazelcast.newHazelcastInstance(config);
    instances.add(instance);
    Grid grid =
        Grid.on(
            instance,
            Settings.score(node.recall()),
            new Grid.Models(new HashingModels(), null),
            InstantSource.system());
    grids.add(grid);
    grid.whenServing(PatientWaits.HANG).toCompletableFuture().join();
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

  /** Cuts two of them off one another, and neither off any other. */
  void part(int one, int other) {
    network.cut(Set.of(one), Set.of(other));
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
    await().until(() -> side.stream().allMatch(each -> grid(each).clusterSize() == members));
  }

  /** Waits until all are one cluster, whole and at rest. */
  void awaitWhole() {
    await()
        .until(() ->
            grids.stream()
                .allMatch(
                    grid -> grid.clusterSize() == size() && grid.isServing() && !grid.isHealing()));
    await()
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
