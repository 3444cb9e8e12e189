package io.mnemogrid.node.app;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.mnemogrid.node.config.ClusterConfig;
import io.mnemogrid.node.config.HostPort;
import io.mnemogrid.node.grid.member.GridSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** The Hazelcast member of a node, set as the grid needs it. */
final class HazelcastMember {
  /** Within which a member that stops hands its partitions over. */
  private static final Duration GRACEFUL_SHUTDOWN = Duration.ofMinutes(2);

  private static final String EVERY_ADDRESS = "0.0.0.0";

  private HazelcastMember() {}

  /** Starts a member and joins the cluster; returns when it has joined. */
  static HazelcastInstance start(ClusterConfig cluster, GridSettings settings) {
    return Hazelcast.newHazelcastInstance(config(cluster, settings));
  }

  static Config config(ClusterConfig cluster, GridSettings settings) {
    Config config = new Config();
    config.setClusterName(cluster.name());
    config.getUserContext().put(GridSettings.USER_CONTEXT_KEY, settings);
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    network(cluster, config.getAdvancedNetworkConfig());
    properties(cluster, config);
    return config;
  }

  /**
   * Takes members alone at the port. With a port for all protocols, a connection to a member that
   * stands still would never let go of the thread that writes to it and to others: Hazelcast tries
   * again and again to send what has to wait for the other's first bytes, and looks no more for
   * those who could take something.
   */
  private static void network(ClusterConfig cluster, AdvancedNetworkConfig network) {
    var endpoint = new ServerSocketEndpointConfig();
    endpoint.setPort(cluster.port()).setPortAutoIncrement(false);
    if (!cluster.host().equals(EVERY_ADDRESS)) {
      String address = addressOf(cluster.host());
      endpoint.getInterfaces().setEnabled(true).addInterface(address);
      endpoint.setPublicAddress(address + ":" + cluster.port());
    }
    network.setEnabled(true).setMemberEndpointConfig(endpoint);
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    if (!cluster.members().isEmpty()) {
      join.getTcpIpConfig().setEnabled(true);
      for (HostPort member : cluster.members()) {
        join.getTcpIpConfig().addMember(member.host() + ":" + member.port());
      }
    }
    if (!cluster.dnsName().isEmpty()) {
      join.getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", cluster.dnsName())
          .setProperty("service-port", Integer.toString(cluster.port()));
    }
  }

  private static String addressOf(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw new StartFailedException(
          "cluster.host: the name '%s' has no address".formatted(host), e);
    }
  }

  private static void properties(ClusterConfig cluster, Config config) {
    set(config, "hazelcast.partition.count", cluster.partitionCount());
    set(config, "hazelcast.socket.bind.any", cluster.host().equals(EVERY_ADDRESS));
    set(config, "hazelcast.logging.type", "slf4j");
    set(config, "hazelcast.phone.home.enabled", false);
    set(config, "hazelcast.shutdownhook.enabled", false);
    set(config, "hazelcast.graceful.shutdown.max.wait", GRACEFUL_SHUTDOWN.toSeconds());
    set(config, "hazelcast.heartbeat.interval.seconds", seconds(cluster.heartbeatInterval()));
    set(config, "hazelcast.max.no.heartbeat.seconds", seconds(cluster.heartbeatTimeout()));
    // Two that do not hear one another while others hear both: one of them has to go. After so many
    // heartbeats, as before the others have noticed that one stands still it looks the same.
    set(config, "hazelcast.partial.member.disconnection.resolution.heartbeat.count", 5);
    set(config, "hazelcast.operation.backup.timeout.millis", cluster.backupAckTimeout().toMillis());
    set(config, "hazelcast.operation.call.timeout.millis", cluster.callTimeout().toMillis());
    set(config, "hazelcast.invocation.retry.pause.millis", 50);
    set(config, "hazelcast.merge.first.run.delay.seconds", 15);
    set(config, "hazelcast.merge.next.run.delay.seconds", 10);
    set(config, "hazelcast.partition.max.parallel.migrations", cluster.parallelMigrations());
    set(config, "hazelcast.partition.max.parallel.replications", cluster.parallelMigrations());
    set(
        config,
        "hazelcast.partition.migration.chunks.max.migrating.data.in.mb",
        Math.max(1, cluster.migrationChunkBytes() >> 20));
    set(config, "hazelcast.partition.backup.sync.interval", 10);
    set(config, "hazelcast.wait.seconds.before.join", 0);
  }

  private static long seconds(Duration duration) {
    return duration.toSeconds();
  }

  private static void set(Config config, String property, Object value) {
    config.setProperty(property, String.valueOf(value));
  }
}
