package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Namespace;

/**
 * Which part of which namespace, the shape of its vectors and the language of its texts: all that a
 * replica needs to know to make the shard.
 */
public record ShardSpec(
    long namespaceUid, int shard, int dimension, Namespace.Distance distance, String language) {
  private static final int SHARD_BITS = 8;

  public static ShardSpec of(Namespace namespace, int shard) {
    return new ShardSpec(
        namespace.uid(), shard, namespace.dimension(), namespace.distance(), namespace.language());
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
