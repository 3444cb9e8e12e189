package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.MemoryFilter;
import java.util.List;
import java.util.Set;

/** Searches of a single shard at the time 0. */
final class Searches {
  private Searches() {}

  /** Ids of the memories nearest to a vector, nearest first. */
  static List<String> nearest(Shard shard, float[] vector, int most) {
    Question question = new Question(vector, null, Set.of(), MemoryFilter.ALL);
    return new ShardSearch(question, 0)
        .best(List.of(shard), most).nearest().stream()
            .map(found -> found.candidate().id())
            .toList();
  }
}
