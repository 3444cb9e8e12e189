package io.mnemogrid.node.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a recall.
 *
 * @param hits best first
 * @param missing shards that did not answer within the deadline, or may have lost memories; empty
 *     when complete
 * @param searchMicros time spent after the question was embedded
 * @param explanation if it was asked for
 */
public record Recalled(
    List<Hit> hits,
    List<MissingShard> missing,
    long searchMicros,
    @Nullable Explanation explanation) {

  /** Where there is nothing to search in. */
  public static final Recalled NOTHING = new Recalled(List.of(), List.of(), 0, null);

  /** A shard that was not searched whole. */
  public record MissingShard(String namespace, int shard) {}

  public Recalled {
    hits = List.copyOf(hits);
    missing = List.copyOf(missing);
  }

  public boolean complete() {
    return missing.isEmpty();
  }
}
