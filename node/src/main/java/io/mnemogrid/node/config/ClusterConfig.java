package io.mnemogrid.node.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How members find, watch and back up each other.
 *
 * @param host address that members' traffic binds to and is reached at
 * @param port 1..65535, taken as it stands: never the next free one
 * @param members addresses of members to join, this one may be among them; empty: alone, unless
 *     {@code dnsName} is set
 * @param name nodes of another name never join
 * @param dnsName name of a Kubernetes headless service whose addresses are the members; {@code ""}:
 *     off
 * @param size members of the cluster when it is whole; 0: as many as {@code members} names
 * @param partitionCount the same on all members and for the life of the cluster
 * @param backupCount copies of each partition besides the owner's, written before a write is
 *     answered
 * @param minReplicas live copies below which writes are refused; 0: 1 when alone, else 2
 * @param leaseDuration how long a member that hears nothing from the cluster goes on answering
 * @param heartbeatInterval how often members say that they live
 * @param heartbeatTimeout silence after which a member is taken for dead
 * @param backupAckTimeout how long a write waits for its backup before its outcome is unknown
 * @param callTimeout how long one of Hazelcast's own operations on another member may take
 * @param writeTimeout how long a write is tried again after a failure of a member
 * @param migrationChunkBytes bytes of a moving partition that travel as one message
 * @param parallelMigrations partitions that move at the same time in the whole cluster
 * @param tombstoneRetention how long a deletion is remembered, so that no late copy undoes it
 * @param warmUpLimit how long a node may work with made-up memories before it joins others
 */
public record ClusterConfig(
    String host,
    int port,
    List<HostPort> members,
    String name,
    String dnsName,
    int size,
    int partitionCount,
    int backupCount,
    int minReplicas,
    Duration leaseDuration,
    Duration heartbeatInterval,
    Duration heartbeatTimeout,
    Duration backupAckTimeout,
    Duration callTimeout,
    Duration writeTimeout,
    long migrationChunkBytes,
    int parallelMigrations,
    Duration tombstoneRetention,
    Duration warmUpLimit) {

  public static final int MEMBERS_MAX = 1_000;
  public static final int BACKUPS_MAX = 3;

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");

  public static final ClusterConfig DEFAULTS =
      new ClusterConfig(
          "127.0.0.1",
          5701,
          List.of(),
          "mnemogrid",
          "",
          0,
          271,
          1,
          0,
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMillis(1_500),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          1L << 20,
          2,
          Duration.ofHours(24),
          Duration.ofSeconds(5));

  public ClusterConfig {
    members = List.copyOf(members);
    var check = Violations.in("cluster");
    check.that(Hosts.isValid(host), "host", "must be a host name or an address, was \"%s\"", host);
    check.range("port", port, 1, 65_535);
    check.that(
        members.size() <= MEMBERS_MAX,
        "members",
        "must be at most %d addresses, was %d",
        MEMBERS_MAX,
        members.size());
    check.that(
        NAME.matcher(name).matches(),
        "name",
        "must be 1..63 letters, digits, '_', '.' or '-', and begin with a letter or a digit,"
            + " was \"%s\"",
        name);
    check.that(
        dnsName.isEmpty() || Hosts.isValid(dnsName),
        "dnsName",
        "must be empty or a host name, was \"%s\"",
        dnsName);
    check.that(
        dnsName.isEmpty() || members.isEmpty(),
        "dnsName",
        "must be empty when cluster.members is set: members are found in one way");
    check.range("size", size, 0, MEMBERS_MAX);
    check.that(
        size == 0 || size >= members.size(),
        "size",
        "must be 0 or at least the number of cluster.members (%d), was %d",
        members.size(),
        size);
    check.that(
        size <= 1 || !members.isEmpty() || !dnsName.isEmpty(),
        "size",
        "must be 0 or 1 without cluster.members and cluster.dnsName, was %d: nobody else is found",
        size);
    check.range("partitionCount", partitionCount, 1, 10_007);
    check.range("backupCount", backupCount, 0, BACKUPS_MAX);
    check.that(
        minReplicas >= 0 && minReplicas <= backupCount + 1,
        "minReplicas",
        "must be 0..%d (cluster.backupCount + 1), was %d",
        backupCount + 1,
        minReplicas);
    checkTimes(check, leaseDuration, heartbeatInterval, heartbeatTimeout, backupAckTimeout);
    checkTime(check, "callTimeout", callTimeout);
    checkTime(check, "writeTimeout", writeTimeout);
    check.range("migrationChunkBytes", migrationChunkBytes, 1L << 16, 1L << 28);
    check.range("parallelMigrations", parallelMigrations, 1, 64);
    check.range(
        "tombstoneRetention", tombstoneRetention, Duration.ofMinutes(1), Duration.ofDays(365));
    check.range("warmUpLimit", warmUpLimit, Duration.ZERO, Duration.ofMinutes(1));
    check.orThrow();
  }

  /** Whether this node is to be a cluster of its own, and no other is expected to join. */
  public boolean alone() {
    return memberCount() == 1 && dnsName.isEmpty();
  }

  /** Members of the cluster when it is whole; 1 when that was not said. */
  public int memberCount() {
    return size > 0 ? size : Math.max(1, members.size());
  }

  private static void checkTimes(
      Violations check,
      Duration lease,
      Duration heartbeatInterval,
      Duration heartbeatTimeout,
      Duration backupAck) {
    // Hazelcast counts heartbeats in whole seconds.
    check.that(
        Times.wholeSeconds(heartbeatInterval, 1, 60),
        "heartbeatInterval",
        "must be whole seconds, 1s..60s, was %s",
        Times.text(heartbeatInterval));
    boolean heartbeatsFit =
        Times.wholeSeconds(heartbeatTimeout, 2, 600)
            && heartbeatTimeout.compareTo(heartbeatInterval.multipliedBy(2)) >= 0;
    check.that(
        heartbeatsFit,
        "heartbeatTimeout",
        "must be whole seconds, 2s..600s, and at least twice cluster.heartbeatInterval (%s),"
            + " was %s",
        Times.text(heartbeatInterval),
        Times.text(heartbeatTimeout));
    check.that(
        Times.within(lease, Duration.ofMillis(500), Duration.ofMinutes(1))
            && (!heartbeatsFit || lease.compareTo(heartbeatTimeout) < 0),
        "leaseDuration",
        "must be 500ms..1m, and shorter than cluster.heartbeatTimeout (%s), was %s",
        Times.text(heartbeatTimeout),
        Times.text(lease));
    check.range("backupAckTimeout", backupAck, Duration.ofMillis(100), Duration.ofMinutes(1));
  }

  private static void checkTime(Violations check, String name, Duration time) {
    check.range(name, time, Duration.ofSeconds(1), Duration.ofMinutes(10));
  }
}
