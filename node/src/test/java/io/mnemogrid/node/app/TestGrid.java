package io.mnemogrid.node.app;

import com.hazelcast.core.HazelcastInstance;
import io.mnemogrid.node.config.ClusterConfig;
import io.mnemogrid.node.config.HostPort;
import io.mnemogrid.node.config.IndexConfig;
import io.mnemogrid.node.config.NodeConfig;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.testing.FreePorts;
import io.mnemogrid.node.testing.HashingModels;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Members of one cluster in this JVM, talking TCP on loopback. */
final class TestGrid implements AutoCloseable {
  private final String name = "test-" + UUID.randomUUID();
  private final List<Integer> ports;
  private final Duration writeTimeout;
  private final int splitAbove;
  private final long indexBytes;
  private final int partitions;
  private final HashingModels models = new HashingModels();
  private InstantSource clock = InstantSource.system();
  private final List<Member> members = new ArrayList<>();

  /** A member and the grid on it. */
  record Member(HazelcastInstance instance, Grid grid, int port) {}

  private TestGrid(int most, Duration writeTimeout, int splitAbove) {
    this(
        most,
        writeTimeout,
        splitAbove,
        IndexConfig.DEFAULTS.offHeapBytes(),
        ClusterConfig.DEFAULTS.partitionCount());
  }

  private TestGrid(
      int most, Duration writeTimeout, int splitAbove, long indexBytes, int partitions) {
    this.writeTimeout = writeTimeout;
    this.splitAbove = splitAbove;
    this.indexBytes = indexBytes;
    this.partitions = partitions;
    ports = FreePorts.draw(most);
  }

  static TestGrid of(int members) {
    return of(members, members);
  }

  /**
   * @param most members that may be alive at once
   */
  static TestGrid of(int members, int most) {
    return of(
        members, new TestGrid(most, Duration.ofMinutes(1), IndexConfig.DEFAULTS.splitAbove()));
  }

  /**
   * @param splitAbove memories of a shard above which its namespace is split
   */
  static TestGrid splitting(int members, int splitAbove) {
    return of(members, new TestGrid(members, Duration.ofMinutes(1), splitAbove));
  }

  /**
   * @param splitAbove memories of a shard above which its namespace is split
   * @param indexBytes bytes that the vectors of a member may take
   */
  static TestGrid splitting(int members, int splitAbove, long indexBytes) {
    return of(
        members,
        new TestGrid(
            members,
            Duration.ofMinutes(1),
            splitAbove,
            indexBytes,
            ClusterConfig.DEFAULTS.partitionCount()));
  }

  /**
   * @param partitions parts that the data of the cluster is divided into
   */
  static TestGrid dividedInto(int partitions, int members) {
    return of(
        members,
        new TestGrid(
            members,
            Duration.ofMinutes(1),
            IndexConfig.DEFAULTS.splitAbove(),
            IndexConfig.DEFAULTS.offHeapBytes(),
            partitions));
  }

  /**
   * @param clock by which scores tell how old a memory is
   */
  static TestGrid at(InstantSource clock, int members) {
    TestGrid grid = new TestGrid(members, Duration.ofMinutes(1), IndexConfig.DEFAULTS.splitAbove());
    grid.clock = clock;
    return of(members, grid);
  }

  private static TestGrid of(int members, TestGrid grid) {
    for (int i = 0; i < members; i++) {
      grid.join();
    }
    return grid;
  }

  /** The first of several that are to come, whose writes give up at once. */
  static TestGrid first(int most) {
    TestGrid grid = new TestGrid(most, Duration.ofSeconds(1), IndexConfig.DEFAULTS.splitAbove());
    grid.join();
    return grid;
  }

  Member join() {
    int port =
        ports.stream()
            .filter(free -> members.stream().noneMatch(member -> member.port() == free))
            .findFirst()
            .orElseThrow();
    NodeConfig config = config(port);
    HazelcastInstance instance = HazelcastMember.start(config.cluster(), Settings.grid(config));
    Grid grid =
        Grid.on(instance, Settings.score(config.recall()), new Grid.Models(models, null), clock);
    grid.whenServing(Duration.ofMinutes(1)).toCompletableFuture().join();
    Member member = new Member(instance, grid, port);
    members.add(member);
    return member;
  }

  Member member(int i) {
    return members.get(i);
  }

  Grid grid(int i) {
    return members.get(i).grid();
  }

  HashingModels models() {
    return models;
  }

  int size() {
    return members.size();
  }

  /** As a crash: nothing is handed over. */
  void kill(Member member) {
    members.remove(member);
    member.instance().getLifecycleService().terminate();
    member.grid().close();
  }

  void leave(Member member) {
    members.remove(member);
    member.instance().shutdown();
    member.grid().close();
  }

  private NodeConfig config(int port) {
    ClusterConfig base = ClusterConfig.DEFAULTS;
    ClusterConfig cluster =
        new ClusterConfig(
            base.host(),
            port,
            ports.stream().map(each -> new HostPort("127.0.0.1", each)).toList(),
            name,
            base.dnsName(),
            base.size(),
            partitions,
            base.backupCount(),
            ports.size() == 1 ? 1 : 2,
            base.leaseDuration(),
            base.heartbeatInterval(),
            base.heartbeatTimeout(),
            base.backupAckTimeout(),
            base.callTimeout(),
            writeTimeout,
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
        index(all.index()),
        all.recall(),
        all.idempotency(),
        all.data().inMemory(),
        all.backup());
  }

  private IndexConfig index(IndexConfig base) {
    return new IndexConfig(
        indexBytes,
        base.rows(),
        base.m(),
        base.efConstruction(),
        base.efSearch(),
        base.codes(),
        base.codesAbove(),
        base.graphAbove(),
        base.tailLimit(),
        splitAbove);
  }

  @Override
  public void close() {
    for (Member member : List.copyOf(members)) {
      kill(member);
    }
  }
}
