package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.MemoryFilter;
import java.util.List;
import java.util.Set;

/** Searches of a single shard at the time 0. */
final class Searches {
  private Searches() {}

  /** Ids of the memories nearest to a vector, nearest first. */
  static List<String> nearest(Shard shard, float[] vector, int most) {
    return nearest(shard, vector, most, MemoryFilter.ALL);
  }

  /** The same of those that pass a filter. */
  static List<String> nearest(Shard shard, float[] vector, int most, MemoryFilter filter) {
    return nearest(shard, vector, most, filter, ReadTime.unlimited(0));
  }

  /** The same in the time there is. */
  static List<String> nearest(
      Shard shard, float[] vector, int most, MemoryFilter filter, ReadTime time) {
    Question question = new Question(vector, null, Set.of(), List.of(), filter, false);
    return new ShardSearch(question, time)
        .best(List.of(shard), most).nearest().stream()
            .map(found -> found.candidate().id())
            .toList();
  }
}
