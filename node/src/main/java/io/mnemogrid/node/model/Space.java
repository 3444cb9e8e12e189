package io.mnemogrid.node.model;

import java.util.Objects;

/**
 * How the memories of a namespace are kept: the vectors that one model gives them, spread over so
 * many shards.
 *
 * @param generation counts the moves of the namespace to another model or number of shards, from 0
 * @param model an embedding model, or {@link Namespace#OWN_VECTORS}
 * @param dimension floats in each vector, 1..{@value #MAX_DIMENSION}
 * @param shards number of parts that the memories are spread over
 */
public record Space(int generation, String model, int dimension, int shards) {
  /** Most floats in a vector. */
  public static final int MAX_DIMENSION = 4_096;

  /** Most parts of a namespace. */
  public static final int MAX_SHARDS = 64;

  public Space {
    Objects.requireNonNull(model);
    if (shards < 1 || shards > MAX_SHARDS) {
      throw new IllegalArgumentException("shards are 1..%d, was %d".formatted(MAX_SHARDS, shards));
    }
  }

  /** The first of a namespace. */
  public static Space first(String model, int dimension, int shards) {
    return new Space(0, model, dimension, shards);
  }

  /** Whether the vectors of the other space are of use in this one. */
  public boolean hasVectorsOf(Space other) {
    return model.equals(other.model) && dimension == other.dimension;
  }

  /** Whether there may be twice as many shards. */
  public boolean canBeSplit() {
    return shards * 2 <= MAX_SHARDS;
  }

  /**
   * The same vectors in twice as many shards: shard {@code n} becomes {@code n} and {@code n +
   * shards}.
   */
  Space split(int newGeneration) {
    return new Space(newGeneration, model, dimension, shards * 2);
  }

  /** The same vectors in as many shards as splitting ever makes of these. */
  public Space finest() {
    int most = shards;
    while (most * 2 <= MAX_SHARDS) {
      most *= 2;
    }
    return new Space(generation, model, dimension, most);
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
