package io.mnemogrid.node.app;

import com.hazelcast.core.HazelcastInstance;
import io.mnemogrid.node.config.ClusterConfig;
import io.mnemogrid.node.config.DataConfig;
import io.mnemogrid.node.config.HostPort;
import io.mnemogrid.node.config.IndexConfig;
import io.mnemogrid.node.config.NodeConfig;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.log.disk.DataFolder;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import io.mnemogrid.node.testing.FreePorts;
import io.mnemogrid.node.testing.HashingModels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Members of one cluster in this JVM, each with a simulated disk that outlives it. */
final class DurableGrid implements AutoCloseable {
  private static final Duration HANG = Duration.ofMinutes(2);

  private final String name = "test-" + UUID.randomUUID();
  private final List<Integer> ports;
  private final DataConfig.Fsync fsync;
  private final List<SimulatedDisk> disks = new ArrayList<>();
  private final @Nullable Member[] members;
  private boolean acceptLoss;
  private IndexConfig index = IndexConfig.DEFAULTS;

  /** A running member. */
  record Member(HazelcastInstance instance, Grid grid, DataFolder folder) {}

  DurableGrid(int size, DataConfig.Fsync fsync, SplittableRandom random) {
    this.ports = FreePorts.draw(size);
    this.fsync = fsync;
    this.members = new Member[size];
    for (int i = 0; i < size; i++) {
      disks.add(new SimulatedDisk(random.split()));
    }
  }

  SimulatedDisk disk(int member) {
    return disks.get(member);
  }

  /** Of a member that runs. */
  Grid grid(int member) {
    Member running = members[member];
    if (running == null) {
      throw new IllegalStateException("member %d does not run".formatted(member));
    }
    return running.grid();
  }

  boolean isRunning(int member) {
    Member running = members[member];
    return running != null && running.instance().getLifecycleService().isRunning();
  }

  /** Of members that are started from now on: memories of a shard above which it is split. */
  void splitAbove(int memories) {
    IndexConfig base = IndexConfig.DEFAULTS;
    index =
        new IndexConfig(
            base.offHeapBytes(),
            base.rows(),
            base.m(),
            base.efConstruction(),
            base.efSearch(),
            base.codes(),
            base.codesAbove(),
            base.graphAbove(),
            base.tailLimit(),
            memories);
  }

  void acceptLoss(boolean accept) {
    acceptLoss = accept;
  }

  /** Starts a member and does not wait for it. */
  void launch(int member) throws IOException {
    NodeConfig config = config(member);
    DataFolder folder = DataFolder.open(disks.get(member), Path.of("data"));
    HazelcastInstance instance =
        HazelcastMember.start(config.cluster(), Settings.grid(config, folder));
    Grid grid =
        Grid.on(
            instance,
            Settings.score(config.recall()),
            new Grid.Models(new HashingModels(), null),
            InstantSource.system());
    members[member] = new Member(instance, grid, folder);
  }

  /** Starts these members and waits until they serve. */
  void start(int... some) throws IOException {
    for (int member : some) {
      launch(member);
    }
    for (int member : some) {
      grid(member)
          .whenFormed()
          .toCompletableFuture()
          .orTimeout(HANG.toSeconds(), TimeUnit.SECONDS)
          .join();
      grid(member).whenServing(HANG).toCompletableFuture().join();
    }
  }

  /** Ends what is left of these members, at once: what they had under way is not finished. */
  void kill(int... some) throws IOException {
    for (int member : some) {
      disks.get(member).stopAfter(0);
    }
    for (int member : some) {
      Member running = members[member];
      if (running != null) {
        running.instance().getLifecycleService().terminate();
        running.grid().close();
        running.folder().close();
        members[member] = null;
      }
      disks.get(member).startProcess();
    }
  }

  private NodeConfig config(int member) {
    ClusterConfig base = ClusterConfig.DEFAULTS;
    ClusterConfig cluster =
        new ClusterConfig(
            base.host(),
            ports.get(member),
            ports.size() == 1
                ? List.of()
                : ports.stream().map(each -> new HostPort("127.0.0.1", each)).toList(),
            name,
            base.dnsName(),
            base.size(),
            31,
            base.backupCount(),
            base.minReplicas(),
            base.leaseDuration(),
            base.heartbeatInterval(),
            base.heartbeatTimeout(),
            base.backupAckTimeout(),
            base.callTimeout(),
            Duration.ofSeconds(3),
            1 << 20,
            base.parallelMigrations(),
            base.tombstoneRetention());
    NodeConfig all = NodeConfig.DEFAULTS;
    return new NodeConfig(
        all.http(),
        cluster,
        all.access(),
        all.embed(),
        all.rerank(),
        index,
        all.recall(),
        all.idempotency(),
        new DataConfig(
            "data",
            fsync,
            Duration.ofMillis(20),
            64 << 10,
            8 << 20,
            Duration.ofSeconds(1),
            128 << 10,
            acceptLoss),
        all.backup());
  }

  @Override
  public void close() throws IOException {
    for (int member = 0; member < members.length; member++) {
      kill(member);
    }
  }
}
