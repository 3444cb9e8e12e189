/**
 * The vector index beside its peers: the same vectors, the same parameters of the graph, the same
 * machine, and the rate at which each answers once all of them find equally much.
 *
 * <p>{@link io.mnemogrid.perf.ann.PrepareVectors} makes real vectors from texts, {@link
 * io.mnemogrid.perf.ann.AnnComparison} compares. {@code m} and {@code ef} are the HNSW paper's
 * symbols, {@code recall} is the share of the ten exactly nearest that an answer holds.
 */
@NullMarked
package io.mnemogrid.perf.ann;

import org.jspecify.annotations.NullMarked;
