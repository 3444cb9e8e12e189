package io.mnemogrid.node.config;

/** All settings of a node. */
public record NodeConfig(
    HttpConfig http,
    ClusterConfig cluster,
    AccessConfig access,
    EmbedConfig embed,
    RerankConfig rerank,
    IndexConfig index,
    RecallConfig recall,
    IdempotencyConfig idempotency,
    DataConfig data,
    BackupConfig backup) {

  /** What a node is without any settings. */
  public static final NodeConfig DEFAULTS =
      new NodeConfig(
          HttpConfig.DEFAULTS,
          ClusterConfig.DEFAULTS,
          AccessConfig.DEFAULTS,
          EmbedConfig.DEFAULTS,
          RerankConfig.DEFAULTS,
          IndexConfig.DEFAULTS,
          RecallConfig.DEFAULTS,
          IdempotencyConfig.DEFAULTS,
          DataConfig.DEFAULTS,
          BackupConfig.DEFAULTS);

  public NodeConfig {
    var check = Violations.in("cluster");
    check.that(
        http.port() == 0 || http.port() != cluster.port(),
        "port",
        "must be another one than http.port, was %d for both",
        cluster.port());
    check.that(
        cluster.dnsName().isEmpty() || cluster.size() > 0,
        "size",
        "must be the number of nodes of the cluster when cluster.dnsName is set: without it no node"
            + " can tell whether it sees most of them");
    check.orThrow();
  }
}
