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
 * @param language how its texts become the words that are searched for
 * @param deduplication what a store does with what is there already
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
    String language,
    Deduplication deduplication,
    @Nullable String description,
    @Nullable String metadata,
    long createdAt,
    long revision) {

  /** The model of a namespace whose clients bring every vector themselves. */
  public static final String OWN_VECTORS = "own-vectors";

  public static final String DEFAULT_LANGUAGE = "english";

  /** How two vectors are compared. */
  public enum Distance {
    COSINE,
    EUCLIDEAN,
    DOT_PRODUCT
  }

  /**
   * Whether a store of what is there already is folded into it.
   *
   * @param threshold least cosine similarity, 0..1, of two texts that say the same
   */
  public record Deduplication(boolean onStore, float threshold) {
    public static final Deduplication OFF = new Deduplication(false, 0.92f);

    public Deduplication {
      if (!(threshold >= 0 && threshold <= 1)) {
        throw new IllegalArgumentException("a threshold is 0..1, was " + threshold);
      }
    }
  }

  public Namespace {
    Objects.requireNonNull(name);
    Objects.requireNonNull(model);
    Objects.requireNonNull(language);
    Objects.requireNonNull(deduplication);
  }

  /** The next revision, with another description and metadata. */
  public Namespace describedAs(@Nullable String newDescription, @Nullable String newMetadata) {
    return new Namespace(
        name,
        uid,
        shards,
        dimension,
        model,
        distance,
        language,
        deduplication,
        newDescription,
        newMetadata,
        createdAt,
        revision + 1);
  }

  /** The next revision, with other rules for what is there already. */
  public Namespace with(Deduplication newDeduplication) {
    return new Namespace(
        name,
        uid,
        shards,
        dimension,
        model,
        distance,
        language,
        newDeduplication,
        description,
        metadata,
        createdAt,
        revision + 1);
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
