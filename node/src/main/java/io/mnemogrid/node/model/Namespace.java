package io.mnemogrid.node.model;

import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A named, isolated set of memories, partitioned over the cluster.
 *
 * @param name unique among living namespaces
 * @param uid 48 random bits given at creation; a namespace that is deleted and made again has
 *     another
 * @param space that questions are asked in; it holds every memory
 * @param beside while the namespace moves, the space that is being filled, or, once questions go to
 *     that, the one that was left. On the way to another model it is written to as well; on the way
 *     to more shards it is not. Null when the namespace does not move
 * @param closed whether writes wait for a moment, while the last memories are brought to the shards
 *     that the namespace is split into; with no space beside, whether it is being restored, and so
 *     not whole yet
 * @param language how its texts become the words that are searched for
 * @param deduplication what a store does with what is there already
 * @param metadata a JSON object as text, or null
 * @param createdAt unix seconds
 * @param revision counts the changes of this descriptor, from 1
 */
public record Namespace(
    String name,
    long uid,
    Space space,
    @Nullable Space beside,
    boolean closed,
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

  /** The uid of a namespace that is made now: no other is ever likely to have the same. */
  public static long drawUid(RandomGenerator random) {
    return random.nextLong() >>> (Long.SIZE - MemoryId.UID_BITS);
  }

  /** Floats in each vector that it is asked with. */
  public int dimension() {
    return space.dimension();
  }

  /** The embedding model that questions go through, or {@value #OWN_VECTORS}. */
  public String model() {
    return space.model();
  }

  /** Parts that its memories are spread over. */
  public int shards() {
    return space.shards();
  }

  /** The spaces that a memory is in, the one that questions are asked in first. */
  public List<Space> spaces() {
    return beside == null ? List.of(space) : List.of(space, beside);
  }

  /** The spaces that a memory is written to, the one that questions are asked in first. */
  public List<Space> writtenSpaces() {
    return isSplitting() ? List.of(space) : spaces();
  }

  /** The newest generation of its spaces. */
  public int newestGeneration() {
    return newestGeneration(spaces());
  }

  /** The newest generation of the spaces that a memory is written to. */
  public int newestWrittenGeneration() {
    return newestGeneration(writtenSpaces());
  }

  private static int newestGeneration(List<Space> spaces) {
    return spaces.stream().mapToInt(Space::generation).max().orElseThrow();
  }

  /** Whether it is on its way to more shards. */
  public boolean isSplitting() {
    return beside != null && beside.shards() != space.shards();
  }

  /** Whether it is on its way to another model. */
  public boolean isChangingModel() {
    return beside != null && !isSplitting();
  }

  /** Whether its memories are being brought from a backup: it is of no use until all are. */
  public boolean isRestoring() {
    return closed && beside == null;
  }

  /** The space that is being filled, if questions still go to another. */
  public @Nullable Space filling() {
    return beside != null && beside.generation() > space.generation() ? beside : null;
  }

  /** The next revision, with another description and metadata. */
  public Namespace describedAs(@Nullable String newDescription, @Nullable String newMetadata) {
    return next(space, beside, closed, deduplication, newDescription, newMetadata);
  }

  /** The next revision, with other rules for what is there already. */
  public Namespace with(Deduplication newDeduplication) {
    return next(space, beside, closed, newDeduplication, description, metadata);
  }

  /** The next revision, on its way to a model, whatever was brought to another before. */
  public Namespace movingTo(String model, int dimension) {
    return on(space, new Space(newestGeneration() + 1, model, dimension, space.shards()), false);
  }

  /**
   * The next revision, on its way to twice as many shards, whatever was brought to such before; all
   * may be written.
   */
  public Namespace splitting() {
    return on(space, space.split(newestGeneration() + 1), false);
  }

  /** The next revision, on its way to more shards; nothing may be written. */
  public Namespace closing() {
    return on(space, Objects.requireNonNull(beside), true);
  }

  /** The next revision, on its way to more shards; all may be written again. */
  public Namespace reopened() {
    return on(space, Objects.requireNonNull(beside), false);
  }

  /** The next revision, with questions in the space beside the present one. */
  public Namespace switched() {
    return on(Objects.requireNonNull(beside), space, closed);
  }

  /** The next revision, alike. */
  public Namespace again() {
    return on(space, beside, closed);
  }

  /** The next revision, with no space beside the one that questions are asked in. */
  public Namespace arrived() {
    return on(space, null, false);
  }

  /** The next revision, with all its memories there. */
  public Namespace restored() {
    return on(space, null, false);
  }

  private Namespace on(Space nextSpace, @Nullable Space nextBeside, boolean nextClosed) {
    return next(nextSpace, nextBeside, nextClosed, deduplication, description, metadata);
  }

  private Namespace next(
      Space nextSpace,
      @Nullable Space nextBeside,
      boolean nextClosed,
      Deduplication nextDeduplication,
      @Nullable String nextDescription,
      @Nullable String nextMetadata) {
    return new Namespace(
        name,
        uid,
        nextSpace,
        nextBeside,
        nextClosed,
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
    return space.shardOf(memoryId);
  }
}
