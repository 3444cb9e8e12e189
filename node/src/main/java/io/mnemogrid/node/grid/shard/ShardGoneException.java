package io.mnemogrid.node.grid.shard;

/** The shard was closed while it was read: its partition has moved, or its namespace is deleted. */
public final class ShardGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final long shardKey;

  ShardGoneException(ShardSpec spec) {
    super("the shard is gone", null, false, false);
    this.shardKey = spec.key();
  }

  public long shardKey() {
    return shardKey;
  }
}
