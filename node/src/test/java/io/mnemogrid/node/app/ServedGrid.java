package io.mnemogrid.node.app;

import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.backup.Backups;
import io.mnemogrid.node.config.HttpConfig;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.http.HttpEndpoint;
import io.mnemogrid.node.memory.Keys;
import io.mnemogrid.node.memory.Memories;
import io.mnemogrid.node.memory.Namespaces;
import io.mnemogrid.node.testing.RetriedWrites;
import io.mnemogrid.node.testing.SteeredNode;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** The members of a cluster in this JVM, each with the HTTP interface before it. */
final class ServedGrid implements RetriedWrites.Cluster, AutoCloseable {
  private final TestGrid cluster;
  private final String backupDir;
  private final SecureRandom random = new SecureRandom();
  private final Map<TestGrid.Member, Served> served = new HashMap<>();
  private final List<URI> addresses = new CopyOnWriteArrayList<>();

  private int killed;

  private record Served(HttpEndpoint endpoint, Backups backups, URI address) {}

  private ServedGrid(TestGrid cluster) {
    this(cluster, "");
  }

  private ServedGrid(TestGrid cluster, String backupDir) {
    this.cluster = cluster;
    this.backupDir = backupDir;
    for (int i = 0; i < cluster.size(); i++) {
      serve(cluster.member(i));
    }
    TestMemories.join(cluster.grid(0).keys().add(SteeredNode.root(random)));
  }

  static ServedGrid of(int members) {
    return new ServedGrid(TestGrid.of(members));
  }

  /**
   * @param splitAbove memories of a shard above which its namespace is split
   */
  static ServedGrid splitting(int members, int splitAbove) {
    return new ServedGrid(TestGrid.splitting(members, splitAbove));
  }

  /**
   * @param partitions parts that the data of the cluster is divided into
   * @param backups the folder of all members' backups
   */
  static ServedGrid keeping(Path backups, int partitions, int members) {
    return new ServedGrid(TestGrid.dividedInto(partitions, members), backups.toString());
  }

  /** A member that is alive, as programs in its process use it. */
  Grid grid(int i) {
    return cluster.grid(i);
  }

  @Override
  public List<URI> addresses() {
    return addresses;
  }

  /** The last and the last but one by turns; what is under way there ends without an answer. */
  @Override
  public void kill() {
    TestGrid.Member member = cluster.member(cluster.size() - 1 - killed++ % 2);
    cluster.kill(member);
    Served gone = Objects.requireNonNull(served.remove(member));
    addresses.remove(gone.address());
    TestMemories.join(gone.endpoint().close());
    gone.backups().close();
  }

  /** Waits until each part of the data has its backup again. */
  @Override
  public void join() {
    serve(cluster.join());
    await().until(() -> cluster.member(0).instance().getPartitionService().isClusterSafe());
  }

  private void serve(TestGrid.Member member) {
    InstantSource clock = InstantSource.system();
    Grid grid = member.grid();
    NodeHealth health = new NodeHealth();
    health.watch(grid);
    health.serve();
    Namespaces namespaces =
        new Namespaces(grid.namespaces(), grid.memories(), cluster.models(), clock, random);
    Backups backups =
        new Backups(
            backupDir,
            new Backups.Cluster(
                grid.namespaces(), grid.copies(), grid.memories(), cluster.models()),
            clock,
            random);
    HttpEndpoint endpoint =
        new HttpEndpoint(
            HttpConfig.DEFAULTS.withPort(0),
            new HttpEndpoint.UseCases(
                new Keys(grid.keys(), clock, random),
                namespaces,
                new Memories(namespaces, grid.memories(), cluster.models(), clock, random),
                backups,
                health,
                clock),
            null);
    URI address = URI.create("http://127.0.0.1:" + TestMemories.join(endpoint.start()));
    served.put(member, new Served(endpoint, backups, address));
    addresses.add(address);
  }

  @Override
  public void close() {
    served
        .values()
        .forEach(each -> {
          TestMemories.join(each.endpoint().close());
          each.backups().close();
        });
    cluster.close();
  }
}
