package io.mnemogrid.perf.ann;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * JVector with full vectors on the heap: its layered Vamana graph with the overflow and alpha of
 * its introduction, and its kernels in the Vector API, not the native ones.
 *
 * <p>JVector counts the links of the ground layer where the HNSW paper counts those above it, so it
 * is given 2m and m. It makes its links at the ground with a second pass over the layer above.
 */
final class JVectorIndex implements JvmIndex {
  private static final String PROVIDER_PROPERTY = "jvector.vectorization_provider";
  private static final String JAVA_PROVIDER = "panama";
  private static final float NEIGHBOR_OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;
  private static final int REFERENCE_BYTES = 4;
  private static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.DOT_PRODUCT;

  private final VectorTypeSupport types;
  private List<VectorFloat<?>> vectors = List.of();
  private @Nullable RandomAccessVectorValues values;
  private @Nullable ImmutableGraphIndex graph;

  JVectorIndex() {
    // Read once, when the first of its classes is loaded.
    System.setProperty(PROVIDER_PROPERTY, JAVA_PROVIDER);
    types = VectorizationProvider.getInstance().getVectorTypeSupport();
  }

  @Override
  public String name() {
    return "jvector";
  }

  @Override
  public String description() {
    return "JVector %s, %s, overflow %.1f, alpha %.1f"
        .formatted(
            JarVersion.of(GraphIndexBuilder.class, "jvector"),
            VectorizationProvider.getInstance().getClass().getSimpleName(),
            NEIGHBOR_OVERFLOW,
            ALPHA);
  }

  @Override
  public int buildThreadsMost() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void build(float[][] given, GraphParameters parameters, int threads) {
    vectors = new ArrayList<>(given.length);
    for (float[] vector : given) {
      vectors.add(types.createFloatVector(vector));
    }
    int dimension = given[0].length;
    values = new ListRandomAccessVectorValues(vectors, dimension);
    try (var pool = new ForkJoinPool(threads);
        var builder =
            GraphIndexBuilder.builder(
                    BuildScoreProvider.randomAccessScoreProvider(values, SIMILARITY),
                    dimension,
                    List.of(2 * parameters.m(), parameters.m()))
                .withBeamWidth(parameters.efConstruction())
                .withNeighborOverflow(NEIGHBOR_OVERFLOW)
                .withAlpha(ALPHA)
                .withSimdExecutor(pool)
                .withParallelExecutor(pool)
                .build()) {
      // Its own build() takes one thread unless a management bean says otherwise.
      pool.submit(() ->
              IntStream.range(0, given.length)
                  .parallel()
                  .forEach(i -> builder.addGraphNode(i, vectors.get(i))))
          .join();
      builder.cleanup();
      graph = builder.getGraph();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long bytes() {
    long bytes = Objects.requireNonNull(graph, "not built").ramBytesUsed();
    for (VectorFloat<?> vector : vectors) {
      bytes += vector.ramBytesUsed() + REFERENCE_BYTES;
    }
    return bytes;
  }

  @Override
  public Searcher newSearcher() {
    var searcher = new GraphSearcher(Objects.requireNonNull(graph, "not built"));
    var rows = Objects.requireNonNull(values, "not built");
    return (query, ef, into) -> {
      var scores =
          DefaultSearchScoreProvider.exact(types.createFloatVector(query), SIMILARITY, rows);
      SearchResult result = searcher.search(scores, into.length, ef, 0, 0, Bits.ALL);
      SearchResult.NodeScore[] nodes = result.getNodes();
      for (int i = 0; i < nodes.length; i++) {
        into[i] = nodes[i].node;
      }
      return nodes.length;
    };
  }

  @Override
  public void close() {
    if (graph != null) {
      try {
        graph.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    graph = null;
    values = null;
    vectors = List.of();
  }
}
