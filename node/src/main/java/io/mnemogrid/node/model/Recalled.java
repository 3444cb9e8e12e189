package io.mnemogrid.node.model;

import java.util.List;

/**
 * The answer to a recall.
 *
 * @param hits best first
 * @param missingShards shards that did not answer within the deadline; empty when complete
 * @param candidates proposals of all shards together, before the cut to the wanted number
 * @param searchMicros time spent after the query was embedded
 */
public record Recalled(
    List<Hit> hits, List<Integer> missingShards, int candidates, long searchMicros) {

  public Recalled {
    hits = List.copyOf(hits);
    missingShards = List.copyOf(missingShards);
  }

  public boolean complete() {
    return missingShards.isEmpty();
  }
}
