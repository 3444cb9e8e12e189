package io.mnemogrid.node.grid.shard;

import org.jspecify.annotations.Nullable;

/**
 * A stamped record on its way to the replicas of its shard. Applying it again, or after a newer
 * one, changes nothing.
 *
 * @param vector {@code float[dimension]}, or null when the record keeps the vector it has
 */
public record Change(MemoryRecord record, float @Nullable [] vector) {}
