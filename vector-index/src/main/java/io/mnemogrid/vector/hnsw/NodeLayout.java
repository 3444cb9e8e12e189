package io.mnemogrid.vector.hnsw;

/**
 * Bytes of one node in one layer: count of links (int), record of the same node in the layer above
 * or -1 (int), which links belong to the backbone (long, one bit a link), then the linked slots
 * (int each).
 */
final class NodeLayout {
  static final int COUNT = 0;
  static final int ABOVE = Integer.BYTES;
  static final int BACKBONE = 2 * Integer.BYTES;
  static final int MOST_DEGREE = Long.SIZE;

  private static final int LINKS = BACKBONE + Long.BYTES;

  private NodeLayout() {}

  static int strideBytes(int degree) {
    // A multiple of eight keeps the backbone aligned.
    return LINKS + Math.ceilDiv(degree, 2) * 2 * Integer.BYTES;
  }

  static int linkOffset(int record, int i) {
    return record + LINKS + i * Integer.BYTES;
  }
}
