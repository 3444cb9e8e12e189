package io.mnemogrid.vector.rows;

/** Records of one size in chunks: what a {@link RowStore} has to know of what it keeps. */
public interface ChunkLayout {
  /** Distance between two records. */
  long strideBytes();

  /** Two to this power is the number of records of a full chunk. */
  int chunkShift();
}
