package io.mnemogrid.node.grid.member;

import io.mnemogrid.node.grid.durable.Durability;
import io.mnemogrid.node.grid.shard.AnswerLimits;
import io.mnemogrid.vector.IndexOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the partition service of one member is set to. It travels to the service in the user context
 * of the Hazelcast configuration, under {@value #USER_CONTEXT_KEY}; without it the defaults hold.
 *
 * @param backupCount synchronous backups of every write, 0..6
 * @param minReplicas replicas that must be alive for a write; fewer refuse it
 * @param expectedMembers size of the configured cluster: once a majority of it has been seen, a
 *     member that sees less lets its lease run out
 * @param lease how long a member may decide by its copy of the registry without hearing from it
 * @param writeTimeout within which a write is tried again after a failure
 * @param readTimeout within which a read is asked again of the shards that did not answer
 * @param searchThreads of the member's own pool for reads
 * @param searchQueue reads that may wait for one of them
 * @param efSearch candidates a search of a graph keeps, or 0 to choose by the hits wanted
 * @param tailLimit vectors of a shard that may wait for the graph before writes wait too
 * @param splitAbove memories of a shard above which its namespace is split; 0: never
 * @param tombstoneRetention how long a deletion is remembered
 * @param indexMemoryBytes limit of the vectors and graphs, off the heap
 * @param index options of every index but for dimension and similarity
 * @param answers to marked writes that are kept, for each partition
 * @param durability what the member keeps on its disk, or null for nothing
 */
public record GridSettings(
    int backupCount,
    int minReplicas,
    int expectedMembers,
    Duration lease,
    Duration writeTimeout,
    Duration readTimeout,
    int searchThreads,
    int searchQueue,
    int efSearch,
    int tailLimit,
    int splitAbove,
    Duration tombstoneRetention,
    long indexMemoryBytes,
    IndexOptions index,
    AnswerLimits answers,
    @Nullable Durability durability) {
  public static final String USER_CONTEXT_KEY = "io.mnemogrid.grid.settings";

  private static final int ANY_DIMENSION = 1;

  public static GridSettings defaults() {
    return new GridSettings(
        1,
        1,
        1,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Math.max(2, Runtime.getRuntime().availableProcessors() / 2),
        1_024,
        0,
        4_096,
        50_000,
        Duration.ofHours(24),
        2L << 30,
        IndexOptions.of(ANY_DIMENSION),
        AnswerLimits.DEFAULTS,
        null);
  }
}
