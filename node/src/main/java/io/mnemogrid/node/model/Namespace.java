package io.mnemogrid.node.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named, isolated set of memories, partitioned over the cluster.
 *
 * @param name unique among living namespaces
 * @param uid 48 random bits given at creation; a namespace that is deleted and made again has
 *     another
 * @param shards number of parts its memories are spread over, fixed at creation
 * @param dimension floats in each of its vectors
 * @param model the embedding model its texts go through, or {@value #OWN_VECTORS}
 * @param metadata a JSON object as text, or null
 * @param createdAt unix seconds
 * @param revision counts the changes of this descriptor, from 1
 */
public record Namespace(
    String name,
    long uid,
    int shards,
    int dimension,
    String model,
    Distance distance,
    @Nullable String description,
    @Nullable String metadata,
    long createdAt,
    long revision) {

  /** The model of a namespace whose clients bring every vector themselves. */
  public static final String OWN_VECTORS = "own-vectors";

  /** How two vectors are compared. */
  public enum Distance {
    COSINE,
    EUCLIDEAN,
    DOT_PRODUCT
  }

  public Namespace {
    Objects.requireNonNull(name);
    Objects.requireNonNull(model);
  }

  /** Whether texts can be embedded on the node for this namespace. */
  public boolean embedsText() {
    return !model.equals(OWN_VECTORS);
  }

  /** The shard that holds the memory with this id. */
  public int shardOf(String memoryId) {
    return shards == 1 ? 0 : Math.floorMod(spread(memoryId.hashCode()), shards);
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 15);
  }
}
