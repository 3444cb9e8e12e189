package io.mnemogrid.node.grid.member;

import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.ReadTarget;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;
import java.util.List;
import java.util.stream.IntStream;

/**
 * In which partition a shard lives, in whatever space. Members own long runs of partitions, so the
 * shards of a namespace stand as far apart as can be: the second half way around from the first,
 * the next two between them, and so on, by their numbers' bits in reverse (van der Corput's
 * sequence).
 */
public final class Placement {
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private static final int SHARD_BITS = Integer.numberOfTrailingZeros(Space.MAX_SHARDS);

  private final int partitionCount;

  public Placement(int partitionCount) {
    this.partitionCount = partitionCount;
  }

  public int partition(ShardSpec spec) {
    long first = (spec.namespaceUid() * MIX) >>> 1;
    // With at least as many partitions as shards, no two shards of a namespace meet in one.
    int turns = Integer.reverse(spec.shard()) >>> Integer.SIZE - SHARD_BITS;
    return (int) ((first + (long) turns * partitionCount / Space.MAX_SHARDS) % partitionCount);
  }

  public ReadTarget target(Namespace namespace, long shardKey) {
    return target(ShardSpec.of(namespace, ShardSpec.shard(shardKey)));
  }

  public ReadTarget target(ShardSpec spec) {
    return new ReadTarget(partition(spec), spec.key());
  }

  /** Where all of a namespace is, in the space that questions are asked in. */
  public List<ReadTarget> targets(Namespace namespace) {
    return targets(namespace, namespace.space());
  }

  /** Where all of a namespace is in one of its spaces. */
  public List<ReadTarget> targets(Namespace namespace, Space space) {
    return IntStream.range(0, space.shards())
        .mapToObj(shard -> target(ShardSpec.of(namespace, space, shard)))
        .toList();
  }
}
