package io.mnemogrid.perf.ann;

/**
 * What every engine is told of its graph.
 *
 * @param m links a node keeps in the upper layers; twice as many at the ground
 * @param efConstruction width of the search that finds a new node's neighbours
 */
record GraphParameters(int m, int efConstruction) {
  static final GraphParameters COMPARED = new GraphParameters(16, 200);
}
