package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.lexical.Analysis;
import io.mnemogrid.node.lexical.TermDictionary;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.SearchParameters;
import io.mnemogrid.vector.Similarity;
import io.mnemogrid.vector.VectorMemory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What all shards of a member share: off-heap memory, index options, and the indexer. */
public final class ShardEnvironment {
  /** Candidates for a hit in scans: with half as many, one recall in 700 had another hit. */
  private static final int WIDE = 20;

  private final VectorMemory memory;
  private final IndexOptions template;

  private final int efSearch;
  private final int tailLimit;
  private final Consumer<Shard> indexer;
  private final Executor idle;
  private final TermDictionary terms = new TermDictionary();
  private final Map<Shape, IndexOptions> options = new ConcurrentHashMap<>();

  private record Shape(int dimension, Namespace.Distance distance) {}

  /**
   * @param template the options of every index but for dimension and similarity
   * @param efSearch candidates a search keeps, or 0 to choose by the hits wanted
   * @param tailLimit vectors that may wait for the graph before writes are held back
   * @param indexer is told of shards that have graph work; called on partition threads
   */
  public ShardEnvironment(
      VectorMemory memory,
      IndexOptions template,
      int efSearch,
      int tailLimit,
      Consumer<Shard> indexer) {
    this(memory, template, efSearch, tailLimit, indexer, task -> {});
  }

  /**
   * @param idle runs what it is given if it has a thread with nothing to do, and else never
   */
  public ShardEnvironment(
      VectorMemory memory,
      IndexOptions template,
      int efSearch,
      int tailLimit,
      Consumer<Shard> indexer,
      Executor idle) {
    this.memory = memory;
    this.template = template;
    this.efSearch = efSearch;
    this.tailLimit = tailLimit;
    this.indexer = indexer;
    this.idle = idle;
  }

  VectorMemory memory() {
    return memory;
  }

  /** The words of all shards. */
  TermDictionary terms() {
    return terms;
  }

  Analysis analysisOf(ShardSpec spec) {
    return Analysis.named(spec.language());
  }

  /**
   * A search for {@code k} in shards of which the largest has so many memories. As long as none has
   * a graph it is so wide that it misses next to nothing, and so finds the same however the
   * memories are spread over shards: in scans that costs little.
   */
  SearchParameters searchFor(int k, int largest) {
    SearchParameters byDefault = SearchParameters.of(k);
    if (efSearch > 0) {
      return byDefault.withEfSearch(Math.max(k, efSearch));
    }
    int wide = Math.min(WIDE * k, SearchParameters.MOST_HITS);
    return largest > template.tiers().graphAbove()
        ? byDefault
        : byDefault.withEfSearch(Math.max(byDefault.efSearch(), wide));
  }

  /**
   * Most vectors that may wait for the graph. When a shard grows out of scans, all it holds begins
   * to wait at once.
   */
  int pendingLimit() {
    return tailLimit + template.tiers().graphAbove();
  }

  /** Runs a part of a search if it has a thread with nothing to do, and else never. */
  Executor idle() {
    return idle;
  }

  void hasWork(Shard shard) {
    indexer.accept(shard);
  }

  IndexOptions optionsFor(ShardSpec spec) {
    return options.computeIfAbsent(
        new Shape(spec.dimension(), spec.distance()),
        shape ->
            new IndexOptions(
                shape.dimension(),
                similarity(shape.distance()),
                template.rows(),
                template.tiers().suitedTo(shape.dimension()),
                template.m(),
                template.efConstruction(),
                template.seed()));
  }

  private static Similarity similarity(Namespace.Distance distance) {
    return switch (distance) {
      case COSINE -> Similarity.COSINE;
      case EUCLIDEAN -> Similarity.EUCLIDEAN;
      case DOT_PRODUCT -> Similarity.DOT_PRODUCT;
    };
  }
}
