package io.mnemogrid.node.testing;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.SecretHash;
import io.mnemogrid.node.backup.Backups;
import io.mnemogrid.node.config.HttpConfig;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.http.Health;
import io.mnemogrid.node.http.HttpEndpoint;
import io.mnemogrid.node.memory.Keys;
import io.mnemogrid.node.memory.Memories;
import io.mnemogrid.node.memory.Namespaces;
import io.mnemogrid.node.memory.Reranker;
import io.mnemogrid.node.recall.SmartScore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint over a grid whose recalls a test can hold up, on a Hazelcast member that was made
 * without any of our settings, as a host application would.
 */
public final class SteeredNode implements NodeUnderTest {
  /** The secret of the {@link #root} key. */
  public static final String ROOT_KEY = "test-key";

  private final HazelcastInstance member;
  private final Grid grid;
  private final SteeredGrid steered;
  private final HttpEndpoint endpoint;
  private final URI baseUrl;

  private SteeredNode(HttpConfig config, Health health, @Nullable Reranker reranker) {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    member = Hazelcast.newHazelcastInstance(alone());
    HashingEmbedder embedder = new HashingEmbedder(Runnable::run);
    grid = Grid.on(member, SmartScore.NONE, new Grid.Models(embedder, reranker), clock);
    steered = new SteeredGrid(grid.memories());
    grid.whenServing(PatientWaits.HANG).toCompletableFuture().join();
    grid.keys().add(root(random)).toCompletableFuture().join();
    Namespaces namespaces = new Namespaces(grid.namespaces(), steered, embedder, clock, random);
    endpoint =
        new HttpEndpoint(
            config,
            new HttpEndpoint.UseCases(
                new Keys(grid.keys(), clock, random),
                namespaces,
                new Memories(namespaces, steered, embedder, clock, random),
                new Backups(
                    "",
                    new Backups.Cluster(grid.namespaces(), grid.copies(), steered, embedder),
                    clock,
                    random),
                health,
                clock),
            null);
    baseUrl = URI.create("http://127.0.0.1:" + endpoint.start().toCompletableFuture().join());
  }

  public static SteeredNode start(HttpConfig config, Health health) {
    return new SteeredNode(config, health, null);
  }

  /** The same, with a model of the test's that orders hits anew. */
  public static SteeredNode start(HttpConfig config, Health health, Reranker reranker) {
    return new SteeredNode(config, health, reranker);
  }

  private static Config alone() {
    Config config = new Config();
    config.setClusterName("test-" + UUID.randomUUID());
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    return config;
  }

  /** A key that may do everything. */
  public static ApiKey root(SecureRandom random) {
    return ApiKey.ofEverything(Keys.ROOT_KEY_ID, SecretHash.of(ROOT_KEY, random), 0);
  }

  public SteeredGrid grid() {
    return steered;
  }

  @Override
  public URI baseUrl() {
    return baseUrl;
  }

  @Override
  public String rootKey() {
    return ROOT_KEY;
  }

  @Override
  public void close() {
    endpoint.close().toCompletableFuture().join();
    grid.close();
    member.getLifecycleService().terminate();
  }
}
