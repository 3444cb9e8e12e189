package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.Hits;
import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.JointSearch;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.SearchParameters;
import io.mnemogrid.vector.VectorIndex;
import io.mnemogrid.vector.VectorMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * This project's index in many shards, searched as one: what a member of a cluster does with those
 * it holds. Readers of all are opened for each search.
 */
final class MnemogridShards implements JvmIndex {
  private final int count;
  private final Tiers tiers;
  private final VectorMemory memory = new VectorMemory(Long.MAX_VALUE);
  private final List<VectorIndex> shards = new ArrayList<>();
  private int[][] numbers = {};

  /** So many shards, which hold a vector each with the same chance. */
  MnemogridShards(int count, Tiers tiers) {
    this.count = count;
    this.tiers = tiers;
  }

  @Override
  public String name() {
    return count + " shards";
  }

  @Override
  public String description() {
    return "vector-index of this tree in %d shards, codes %s".formatted(count, tiers.codes());
  }

  @Override
  public int buildThreadsMost() {
    return 1;
  }

  @Override
  public void build(float[][] vectors, GraphParameters parameters, int threads) {
    var options = MnemogridIndex.options(vectors[0].length, RowFormat.FLOAT32, tiers, parameters);
    IntStream.range(0, count).forEach(_ -> shards.add(new VectorIndex(options, memory)));
    numbers = new int[count][0];
    var random = new SplittableRandom(VectorSets.SEED);
    for (int i = 0; i < vectors.length; i++) {
      int shard = random.nextInt(count);
      int slot = shards.get(shard).insert(vectors[i]);
      numbers[shard] = Arrays.copyOf(numbers[shard], Math.max(slot + 1, numbers[shard].length));
      numbers[shard][slot] = i;
    }
    for (VectorIndex shard : shards) {
      shard.buildGraph(threads);
    }
  }

  @Override
  public long bytes() {
    return shards.stream().mapToLong(VectorIndex::offHeapBytes).sum();
  }

  @Override
  public Searcher newSearcher() {
    var hits = new Hits();
    return (query, ef, into) -> {
      List<JointSearch.Source> sources = new ArrayList<>(count);
      for (VectorIndex shard : shards) {
        sources.add(new JointSearch.Source(shard.openReader(), null));
      }
      JointSearch.search(sources, query, SearchParameters.of(into.length).withEfSearch(ef), hits);
      for (JointSearch.Source source : sources) {
        source.reader().close();
      }
      for (int i = 0; i < hits.count(); i++) {
        into[i] = numbers[hits.source(i)][hits.slot(i)];
      }
      return hits.count();
    };
  }

  @Override
  public void close() {
    shards.forEach(VectorIndex::close);
    memory.close();
  }
}
