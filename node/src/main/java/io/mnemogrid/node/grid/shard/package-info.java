/**
 * What a member holds of a partition: containers, shards, records, and their image on the wire.
 * Knows bytes, stamps and the vector index, not Hazelcast.
 *
 * <p>A container is written by its partition's own thread alone; any thread reads.
 */
@NullMarked
package io.mnemogrid.node.grid.shard;

import org.jspecify.annotations.NullMarked;
