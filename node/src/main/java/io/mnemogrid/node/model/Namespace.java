package io.mnemogrid.node.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named, isolated set of memories, partitioned over the cluster.
 *
 * @param name unique among living namespaces
 * @param uid 48 random bits given at creation; a namespace that is deleted and made again has
 *     another
 * @param shards number of parts its memories are spread over, fixed at creation
 * @param space that questions are asked in; it holds every memory
 * @param beside while the namespace moves from one model to another, the space that is written to
 *     as well: the one that is being filled, or, once questions go there, the one that was left.
 *     Null when it does not move
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
    Space space,
    @Nullable Space beside,
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
    Objects.requireNonNull(space);
    Objects.requireNonNull(language);
    Objects.requireNonNull(deduplication);
  }

  /** Floats in each vector that it is asked with. */
  public int dimension() {
    return space.dimension();
  }

  /** The embedding model that questions go through, or {@value #OWN_VECTORS}. */
  public String model() {
    return space.model();
  }

  /** The spaces that a memory is written to, the one that questions are asked in first. */
  public List<Space> spaces() {
    return beside == null ? List.of(space) : List.of(space, beside);
  }

  /** The newest generation of its spaces. */
  public int newestGeneration() {
    return beside == null ? space.generation() : Math.max(space.generation(), beside.generation());
  }

  /** The space that is being filled, if questions still go to another. */
  public @Nullable Space filling() {
    return beside != null && beside.generation() > space.generation() ? beside : null;
  }

  /** The next revision, with another description and metadata. */
  public Namespace describedAs(@Nullable String newDescription, @Nullable String newMetadata) {
    return next(space, beside, deduplication, newDescription, newMetadata);
  }

  /** The next revision, with other rules for what is there already. */
  public Namespace with(Deduplication newDeduplication) {
    return next(space, beside, newDeduplication, description, metadata);
  }

  /** The next revision, on its way to another model. */
  public Namespace movingTo(String model, int dimension) {
    Space coming = new Space(space.generation() + 1, model, dimension);
    return next(space, coming, deduplication, description, metadata);
  }

  /** The next revision, with questions in the space beside the present one. */
  public Namespace switched() {
    return next(Objects.requireNonNull(beside), space, deduplication, description, metadata);
  }

  /** The next revision, alike. */
  public Namespace again() {
    return next(space, beside, deduplication, description, metadata);
  }

  /** The next revision, with no space beside the one that questions are asked in. */
  public Namespace arrived() {
    return next(space, null, deduplication, description, metadata);
  }

  private Namespace next(
      Space nextSpace,
      @Nullable Space nextBeside,
      Deduplication nextDeduplication,
      @Nullable String nextDescription,
      @Nullable String nextMetadata) {
    return new Namespace(
        name,
        uid,
        shards,
        nextSpace,
        nextBeside,
        distance,
        language,
        nextDeduplication,
        nextDescription,
        nextMetadata,
        createdAt,
        revision + 1);
  }

  /** Whether texts can be embedded on the node for this namespace. */
  public boolean embedsText() {
    return !model().equals(OWN_VECTORS);
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
