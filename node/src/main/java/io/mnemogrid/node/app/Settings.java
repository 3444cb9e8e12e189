package io.mnemogrid.node.app;

import io.mnemogrid.node.config.ClusterConfig;
import io.mnemogrid.node.config.DataConfig;
import io.mnemogrid.node.config.IdempotencyConfig;
import io.mnemogrid.node.config.IndexConfig;
import io.mnemogrid.node.config.NodeConfig;
import io.mnemogrid.node.config.RecallConfig;
import io.mnemogrid.node.grid.durable.Durability;
import io.mnemogrid.node.grid.member.GridSettings;
import io.mnemogrid.node.grid.shard.AnswerLimits;
import io.mnemogrid.node.log.FsyncPolicy;
import io.mnemogrid.node.log.LogSettings;
import io.mnemogrid.node.log.checkpoint.CheckpointSettings;
import io.mnemogrid.node.log.disk.DataFolder;
import io.mnemogrid.node.recall.SmartScore;
import io.mnemogrid.vector.Codes;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.RowFormat;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** From what an operator sets to what the grid takes: every "by itself" is decided here. */
final class Settings {
  private static final int ANY_DIMENSION = 1;
  private static final int REPLICAS_IN_A_CLUSTER = 2;

  private Settings() {}

  /** Of a member that keeps nothing on disk. */
  static GridSettings grid(NodeConfig config) {
    return grid(config, null);
  }

  /**
   * @param folder where it keeps what it holds, or null for nowhere
   */
  static GridSettings grid(NodeConfig config, @Nullable DataFolder folder) {
    ClusterConfig cluster = config.cluster();
    IndexConfig index = config.index();
    RecallConfig recall = config.recall();
    return new GridSettings(
        cluster.backupCount(),
        minReplicas(cluster),
        cluster.memberCount(),
        cluster.leaseDuration(),
        cluster.writeTimeout(),
        recall.timeout(),
        recall.searchThreads() == 0
            ? Math.max(2, Runtime.getRuntime().availableProcessors() / 2)
            : recall.searchThreads(),
        recall.searchQueue(),
        index.efSearch(),
        index.tailLimit(),
        index.splitAbove(),
        cluster.tombstoneRetention(),
        index.offHeapBytes(),
        IndexOptions.of(ANY_DIMENSION)
            .withRows(rows(index.rows()))
            .withGraph(index.m(), index.efConstruction())
            .withTiers(
                new IndexOptions.Tiers(
                    codes(index.codes()), index.codesAbove(), index.graphAbove())),
        answers(config.idempotency()),
        folder == null ? null : durability(config, folder));
  }

  private static AnswerLimits answers(IdempotencyConfig idempotency) {
    return new AnswerLimits(
        idempotency.retention(), idempotency.maxAnswers(), idempotency.maxBytes());
  }

  private static Durability durability(NodeConfig config, DataFolder folder) {
    DataConfig data = config.data();
    return new Durability(
        folder,
        new LogSettings(
            config.cluster().partitionCount(),
            fsync(data.fsync()),
            data.fsyncInterval(),
            data.segmentBytes(),
            data.queueBytes()),
        new CheckpointSettings(data.checkpointInterval(), data.keptLogBytes()),
        data.acceptLoss(),
        new CompletableFuture<>());
  }

  private static FsyncPolicy fsync(DataConfig.Fsync fsync) {
    return switch (fsync) {
      case OS -> FsyncPolicy.OS;
      case GROUP -> FsyncPolicy.GROUP;
      case COMMIT -> FsyncPolicy.COMMIT;
    };
  }

  static SmartScore score(RecallConfig recall) {
    return new SmartScore(
        recall.importanceWeight(),
        recall.recencyWeight(),
        recall.verifiedWeight(),
        recall.feedbackWeight(),
        recall.recencyHalfLife());
  }

  private static int minReplicas(ClusterConfig cluster) {
    if (cluster.minReplicas() > 0) {
      return cluster.minReplicas();
    }
    return cluster.alone() ? 1 : Math.min(REPLICAS_IN_A_CLUSTER, cluster.backupCount() + 1);
  }

  private static RowFormat rows(IndexConfig.Rows rows) {
    return switch (rows) {
      case INT8 -> RowFormat.INT8;
      case FLOAT32 -> RowFormat.FLOAT32;
    };
  }

  private static Codes codes(IndexConfig.Codes codes) {
    return switch (codes) {
      case NONE -> Codes.NONE;
      case ONE_BIT -> Codes.ONE_BIT;
      case TWO_BITS -> Codes.TWO_BITS;
    };
  }
}
