package io.mnemogrid.vector;

/**
 * What an index takes outside the heap, in bytes of allocated blocks.
 *
 * @param rowBytes vectors, with room for those to come
 * @param graphBytes links between them
 * @param retiredBytes replaced blocks that open readers may still see
 */
public record MemoryReport(long rowBytes, long graphBytes, long retiredBytes) {
  public long totalBytes() {
    return rowBytes + graphBytes + retiredBytes;
  }
}
