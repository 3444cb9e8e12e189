package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Namespace;

/**
 * Which part of which namespace, and the shape of its vectors: all that a replica needs to know to
 * make the shard.
 */
public record ShardSpec(long namespaceUid, int shard, int dimension, Namespace.Distance distance) {
  private static final int SHARD_BITS = 8;

  public static ShardSpec of(Namespace namespace, int shard) {
    return new ShardSpec(namespace.uid(), shard, namespace.dimension(), namespace.distance());
  }

  /** A number that no other shard has. */
  public long key() {
    return namespaceUid << SHARD_BITS | shard;
  }

  /** The uid of the namespace whose shard has that key. */
  public static long namespaceUid(long key) {
    return key >>> SHARD_BITS;
  }

  /** The number within its namespace of the shard that has that key. */
  public static int shard(long key) {
    return (int) key & ((1 << SHARD_BITS) - 1);
  }
}
