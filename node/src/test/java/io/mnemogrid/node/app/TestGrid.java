package io.mnemogrid.node.app;

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
import java.util.UUID;

/** Members of one cluster in this JVM, talking TCP on loopback. */
final class TestGrid implements AutoCloseable {
  private static final String SPLIT_ABOVE = "MNEMOGRID_INDEX_SPLIT_ABOVE";

  private final Map<String, String> settings = new HashMap<>();
  private final List<Integer> ports;
  private final HashingModels models = new HashingModels();
  private InstantSource clock = InstantSource.system();
  private final List<Member> members = new ArrayList<>();

  /** A member and the grid on it. */
  record Member(HazelcastInstance instance, Grid grid, int port) {}

  private TestGrid(int most, Map<String, String> others) {
    ports = FreePorts.draw(most);
    settings.put("MNEMOGRID_CLUSTER_NAME", "test-" + UUID.randomUUID());
    settings.put("MNEMOGRID_CLUSTER_MEMBERS", FreePorts.addresses(ports));
    settings.put("MNEMOGRID_CLUSTER_WRITE_TIMEOUT", "1m");
    settings.put("MNEMOGRID_CLUSTER_MIGRATION_CHUNK_BYTES", "1MiB");
    settings.put("MNEMOGRID_DATA_DIR", "");
    settings.putAll(others);
  }

  static TestGrid of(int members) {
    return of(members, members);
  }

  /**
   * @param most members that may be alive at once
   */
  static TestGrid of(int members, int most) {
    return of(members, new TestGrid(most, Map.of()));
  }

  /**
   * @param splitAbove memories of a shard above which its namespace is split
   */
  static TestGrid splitting(int members, int splitAbove) {
    return of(members, new TestGrid(members, Map.of(SPLIT_ABOVE, "" + splitAbove)));
  }

  /**
   * @param splitAbove memories of a shard above which its namespace is split
   * @param indexBytes bytes that the vectors of a member may take
   */
  static TestGrid splitting(int members, int splitAbove, long indexBytes) {
    Map<String, String> differing =
        Map.of(SPLIT_ABOVE, "" + splitAbove, "MNEMOGRID_INDEX_OFF_HEAP_BYTES", "" + indexBytes);
    return of(members, new TestGrid(members, differing));
  }

  /**
   * @param partitions parts that the data of the cluster is divided into
   */
  static TestGrid dividedInto(int partitions, int members) {
    Map<String, String> differing = Map.of("MNEMOGRID_CLUSTER_PARTITION_COUNT", "" + partitions);
    return of(members, new TestGrid(members, differing));
  }

  /**
   * @param clock by which scores tell how old a memory is
   */
  static TestGrid at(InstantSource clock, int members) {
    TestGrid grid = new TestGrid(members, Map.of());
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
    TestGrid grid = new TestGrid(most, Map.of("MNEMOGRID_CLUSTER_WRITE_TIMEOUT", "1s"));
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
    grid.whenServing(PatientWaits.HANG).toCompletableFuture().join();
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
    Map<String, String> own = new HashMap<>(settings);
    own.put("MNEMOGRID_CLUSTER_PORT", "" + port);
    return ConfigLoader.load(own);
  }

  @Override
  public void close() {
    for (Member member : List.copyOf(members)) {
      kill(member);
    }
  }
}
