package io.mnemogrid.node.grid.read;

import io.mnemogrid.node.model.Hit;
import io.mnemogrid.node.recall.Fused;
import java.util.Map;

/**
 * A hit in the making.
 *
 * @param extra signals beside those that were fused
 */
record Ranked(long shardKey, Fused fused, Map<String, Hit.Signal> extra, double score) {}
