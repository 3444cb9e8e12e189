package io.mnemogrid.node.app;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.IPartition;
import io.mnemogrid.node.config.ConfigLoader;
import io.mnemogrid.node.config.DataConfig;
import io.mnemogrid.node.config.NodeConfig;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.log.disk.DataFolder;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import io.mnemogrid.node.testing.FreePorts;
import io.mnemogrid.node.testing.HashingModels;
import io.mnemogrid.node.testing.PatientWaits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Members of one cluster in this JVM, each with a simulated disk that outlives it. */
final class DurableGrid implements AutoCloseable {
  private final Map<String, String> settings = new HashMap<>();
  private final List<Integer> ports;
  private final @Nullable CuttableNetwork network;
  private final List<SimulatedDisk> disks = new ArrayList<>();
  private final @Nullable Member[] members;

  /** A running member. */
  record Member(HazelcastInstance instance, Grid grid, DataFolder folder) {}

  DurableGrid(int size, DataConfig.Fsync fsync, SplittableRandom random) {
    this(size, fsync, random, null);
  }

  /** On a network that can be cut, whose members are quick to notice it. */
  DurableGrid(
      int size,
      DataConfig.Fsync fsync,
      SplittableRandom random,
      @Nullable CuttableNetwork itsNetwork) {
    this.network = itsNetwork;
    this.ports =
        itsNetwork == null
            ? FreePorts.draw(size)
            : IntStream.range(0, size).mapToObj(itsNetwork::port).toList();
    settings.put("MNEMOGRID_CLUSTER_NAME", "test-" + UUID.randomUUID());
    settings.put("MNEMOGRID_CLUSTER_MEMBERS", size == 1 ? "" : FreePorts.addresses(addresses()));
    settings.put("MNEMOGRID_CLUSTER_PARTITION_COUNT", "31");
    settings.put("MNEMOGRID_CLUSTER_WRITE_TIMEOUT", "3s");
    settings.put("MNEMOGRID_CLUSTER_MIGRATION_CHUNK_BYTES", "1MiB");
    settings.put("MNEMOGRID_DATA_DIR", "data");
    settings.put("MNEMOGRID_DATA_FSYNC", fsync.name().toLowerCase(Locale.ROOT));
    settings.put("MNEMOGRID_DATA_FSYNC_INTERVAL", "20ms");
    settings.put("MNEMOGRID_DATA_SEGMENT_BYTES", "64KiB");
    settings.put("MNEMOGRID_DATA_QUEUE_BYTES", "8MiB");
    settings.put("MNEMOGRID_DATA_CHECKPOINT_INTERVAL", "1s");
    settings.put("MNEMOGRID_DATA_KEPT_LOG_BYTES", "128KiB");
    this.members = new Member[size];
    for (int i = 0; i < size; i++) {
      disks.add(new SimulatedDisk(random.split()));
    }
  }

  /** The ports that members reach one another at. */
  private List<Integer> addresses() {
    CuttableNetwork through = network;
    return through == null
        ? ports
        : IntStream.range(0, ports.size()).mapToObj(through::publicPort).toList();
  }

  SimulatedDisk disk(int member) {
    return disks.get(member);
  }

  /**
   * Puts another disk into a member that does not run.
   *
   * @return the one that was in it
   */
  SimulatedDisk putDisk(int member, SimulatedDisk other) {
    return disks.set(member, other);
  }

  /** Of a member that runs. */
  Grid grid(int member) {
    return running(member).grid();
  }

  boolean isRunning(int member) {
    Member running = members[member];
    return running != null && running.instance().getLifecycleService().isRunning();
  }

  private Member running(int member) {
    Member running = members[member];
    if (running == null) {
      throw new IllegalStateException("member %d does not run".formatted(member));
    }
    return running;
  }

  /** The members that hold a partition, the owner first, as a running member knows them. */
  List<Integer> holders(int asked, int partition) {
    GridService service = GridService.of(running(asked).instance());
    IPartition known = service.engine().getPartitionService().getPartition(partition);
    return IntStream.rangeClosed(0, service.settings().backupCount())
        .mapToObj(known::getReplicaAddress)
        .filter(Objects::nonNull)
        .map(address -> ports.indexOf(address.getPort()))
        .toList();
  }

  /** Of members that are started from now on: memories of a shard above which it is split. */
  void splitAbove(int memories) {
    settings.put("MNEMOGRID_INDEX_SPLIT_ABOVE", "" + memories);
  }

  /** Of members that are started from now on: how long they believe in one that is not heard. */
  void noticeWithin(Duration timeout) {
    settings.put("MNEMOGRID_CLUSTER_HEARTBEAT_INTERVAL", "1s");
    settings.put("MNEMOGRID_CLUSTER_HEARTBEAT_TIMEOUT", timeout.toSeconds() + "s");
    settings.put("MNEMOGRID_CLUSTER_LEASE_DURATION", "2s");
  }

  void acceptLoss(boolean accept) {
    settings.put("MNEMOGRID_DATA_ACCEPT_LOSS", "" + accept);
  }

  /** Starts a member and does not wait for it. */
  void launch(int member) throws IOException {
    NodeConfig config = config(member);
    DataFolder folder = DataFolder.open(disks.get(member), Path.of("data"));
    Config hazelcast = HazelcastMember.config(config.cluster(), Settings.grid(config, folder));
    if (network != null) {
      network.placeQuickly(member, hazelcast);
    }
    HazelcastInstance instance = Hazelcast.newHazelcastInstance(hazelcast);
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
          .orTimeout(PatientWaits.HANG.toSeconds(), TimeUnit.SECONDS)
          .join();
      grid(member).whenServing(PatientWaits.HANG).toCompletableFuture().join();
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
    Map<String, String> own = new HashMap<>(settings);
    own.put("MNEMOGRID_CLUSTER_PORT", "" + ports.get(member));
    return ConfigLoader.load(own);
  }

  @Override
  public void close() throws IOException {
    for (int member = 0; member < members.length; member++) {
      kill(member);
    }
  }
}
