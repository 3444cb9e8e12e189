package io.mnemogrid.node.app;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.mnemogrid.node.backup.Backups;
import io.mnemogrid.node.config.NodeConfig;
import io.mnemogrid.node.embed.OnnxModels;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.grid.durable.Durability;
import io.mnemogrid.node.grid.member.GridSettings;
import io.mnemogrid.node.http.HttpEndpoint;
import io.mnemogrid.node.log.disk.DataFolder;
import io.mnemogrid.node.log.disk.SystemDisk;
import io.mnemogrid.node.memory.Keys;
import io.mnemogrid.node.memory.Memories;
import io.mnemogrid.node.memory.Namespaces;
import io.mnemogrid.node.model.Failures;
import io.mnemogrid.node.model.Refusal;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole node: the models, the cluster's member, the grid on it, the HTTP endpoint. Started in
 * that order and stopped in the reverse one.
 */
public final class Node implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Node.class);
  private static final Duration JOIN_TIMEOUT = Duration.ofMinutes(2);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final NodeHealth health = new NodeHealth();
  private Optional<String> madeRootKey = Optional.empty();
  private int httpPort;
  private int clusterSizeAtStart;
  private volatile boolean beginsAnew;

  private Node() {}

  /**
   * Starts a node and waits until it serves.
   *
   * @throws io.mnemogrid.node.config.InvalidConfigException if the settings name what is not there
   *     or cannot be used; nothing keeps running then
   * @throws StartFailedException if it cannot, for a reason that its operator can mend; nothing
   *     keeps running then
   * @throws BeginsAnewException if it is to be started again at once; nothing keeps running then
   */
  public static Node start(NodeConfig config) {
    Node node = new Node();
    try {
      node.open(config);
      return node;
    } catch (RuntimeException e) {
      node.close();
      throw node.beginsAnew ? new BeginsAnewException(e) : e;
    }
  }

  private void open(NodeConfig config) {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    CompletableFuture<Void> warm = warmUp(config);
    OnnxModels models = openModels(config);
    started.push(models);
    DataFolder folder = openData(config);
    if (folder != null) {
      started.push(folder);
    }
    warm.join();
    GridSettings settings = Settings.grid(config, folder);
    Durability durability = settings.durability();
    if (durability != null) {
      var _ =
          durability
              .beginsAnew()
              .thenAccept(why -> {
                beginsAnew = true;
                stopped.countDown();
              });
    }
    HazelcastInstance member = startMember(config, settings);
    started.push(member::shutdown);
    Grid grid =
        Grid.on(
            member,
            Settings.score(config.recall()),
            new Grid.Models(models, models.reranker().orElse(null)),
            clock);
    started.push(grid);
    // One that has died without a word is counted for so long.
    await(grid.whenPlaced(config.cluster().heartbeatTimeout().multipliedBy(2)));
    health.watch(grid);

    Namespaces namespaces =
        new Namespaces(grid.namespaces(), grid.memories(), models, clock, random);
    Memories memories = new Memories(namespaces, grid.memories(), models, clock, random);
    Keys keys = new Keys(grid.keys(), clock, random);
    Backups backups =
        new Backups(
            config.backup().dir(),
            new Backups.Cluster(grid.namespaces(), grid.copies(), grid.memories(), models),
            clock,
            random);
    started.push(backups);
    backups.removeRemains();
    HttpEndpoint http =
        new HttpEndpoint(
            config.http(),
            new HttpEndpoint.UseCases(keys, namespaces, memories, backups, health, clock),
            null);
    started.push(() -> http.close().toCompletableFuture().join());
    httpPort = listen(http, config);

    await(grid.whenFormed());
    String given = config.access().rootApiKey();
    madeRootKey = establish(new RootKey(grid.keys(), clock, random, given), grid);
    clusterSizeAtStart = grid.clusterSize();
    health.serve();
  }

  /** Begins again when the cluster is out of hearing for a moment, as on a busy machine. */
  private static Optional<String> establish(RootKey rootKey, Grid grid) {
    long endNanos = System.nanoTime() + JOIN_TIMEOUT.toNanos();
    while (true) {
      await(grid.whenServing(JOIN_TIMEOUT));
      try {
        return rootKey.establish();
      } catch (Refusal.Unavailable e) {
        if (System.nanoTime() - endNanos > 0) {
          throw new StartFailedException(String.valueOf(e.getMessage()), e);
        }
        log.info("the root key is not agreed on yet: {}", e.getMessage());
      }
    }
  }

  /** Beside the opening of models and files. A node alone has nobody to move its parts to. */
  private static CompletableFuture<Void> warmUp(NodeConfig config) {
    Duration limit = config.cluster().alone() ? Duration.ZERO : config.cluster().warmUpLimit();
    return CompletableFuture.runAsync(() -> Grid.warmUp(Settings.grid(config), limit));
  }

  private static OnnxModels openModels(NodeConfig config) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      return OnnxModels.open(config.embed(), config.rerank(), folder);
    } catch (IOException e) {
      throw new StartFailedException(
          "the node's own models could not be read by way of %s: %s"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** The node's own folder in the data folder; null when nothing is kept on disk. */
  private static @Nullable DataFolder openData(NodeConfig config) {
    String dir = config.data().dir();
    if (dir.isEmpty()) {
      return null;
    }
    Path folder = Path.of(dir).toAbsolutePath().resolve("node-" + config.cluster().port());
    try {
      return DataFolder.open(new SystemDisk(), folder);
    } catch (IOException e) {
      throw new StartFailedException(
          "the folder %s cannot be used (data.dir, cluster.port): %s"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private static HazelcastInstance startMember(NodeConfig config, GridSettings settings) {
    try {
      return HazelcastMember.start(config.cluster(), settings);
    } catch (HazelcastException | IllegalStateException e) {
      throw new StartFailedException(
          "the cluster member could not start on %s:%d (cluster.host, cluster.port): %s"
              .formatted(config.cluster().host(), config.cluster().port(), e.getMessage()),
          e);
    }
  }

  private static int listen(HttpEndpoint http, NodeConfig config) {
    try {
      return http.start().toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = Failures.unwrapped(e);
      String reason =
          cause instanceof BindException
              ? "the address is in use or not of this machine"
              : String.valueOf(cause);
      throw new StartFailedException(
          "cannot listen on %s:%d (http.host, http.port): %s"
              .formatted(config.http().host(), config.http().port(), reason),
          e);
    }
  }

  private static void await(CompletionStage<@Nullable Void> stage) {
    try {
      stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = Failures.unwrapped(e);
      if (cause instanceof Refusal refusal) {
        throw new StartFailedException(String.valueOf(refusal.getMessage()), refusal);
      }
      if (cause instanceof IOException failure) {
        throw new StartFailedException(
            "the node's files cannot be used (data.dir): " + failure.getMessage(), failure);
      }
      throw e;
    }
  }

  /** The port that HTTP listens on. */
  public int httpPort() {
    return httpPort;
  }

  /** Members of the cluster when this node had joined it. */
  public int clusterSize() {
    return clusterSizeAtStart;
  }

  /** The root key, if the operator gave none and this node was the one to make it. */
  public Optional<String> madeRootKey() {
    return madeRootKey;
  }

  /**
   * Waits until the node is closed, or has ended by itself to begin anew with what it has on its
   * disk: then it is to be closed and started again.
   *
   * @return whether it is to begin anew
   */
  public boolean awaitStopped() throws InterruptedException {
    stopped.await();
    return beginsAnew;
  }

  /** Stops everything; the second call does nothing. */
  @Override
  public synchronized void close() {
    health.stop();
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        log.warn("a part of the node did not stop cleanly", e);
      }
    }
    stopped.countDown();
  }
}
