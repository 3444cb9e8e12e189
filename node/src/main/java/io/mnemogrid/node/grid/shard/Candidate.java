package io.mnemogrid.node.grid.shard;

/**
 * A memory that a shard proposes as a hit, with what scoring needs of it.
 *
 * @param similarity to the query, higher is nearer
 * @param updatedAt unix seconds
 */
public record Candidate(String id, float similarity, float importance, long updatedAt) {}
